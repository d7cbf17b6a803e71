"""What comes in and goes out: the raw inbox, the outbox, mail accounts, attachments."""
