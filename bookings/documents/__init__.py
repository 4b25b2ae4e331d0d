"""What is rendered to bytes: calendar entries, invoices, statements, sign-in sheets."""
