"""What is owed: charges, requests to waive them, invoices, credit notes, payments, debt."""
