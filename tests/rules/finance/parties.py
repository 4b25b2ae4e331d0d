"""Who writes an invoice and who gets it, with all that the law asks for but a VAT registration."""

from finance.rules.invoicing import Parties

WHOLE = Parties(
    issuer_name="Harbour Council",
    issuer_address="Civic Centre",
    issuer_email="invoices@example.org",
    vat_number="",
    customer_name="Hill School",
    customer_address="1 Hill Road",
)
