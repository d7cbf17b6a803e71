"""Long proofs by name; each says what it did and whether it held."""
