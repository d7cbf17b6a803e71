"""Benchmarks and long proofs, run from a checkout."""
