"""Enter the ledger's codes, and how its file writes dates and amounts."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from finance.models import LedgerCode
from finance.rules.ledger_files import DateStyle, formula_reasons
from finance.steps.ledger_lock import locked_format
from partnerships.rules.refused import Refused


@transaction.atomic
def set_ledger_codes(
    *, codes: Mapping[tuple[str, str], str], dates: DateStyle, signed: bool, with_payments: bool
) -> None:
    """Codes are by ("charge" or "vat", kind or treatment); an empty one is removed. They apply to later exports."""
    how = locked_format()
    reasons = [
        reason
        for (coded, value), code in codes.items()
        for reason in formula_reasons(f"{coded}_{value}", "A code", code)
    ]
    if reasons:
        raise Refused(*reasons)
    how.dates, how.signed, how.with_payments = dates, signed, with_payments
    how.save()
    known = {(one.coded, one.value): one for one in LedgerCode.objects.all()}
    for key, code in codes.items():
        row = known.get(key) or LedgerCode(coded=key[0], value=key[1])
        if not code and row.pk:
            row.delete()
        elif code != row.code:
            row.code = code
            row.save()
