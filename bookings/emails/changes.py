"""The email that says what has changed about an event: one for all kinds of change and everyone affected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bookings.access import offer_token
from bookings.documents.calendars import CANCEL, attached
from bookings.emails.places import tell, waiting_key
from bookings.models import Booking, Offer, WaitingListEntry
from bookings.rules.states import BookingState
from courses.models import Event, Session
from courses.rules.changes import EventChange, Known, for_those_without_a_place
from outbox.operations.queue_message import Attachment

WHY = "Details that people need to know about the event have changed."


@dataclass(frozen=True)
class News:
    """An event as it is now, and as people knew it."""

    event: Event
    before: Known
    after: Known
    changes: tuple[EventChange, ...]
    now: datetime

    @property
    def is_moved(self) -> bool:
        """Whether the start has changed, so that deadlines were worked out again."""
        return self.before.times[0][0] != self.after.times[0][0]

    @property
    def subject(self) -> str:
        return f"{'New date' if self.is_moved else 'Changed'}: {self.event.course.title}"

    @property
    def key(self) -> str:
        """Each revision is announced once."""
        return f"changed:{self.event.revision}"

    @property
    def removed(self) -> list[Session]:
        """Sessions that no longer exist; calendars know them by their position."""
        gone = self.before.times[len(self.after.times) :]
        first = len(self.after.times) + 1
        return [
            Session(event=self.event, position=position, starts_at=starts_at, ends_at=ends_at)
            for position, (starts_at, ends_at) in enumerate(gone, first)
        ]


def tell_booked(booking: Booking, news: News) -> None:
    """What has changed, when free cancellation ends, and the calendar entry.

    A place that is only held is in no calendar.
    """
    is_sure = booking.state == BookingState.BOOKED
    tell(
        news.key,
        booking.membership,
        about=booking.reference,
        why=WHY,
        subject=news.subject,
        due_at=news.now,
        attachments=entries(booking, news) if is_sure else None,
        booking=booking,
        event=news.event,
        changes=news.changes if is_sure else for_those_without_a_place(news.changes),
        cancelling=booking.cancelling(news.now),
        is_sure=is_sure,
        is_moved=news.is_moved,
    )


def entries(booking: Booking, news: News) -> list[Attachment]:
    """The current sessions, and a second file that removes the others from the calendar."""
    files = attached(booking, news.now)
    if news.removed:
        files += attached(booking, news.now, method=CANCEL, sessions=news.removed)
    return files


def tell_changed_while_waiting(
    entry: WaitingListEntry, news: News, offer: Offer | None = None
) -> None:
    """People who are waiting or have an offer to answer need to know what the event is like now."""
    tell(
        f"changed_while_waiting:{news.event.revision}",
        entry.membership,
        about=waiting_key(entry),
        why=WHY,
        subject=news.subject,
        due_at=news.now,
        entry=entry,
        offer=offer,
        token=offer_token(offer) if offer else "",
        event=news.event,
        changes=for_those_without_a_place(news.changes),
    )
