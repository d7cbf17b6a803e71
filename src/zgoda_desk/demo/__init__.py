"""The demo company: its people, its customers who answer, and hints what to try; nothing of it is in a real desk."""
