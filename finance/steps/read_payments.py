"""Read the rows of a payment file into the database, each with a suggestion."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from finance.models import ImportedPayment, ImportedShare, PaymentFile
from finance.rules.matching import NO_MATCH, Matcher, Suggestion
from finance.rules.payment_columns import Columns, Table
from finance.rules.payment_rows import PaymentRow, payment_rows
from finance.rules.states import ImportState
from finance.terms.imports import brought_before, claims, invoices_by_number
from govuk.rules.phrases import short_date
from partnerships.models import Partnership, active_partnership
from partnerships.rules.refused import Refused


def hold_imports() -> None:
    """One import at a time, so that two files that overlap know of each other. Until the transaction ends."""
    partnership = active_partnership()
    Partnership.objects.select_for_update(of=("self",), no_key=True).get(pk=partnership.pk)


def read_payments(file: PaymentFile, table: Table, columns: Columns, at: datetime) -> None:
    """Every row of the file; refused with a reason for each row that is no payment. Then nothing is read at all."""
    rows, faults = payment_rows(table.rows, columns, timezone.localdate(at))
    if faults:
        raise Refused(*faults)
    file.columns = dict(columns)
    file.save()
    known = brought_before(row.fingerprint for row in rows)
    matcher = Matcher(claims())
    made = [(imported(file, row, known.get(row.fingerprint)), row) for row in rows]
    suggested = [
        NO_MATCH if one.repeats else suggestion_for(one, matcher.suggest(row)) for one, row in made
    ]
    ImportedPayment.objects.bulk_create([one for one, _ in made])
    numbers = {number for found in suggested for number, _ in found.shares}
    invoices = invoices_by_number(numbers)
    ImportedShare.objects.bulk_create(
        ImportedShare(imported=one, invoice=invoices[number], amount=amount)
        for (one, _), found in zip(made, suggested, strict=True)
        for number, amount in found.shares
    )


def imported(file: PaymentFile, row: PaymentRow, known: ImportedPayment | None) -> ImportedPayment:
    """One payment, to review; set aside if another file has brought it."""
    made = ImportedPayment(
        file=file,
        number=row.number,
        received_on=row.day,
        amount=row.amount,
        reference=row.reference,
        payer=row.payer,
        fingerprint=row.fingerprint,
        repeats=known,
    )
    if known is not None:
        day = short_date(timezone.localdate(known.file.uploaded_at))
        made.state = ImportState.SET_ASIDE
        made.why = f"Already there: row {known.number} of {known.file.name}, uploaded on {day}."
    return made


def suggestion_for(payment: ImportedPayment, found: Suggestion) -> Suggestion:
    """Keep with the payment why this is suggested."""
    payment.why, payment.sure, payment.excess = found.why, found.sure, found.excess
    return found
