"""The only rooms that print, open files for the user or read the clock."""
