"""The count afterwards: what is in the database and in the mailbox, compared with what was promised and owed."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator

from django.db import connections
from django.db.models import Count
from django.utils import timezone

from bookings.models import Booking, Offer
from bookings.rules.states import BookingState
from courses.models import Event
from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from outbox.models import Message, MessageState
from outbox.steps.as_mail import as_mail
from partnerships.models import Partnership
from tenancy import activate
from tools.runner import preflight
from tools.runner.console import say
from tools.soak.load import Ledger
from tools.soak.scene import TAUGHT, Scene
from tools.soak.site import NAMES, RunningSite
from tools.soak.storm import Storm

QUIET_SECONDS = 300  # beat knocks once a minute; a message whose server failed waits ten
CANCELLED = (BookingState.CANCELLED, BookingState.LATE_CANCELLED)


def wait_until_quiet(site: RunningSite) -> None:
    """Wait until everything runs and nothing is due in any partnership, or until the time limit."""
    connections.close_all()
    begun = time.monotonic()
    while time.monotonic() - begun < QUIET_SECONDS:
        if len(site.processes()) == len(NAMES) and preflight.answers(site.port) and not is_busy():
            break
        time.sleep(2)
    say(f"Everything was done {time.monotonic() - begun:.0f} s after the last kill.")


def is_busy() -> bool:
    now = timezone.now()
    for partnership in Partnership.objects.all():
        with activate(partnership):
            if Message.objects.due(now).exists():
                return True
            planned = SurveyInvitation.objects.due(timezone.localdate(now))
            if planned.filter(state=InvitationState.PLANNED).exists():
                return True
    return False


def faults(scene: Scene, ledger: Ledger, site: RunningSite) -> list[str]:
    """Everything that is wrong, each in a sentence."""
    missing = sorted(set(NAMES.values()) - set(site.processes()))
    found = [f"Not running: {', '.join(missing)}."] if missing else []
    if not preflight.answers(site.port):
        found.append("The site is not answering.")
    with activate(scene.partnership):
        for check in (promises, places, bookings_told, surveys, mails):
            found += check(scene, ledger, site)
    return found


def promises(scene: Scene, ledger: Ledger, site: RunningSite) -> Iterator[str]:
    """Lost: things that the site said were done and were not."""
    known = dict(Booking.objects.values_list("reference", "state"))
    if lost := [reference for reference in ledger.booked if reference not in known]:
        yield f"{len(lost)} bookings that visitors were told of are gone: {lost[:3]}."
    rows = Booking.objects.values_list("membership__user__email", "event__reference")
    there = {(number_of(email), event) for email, event in rows}
    if gone := ledger.promised - there:
        yield f"{len(gone)} places that visitors were promised are gone: {sorted(gone)[:3]}."
    undone = [each for each in ledger.cancelled if known.get(each) not in CANCELLED]
    if undone:
        yield f"{len(undone)} cancellations that visitors were told of did not happen: {undone[:3]}."
    shut = set(
        Event.objects.filter(register_closed_at__isnull=False).values_list("reference", flat=True)
    )
    if opened := ledger.closed - shut:
        yield f"{len(opened)} registers that were closed are open: {sorted(opened)[:3]}."


def number_of(email: str) -> int:
    """Which of the benchmark's people has this address."""
    return int(email.partition("@")[0].rpartition("-")[2])


def places(scene: Scene, ledger: Ledger, site: RunningSite) -> Iterator[str]:
    """Doubled or oversold: counted from bookings that hold a place and offers that keep one."""
    holding = Booking.objects.holding_a_place()
    twice = holding.values("event", "membership").annotate(n=Count("id")).filter(n__gt=1)
    if twice.count():
        yield f"{twice.count()} people hold two places at one event."
    taken = dict(holding.values_list("event").annotate(n=Count("id")).order_by())
    offered = Offer.objects.open().values_list("entry__event").annotate(n=Count("id")).order_by()
    for event, number in offered:
        taken[event] = taken.get(event, 0) + number
    over = [
        event.reference
        for event in Event.objects.filter(pk__in=taken)
        if taken[event.pk] > event.capacity
    ]
    if over:
        yield f"{len(over)} events have more people than places: {over[:3]}."


