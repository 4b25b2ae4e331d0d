"""What has to be entered before an invoice can be issued, said before anyone tries; and what it says of its issuer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bookings.models import PriceRow
from bookings.rules.prices import FeeOutcome
from bookings.terms.policies import policies_from
from finance.models import BillingProfile, Charge, VatRow
from finance.models.billing import prefixes_used
from finance.rules.invoicing import NO_ISSUER, Parties, issuer_reasons
from finance.rules.numbering import prefix_reasons
from finance.rules.states import NOT_INVOICED, DocumentKind
from finance.rules.vat import untreated_reasons
from partnerships.models import Agency
from partnerships.rules.reasons import Reason
from partnerships.rules.vat_numbers import vat_number_in_print


def obstacles_to_issuing(kinds: Iterable[str]) -> tuple[Reason, ...]:
    """Why charges of these kinds cannot be invoiced to anyone yet. Three queries."""
    wanted = set(kinds)
    codes = dict(VatRow.objects.values_list("kind", "code"))
    untreated = untreated_reasons(wanted, codes)
    profile = BillingProfile.objects.first()
    if profile is None:
        return (NO_ISSUER, *untreated)
    charged = [code for kind, code in codes.items() if kind in wanted]
    return (
        *issuer_reasons(parties_of(profile), charged),
        *prefix_reasons(profile.invoice_prefix, DocumentKind.INVOICE, prefixes_used()),
        *untreated,
    )


def kinds_to_invoice(today: date) -> set[str]:
    """Kinds of the charges on their way to an invoice, and of what the charging policies from today on charge for."""
    open_ones = Charge.objects.filter(state__in=sorted(NOT_INVOICED)).order_by()
    ours = [one.pk for one in policies_from(today)]
    priced = PriceRow.objects.filter(policy__in=ours).exclude(outcome=FeeOutcome.FREE)
    kinds = open_ones.values("kind").union(priced.order_by().values("kind"))
    return {row["kind"] for row in kinds}


def parties_of(profile: BillingProfile, agency: Agency | None = None) -> Parties:
    """What a document to the agency would say about issuer and customer, as entered today."""
    return Parties(
        issuer_name=profile.issuer_name,
        issuer_address=profile.issuer_address,
        issuer_email=profile.issuer_email,
        vat_number=profile.vat_number,
        customer_name=agency.name if agency else "",
        customer_address=agency.address if agency else "",
    )


def issuer_of(profile: BillingProfile) -> dict[str, str | int]:
    """The office as it is on the day of issue."""
    return {
        "name": profile.issuer_name,
        "address": profile.issuer_address,
        "email": profile.issuer_email,
        "vat_number": profile.vat_number and vat_number_in_print(profile.vat_number),
        "bank_details": profile.bank_details,
        "terms_days": profile.payment_terms_days,
        "electronic_scheme": profile.electronic_scheme,
        "electronic_address": profile.electronic_address,
    }
