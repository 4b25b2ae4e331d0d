"""Many people at once, and processes that die: real servers on a real database."""
