"""What is rendered to bytes: calendar entries and sign-in sheets."""
