"""What we tell people by email, one subject per file."""
