"""Promises and clocks."""
