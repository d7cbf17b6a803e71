"""What shields the person who reads abuse."""
