"""What to do next in a conversation, and ready words for it."""
