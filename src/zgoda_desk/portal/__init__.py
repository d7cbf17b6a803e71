"""The page of the customer."""
