"""Pages of the finance staff."""
