"""Say which invoices an imported payment is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from finance.models import ImportedPayment, ImportedShare
from finance.rules.sharing import SHARES_FIELD, Wanted, divide
from finance.rules.states import ImportState
from finance.steps.decide_imported import decided_here, locked_import
from finance.steps.enter_money import locked_accounts
from finance.terms.imports import invoices_by_number, left_for
from partnerships.models import Membership
from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.refused import Refused


@transaction.atomic
def share_imported(
    *,
    payment: ImportedPayment,
    wanted: Sequence[Wanted],
    hold_rest: bool,
    by: Membership,
    at: datetime,
) -> ImportedPayment:
    """Divide it over invoices and accept it. What is too much is held for the agency if ``hold_rest``.

    One transfer can pay several invoices, or a part of one. Money paid out can be a refund of what is held.
    """
    locked = locked_import(payment)
    invoices = invoices_by_number(number for number, _ in wanted)
    unknown = [
        Reason(Kind.BLOCKS, SHARES_FIELD, f"There is no invoice {number}.", "Check the number.")
        for number, _ in wanted
        if number not in invoices
    ]
    if unknown:
        raise Refused(*unknown)
    accounts = locked_accounts(*(invoices[number] for number, _ in wanted))
    division, faults = divide(
        locked.amount, wanted, left_for(locked, accounts), hold_rest=hold_rest
    )
    if faults:
        raise Refused(*faults)
    locked.shares.all().delete()
    ImportedShare.objects.bulk_create(
        ImportedShare(imported=locked, invoice=invoices[number], amount=amount)
        for number, amount in division.shares
    )
    locked.excess = division.excess
    return decided_here(locked, ImportState.ACCEPTED, "", by, at)
