"""Fetches mail by IMAP and sends it by SMTP: sockets and bytes only, no database."""
