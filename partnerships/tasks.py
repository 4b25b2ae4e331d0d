"""What is handed off after commit."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from celery import current_app
from django.db import transaction

from partnerships.models import Partnership
from partnerships.tenancy.scope import active_partnership

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Knock:
    """Asks the worker to run one partnership's sweeps now."""

    slug: str

    def __call__(self) -> None:
        """Send the knock. Without a broker the work is done at beat's next one, so nothing is lost."""
        try:
            current_app.send_task("config.knock_one", kwargs={"slug": self.slug}, retry=False)
        except Exception as error:
            # Whatever a broker may raise, what was saved is saved and the person is not told of an error.
            logger.warning("No broker to knock at, beat will: %s", error)


def wake(partnership: Partnership | None = None) -> None:
    """Have what is due in a partnership, the active one unless told, go out as soon as the transaction is committed.

    Once a transaction is enough.
    """
    knock = Knock((partnership or active_partnership()).slug)
    connection = transaction.get_connection()
    open_savepoints = set(connection.savepoint_ids)
    if any(call == knock and sids <= open_savepoints for sids, call, _ in connection.run_on_commit):
        return
    transaction.on_commit(knock, robust=True)
