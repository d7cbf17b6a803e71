"""Reading: what a customer's message says, and why."""
