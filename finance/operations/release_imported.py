"""Let the worker enter the accepted payments of a file."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from bookings.rules.money import NOTHING
from finance.models import ImportedPayment, PaymentFile
from finance.rules.states import ImportState
from outbox.tasks import wake
from partnerships.rules.refused import refuse


@transaction.atomic
def release_imported(*, file: PaymentFile, reviewed: tuple[int, Decimal]) -> int:
    """Everything that is accepted; how many payments. Pressed twice, the second time finds nothing and changes nothing.

    ``reviewed`` is the number of accepted payments and their total as shown. If it has changed since, nothing is
    released. Each entry is by the person who accepted the payment; the history keeps who released it.
    """
    rows = ImportedPayment.objects.accepted().filter(file=file).select_for_update(of=("self",))
    accepted = list(rows)
    if not accepted:
        return 0
    if (len(accepted), sum((row.amount for row in accepted), NOTHING)) != reviewed:
        sentence = "The accepted payments have changed since this page was shown."
        raise refuse("changed", sentence, "Check them again.")
    ids = [row.pk for row in accepted]
    ImportedPayment.objects.filter(pk__in=ids).update(state=ImportState.RELEASED)
    wake()
    return len(accepted)
