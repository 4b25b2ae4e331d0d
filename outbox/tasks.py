"""What is handed off after commit."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import ClassVar

from celery import current_app
from django.db import transaction

from outbox.sender import Sender, active_sender

logger = logging.getLogger(__name__)

TOGETHER_SECONDS = (
    0.5  # what becomes due in the meantime shares one knock, instead of one per booking
)
_arrives: dict[str, float] = {}  # by partnership, when this process's last knock begins


@dataclass(frozen=True)
class Knock:
    """Asks the worker to run one partnership's sweeps now."""

    slug: str
    runs_anywhere: ClassVar[bool] = True  # reads nothing

    def __call__(self) -> None:
        """Send the knock, unless one is on its way that will see what has just been committed.

        Without a broker the work is done at beat's next knock, so nothing is lost.
        """
        now = time.monotonic()
        if _arrives.get(self.slug, 0.0) > now:
            return
        _arrives[self.slug] = now + TOGETHER_SECONDS
        try:
            current_app.send_task(
                "config.knock_one",
                kwargs={"slug": self.slug},
                countdown=TOGETHER_SECONDS,
                retry=False,
            )
        except Exception as error:
            # Whatever the broker raises, what was saved is saved, and the person sees no error.
            logger.warning("The broker did not answer, so beat will start this: %s", error)
            _arrives.pop(self.slug, None)


def wake(partnership: Sender | None = None) -> None:
    """Make what is due in a partnership (by default the active one) go out as soon as the transaction is committed.

    Once per transaction is enough.
    """
    knock = Knock((partnership or active_sender()).slug)
    connection = transaction.get_connection()
    open_savepoints = set(connection.savepoint_ids)
    if any(call == knock and sids <= open_savepoints for sids, call, _ in connection.run_on_commit):
        return
    transaction.on_commit(knock, robust=True)
