"""Messages that leave the house, and the work that the clock starts. Knows no domain."""
