"""The conversation: read, decide, answer."""
