"""Words and choices that every app uses, as plain Python: no Django."""
