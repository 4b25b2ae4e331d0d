"""Emails about bookings and the waiting list: each function composes one and puts it in the outbox.

Keys name the effect, so an operation that runs twice sends one email.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from bookings.access import approval_token, offer_token, waiver_token
from bookings.documents.calendars import CANCEL, attached
from bookings.models import Booking, Offer, PlannedMail, WaitingListEntry
from bookings.rules.settlement import Settlement, Tells
from bookings.rules.states import BookingState, MailTiming
from bookings.terms.grants import agreed_on_offer
from bookings.terms.practice import practice_here
from bookings.terms.waivers import ask_by
from courses.models import Event
from courses.terms.other_dates import other_dates
from outbox.operations.queue_message import Attachment, Mail, queue_message
from partnerships.models import Membership


def tell(
    kind: str,
    to: Membership,
    *,
    about: str,
    why: str,
    subject: str,
    due_at: datetime,
    attachments: list[Attachment] | None = None,
    **context: Any,
) -> None:
    """One email to a member: ``kind`` is the end of its key and the name of its template."""
    template, _, detail = kind.partition(":")
    queue_message(
        mail=Mail(
            key=f"{about}:{kind}" if detail else f"{about}:{template}",
            why=why,
            about=about,
            to_email=to.user.email,
            to_name=to.user.full_name,
            subject=subject,
            template=f"bookings/mail/{template}",
            context=context,
            attachments=attachments or [],
        ),
        due_at=due_at,
    )


def confirm_booking(booking: Booking, now: datetime) -> None:
    """A place is booked, or held until it is approved."""
    words: dict[str, Any] = {
        "booking": booking,
        "event": booking.event,
        "to": booking.membership,
    }
    title = booking.event.course.title
    if booking.waits_for:
        named = booking.replaces_id is not None
        subject = (
            "You have been named to take a colleague’s place"
            if named
            else "We are holding a place for you"
        )
        tell(
            "held",
            about=booking.reference,
            why="A place is held until it is approved.",
            subject=f"{subject}: {title}",
            due_at=now,
            **words,
        )
        return
    tell(
        "booked",
        about=booking.reference,
        why="Confirms a booking.",
        subject=f"Your place is booked: {title}",
        due_at=now,
        attachments=attached(booking, now),
        cancelling=booking.cancelling(now),
        sending_a_colleague=booking.sending_a_colleague(now),
        **words,
    )


def ask_approver(booking: Booking, now: datetime) -> None:
    """Ask the manager, with a link that needs no sign-in. Each manager who is named is asked once."""
    queue_message(
        mail=Mail(
            key=f"{booking.reference}:approve:{booking.approver_email}"[:200],
            why="The partnership’s policy says that the manager must approve the place.",
            about=booking.reference,
            to_email=booking.approver_email,
            to_name=booking.approver_name,
            subject=f"Please approve a training place for {booking.membership}",
            template="bookings/mail/approve",
            context={
                "booking": booking,
                "event": booking.event,
                "token": approval_token(booking),
                "cancelling": booking.cancelling(now, once_agreed=True),
            },
        ),
        due_at=now,
    )


def tell_kept(booking: Booking, colleague: Booking, why: str, now: datetime) -> None:
    """A colleague cannot take the place, so it stays with the person who has it."""
    tell(
        f"kept:{colleague.reference}",
        booking.membership,
        about=booking.reference,
        why="A colleague cannot take the place.",
        subject=f"You still have your place: {booking.event.course.title}",
        due_at=now,
        booking=booking,
        event=booking.event,
        colleague=colleague,
        reason=why,
    )


# The purpose and the subject of the mail that ends a booking.
ENDS = {
    Tells.DECLINED: ("A place was not approved.", "Your place was not approved"),
    Tells.CANCELLED: ("Confirms a cancellation.", "Your place has been cancelled"),
    Tells.REPLACED: ("A colleague takes the place.", "A colleague takes your place"),
    Tells.EVENT_CANCELLED: ("The partnership cancelled the event.", "Cancelled"),
}


def tell_of_end(
    booking: Booking,
    settlement: Settlement,
    now: datetime,
    *,
    in_calendar: bool,
) -> None:
    """The booking has ended: what it costs the agency, if anything. The calendar entry is removed."""
    assert settlement.tells is not None
    why, subject = ENDS[settlement.tells]
    tell(
        settlement.tells,
        booking.membership,
        about=booking.reference,
        why=why,
        subject=f"{subject}: {booking.event.course.title}",
        due_at=now,
        attachments=attached(booking, now, method=CANCEL) if in_calendar else None,
        booking=booking,
        event=booking.event,
        dues=settlement.charges,
        spared=settlement.spared,
        token=waiver_token(booking, booking.membership),
        ask_by=ask_by(booking, timezone.localdate(now)),
        reason=settlement.why,
        dates=other_dates(booking.event, now),
    )


def tell_as_planned(booking: Booking, mail: PlannedMail, now: datetime) -> None:
    """Some days before or after. The key names email, start and revision, so a changed event gets a new reminder."""
    event = booking.event
    tell(
        f"planned:{mail.pk}:{event.starts_at.isoformat()}:{event.revision}",
        booking.membership,
        about=booking.reference,
        why=f"The partnership sends it {mail.when}.",
        subject=f"{mail.subject}: {event.course.title}",
        due_at=now,
        words=mail.text,
        # Joining details and prices are for people with a place, whoever else may be written to.
        is_ahead=mail.timing == MailTiming.BEFORE and booking.state == BookingState.BOOKED,
        cancelling=booking.cancelling(now),
        booking=booking,
        event=event,
    )


def tell_waiting(entry: WaitingListEntry, now: datetime) -> None:
    """Someone is on the waiting list."""
    tell(
        "waiting",
        entry.membership,
        about=waiting_key(entry),
        why="Someone joined the waiting list.",
        subject=f"You are on the waiting list: {entry.event.course.title}",
        due_at=now,
        entry=entry,
        event=entry.event,
        practice=practice_here(),
    )


def make_offer_known(offer: Offer, now: datetime) -> None:
    """A place is free, with a link to accept or decline it."""
    entry = offer.entry
    tell(
        f"offer:{offer.pk}",
        entry.membership,
        about=waiting_key(entry),
        why="A place became free for the next person on the waiting list.",
        subject=f"We can offer you a place if you answer in time: {offer.event.course.title}",
        due_at=now,
        offer=offer,
        event=offer.event,
        token=offer_token(offer),
        quote=agreed_on_offer(offer, now).quote,
    )


def tell_offer_expired(offer: Offer, now: datetime) -> None:
    """No one answered, so the place goes to the next person on the waiting list."""
    tell(
        f"offer_expired:{offer.pk}",
        offer.entry.membership,
        about=waiting_key(offer.entry),
        why="An offered place was not taken in time.",
        subject=f"The place we offered has gone: {offer.event.course.title}",
        due_at=now,
        offer=offer,
        event=offer.event,
    )


def tell_taken_off(entry: WaitingListEntry, now: datetime) -> None:
    """Someone else removed the person from the waiting list."""
    tell(
        "left",
        entry.membership,
        about=waiting_key(entry),
        why="Someone removed the person from the waiting list.",
        subject=f"You have been removed from the waiting list: {entry.event.course.title}",
        due_at=now,
        entry=entry,
        event=entry.event,
    )


def tell_waiting_list_closed(entry: WaitingListEntry, event: Event, now: datetime) -> None:
    """The event that someone waited for will not take place."""
    tell(
        "waiting_list_closed",
        entry.membership,
        about=waiting_key(entry),
        why="The partnership cancelled the event.",
        subject=f"Cancelled: {event.course.title}",
        due_at=now,
        entry=entry,
        event=event,
        dates=other_dates(event, now),
    )


def waiting_key(entry: WaitingListEntry) -> str:
    """What messages about a place on the waiting list are about."""
    return f"waiting-{entry.pk}"
