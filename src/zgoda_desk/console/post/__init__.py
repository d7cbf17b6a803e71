"""What came in and could not be read, what went out and is uncertain, and files."""
