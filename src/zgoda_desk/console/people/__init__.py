"""Contacts: one person over several addresses."""
