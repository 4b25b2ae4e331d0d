"""Policy on invoices, VAT and debt, as pure functions: no Django, no database, no clock."""
