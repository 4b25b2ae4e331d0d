"""Start a new price list from one that can no longer change."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from courses.models import Event, PriceList, PriceRow


@transaction.atomic
def copy_price_list(*, price_list: PriceList, today: date) -> PriceList:
    """A separate list with the same lines; the original keeps its bookings.

    No one has checked the copy yet, so it starts after the last event there is, until it is given a date.
    """
    made: PriceList = PriceList.objects.create(
        name=f"{price_list.name} (copy)"[:100],
        valid_from=day_after_all_events(today),
        is_example=price_list.is_example,
    )
    rows = list(price_list.rows.all())
    for row in rows:
        row.pk, row.price_list = None, made
        row._state.adding = True
    PriceRow.objects.bulk_create(rows)
    return made


def day_after_all_events(today: date) -> date:
    """The first day after which there are no events."""
    last: datetime | None = Event.objects.aggregate(last=Max("starts_at"))["last"]
    return max(today, timezone.localdate(last) if last else today) + timedelta(days=1)
