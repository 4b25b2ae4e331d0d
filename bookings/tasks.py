"""What is handed off after commit: a knock, so that nobody waits for beat's next minute."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

from partnerships.tenancy.scope import active_partnership

logger = logging.getLogger(__name__)


def wake() -> None:
    """Have this partnership's sweeps run soon. Losing the knock loses nothing: beat knocks each minute."""
    slug = active_partnership().slug
    transaction.on_commit(lambda: knock(slug), robust=True)


def knock(slug: str) -> None:
    """Send the knock; a broker that does not answer must not fail the request whose work is done."""
    try:
        current_app.send_task("config.knock_one", kwargs={"slug": slug}, retry=False)
    except Exception:
        logger.warning("The queue did not take the knock for %s; beat's next one serves", slug)
