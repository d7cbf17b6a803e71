"""The settings, as screens."""
