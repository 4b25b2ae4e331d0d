"""Forms of the finance pages and of what invoices say."""