def bookings_told(scene: Scene, ledger: Ledger, site: RunningSite) -> Iterator[str]:
    """Each booking made by the crowd has its email, each cancellation its own, and each offer its own."""
    of_crowd = list(Booking.objects.exclude(reference__in=scene.before))
    if min(len(of_crowd), len(ledger.booked), len(ledger.cancelled), len(ledger.closed)) == 0:
        yield "No booking, no cancellation or no register at all: nothing to judge by."
    sent = set(Message.objects.filter(state=MessageState.SENT).values_list("key", flat=True))
    # People who cancel before the confirmation has gone out only get the email about the cancellation.
    owed = {f"{booking.reference}:booked" for booking in of_crowd if booking.state not in CANCELLED}
    owed |= {f"{booking.reference}:cancelled" for booking in of_crowd if booking.state in CANCELLED}
    if lost := owed - sent:
        yield f"{len(lost)} of {len(owed)} emails about bookings were not sent: {sorted(lost)[:3]}."
    offers = Offer.objects.count()
    told = Message.objects.filter(key__contains=":offer:", state=MessageState.SENT).count()
    if offers != told:
        yield f"{offers} offers, {told} emails about one."


def surveys(scene: Scene, ledger: Ledger, site: RunningSite) -> Iterator[str]:
    """Everyone who came is asked once, in one email."""
    owed = len(ledger.closed) * TAUGHT
    after = SurveyInvitation.objects.filter(
        stage=Stage.IMMEDIATE, event__register_closed_at__isnull=False
    )
    asked = after.filter(state=InvitationState.SENT)
    closed = Event.objects.filter(register_closed_at__isnull=False).count()
    if asked.count() != closed * TAUGHT or after.count() != asked.count():
        yield f"{closed * TAUGHT} people came, {asked.count()} were asked ({owed} were promised)."
    mails = Message.objects.filter(
        key__regex=r"^survey-\d+:sent:", about__in=[f"survey-{each.pk}" for each in asked]
    )
    if mails.count() != asked.count() or mails.exclude(state=MessageState.SENT).exists():
        yield f"{asked.count()} people were asked, by {mails.count()} emails."


def mails(scene: Scene, ledger: Ledger, site: RunningSite) -> Iterator[str]:
    """The mailbox holds what the outbox says was sent, and nothing else; a file is one Message-ID."""
    rows = Message.objects.all()
    names = {file_of(message): message for message in rows}
    sent = {name for name, message in names.items() if message.state == MessageState.SENT}
    there = {path.stem for path in (site.var / "mail").glob("*.eml")}
    if lost := sent - there:
        yield f"{len(lost)} emails that were sent are not in the mailbox."
    if early := (there & set(names)) - sent:
        yield f"{len(early)} emails are in the mailbox, and the outbox does not know that it sent them."
    waiting = rows.due(timezone.now()).count() + rows.filter(state=MessageState.FAILED).count()
    if waiting:
        yield f"{waiting} emails wait or have failed."
    same = rows.values("key").annotate(n=Count("id")).filter(n__gt=1).count()
    if same:
        yield f"{same} emails were written twice."


def file_of(message: Message) -> str:
    """The file name that the local mail backend gives this email."""
    identity = as_mail(message).extra_headers["Message-ID"]
    return hashlib.sha256(identity.encode()).hexdigest()[:32]


def figures(scene: Scene, ledger: Ledger, storm: Storm, site: RunningSite) -> None:
    with activate(scene.partnership):
        sent = Message.objects.filter(state=MessageState.SENT).count()
        full = sum(
            event.bookings.holding_a_place().count() >= event.capacity
            for event in Event.objects.filter(reference__in=scene.upcoming)
        )
        offers = Offer.objects.count()
    say(f"places promised    {len(ledger.promised)}, of which cancelled {len(ledger.cancelled)}")
    say(f"full dates, offers {full}, {offers}")
    say(f"registers closed   {len(ledger.closed)} of {TAUGHT} people each")
    say(f"emails sent        {sent}")
    say(f"answers            {in_words(ledger.answers)}; none: {ledger.interrupted}")
    say(f"killed             {sum(storm.killed.values())}: {in_words(storm.killed)}")
    say(f"started again      {in_words(site.started_again())}")
    say(f"torn files strewn  {storm.rubbish}")


def in_words(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(numbers.items())) or "none"
