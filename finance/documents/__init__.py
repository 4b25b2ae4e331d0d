"""Finance documents."""
