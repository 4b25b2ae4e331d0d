"""Read-only queries for pages, exports and the manage page, one subject a file."""
