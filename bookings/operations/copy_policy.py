"""Start a new version of the charging policy from another one."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException

NOT_COPIED = {
    *("id", "partnership", "version", "valid_from"),
    *("agreed_since", "released_at", "released_by"),
}


@transaction.atomic
def copy_policy(
    *, policy: ChargingPolicy, valid_from: date, newest_shown: int | None = None
) -> ChargingPolicy:
    """A draft with the next number and all parts of the other; that one keeps its bookings.

    ``newest_shown`` is the newest version that there was when the form was shown. If the form is sent twice, the second
    time makes nothing: the answer is the newest version of now.
    """
    ChargingPolicy.objects.select_for_update(of=("self",), no_key=True).get(pk=policy.pk)
    columns = [
        field.name for field in ChargingPolicy._meta.concrete_fields if field.name not in NOT_COPIED
    ]
    newest: ChargingPolicy = ChargingPolicy.objects.latest("version")
    if newest_shown is not None and newest.version > newest_shown:
        return newest
    made: ChargingPolicy = ChargingPolicy.objects.create(
        version=newest.version + 1,
        valid_from=valid_from,
        **{name: getattr(policy, name) for name in columns},
    )
    for part in (NoticeException, RegisterException, PriceRow):
        rows = list(part.objects.filter(policy=policy).order_by("pk"))
        for row in rows:
            row.pk, row.policy = None, made
            row._state.adding = True
        part.objects.bulk_create(rows)
    return made
