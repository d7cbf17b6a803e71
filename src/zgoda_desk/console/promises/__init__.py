"""Promises: what we owe, by when, and the calendar feed."""
