"""Contacts, conversations, messages, drafts and what was read in them."""
