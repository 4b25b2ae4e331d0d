"""Say which requests to waive a charge the partnership answers, and until when."""

from __future__ import annotations

from django.db import transaction

from bookings.models import WaiverPractice
from bookings.rules.waivers import Accepts
from partnerships.models import active_partnership


@transaction.atomic
def set_waiver_practice(*, accepts: Accepts, ask_days: int, appeal_days: int) -> WaiverPractice:
    """It holds for requests from now on. Dates to appeal that were given stay."""
    made, _ = WaiverPractice.objects.update_or_create(
        partnership=active_partnership(),
        defaults={"accepts": accepts, "ask_days": ask_days, "appeal_days": appeal_days},
    )
    return made  # type: ignore[no-any-return]
