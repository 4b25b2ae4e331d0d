"""What can be done to courses and events, one use case a file."""
