"""Rules: how content becomes checks."""
