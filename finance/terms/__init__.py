"""What operations decide by: how charges, invoices and runs stand."""
