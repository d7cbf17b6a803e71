"""The commands of the desk at the command line."""
