"""A company to try the desk with, and customers who answer."""
