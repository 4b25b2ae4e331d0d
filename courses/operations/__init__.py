"""Use cases: one file, one keyword-only, atomic function each."""
