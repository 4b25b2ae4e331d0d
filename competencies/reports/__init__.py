"""Read-only queries for pages, exports and the manage page, one subject per file."""
