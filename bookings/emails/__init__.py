"""What is told by mail, one subject a file."""
