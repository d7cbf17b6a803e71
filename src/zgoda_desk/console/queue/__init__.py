"""The queue: what to open next."""
