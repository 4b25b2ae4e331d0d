"""What operations decide by: the state of charges, invoices and runs."""
