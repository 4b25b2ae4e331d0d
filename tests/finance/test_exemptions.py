"""Agencies that are exempt: quoted, charged nothing, explained, ended, and never changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, Exemption
from bookings.operations.cancel_booking import cancel_booking
from bookings.operations.close_register import close_register
from bookings.operations.reopen_register import reopen_register
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState, Mark
from finance.models import Charge
from finance.operations.end_exemption import end_exemption
from finance.operations.grant_exemption import ExemptionAsked, grant_exemption
from finance.rules.states import ChargeState
from partnerships.rules.refused import Refused
from tests.finance.asking import absent, ask
from tests.world import World, attendance, booking, booking_form, event, in_days, page_as

pytestmark = pytest.mark.usefixtures("unprinted")
FLOODED = "The school was flooded"


def exempt(world: World, first: int = -30, last: int = 60, **fields: Any) -> Exemption:
    """The school pays nothing from so many days ago to so many days ahead."""
    today = timezone.localdate()
    grant = ExemptionAsked(
        agency=fields.pop("agency", world.harbour.school),
        reason=FLOODED,
        first_day=today + timedelta(days=first),
        last_day=today + timedelta(days=last),
        **fields,
    )
    return grant_exemption(grant=grant, by=world.harbour.finance, at=timezone.now())


def cancel_late(place: Booking) -> Charge | None:
    """Given up an hour before the event."""
    at = place.event.starts_at - timedelta(hours=1)
    cancel_booking(booking=place, by=place.membership, received_at=at, entered_at=at, reason="")
    return Charge.objects.filter(booking=place).first()


def test_quoted_before_booking_and_charged_so(world: World) -> None:
    made, coming = exempt(world), event(starts_at=in_days(5))
    page = page_as(world.harbour.practitioner)
    shown = " ".join(page.get(reverse("book", args=[coming.reference])).content.decode().split())
    assert f"Reason: {FLOODED}" in shown
    assert "Without the exemption, it would be £40.00." in shown
    page.post(reverse("book", args=[coming.reference]), booking_form())
    place = Booking.objects.get(event=coming)
    assert place.exemptions_quoted == {made.pk}
    one = cancel_late(place)
    assert one is not None
    assert (one.state, one.amount, one.exemption) == (ChargeState.WAIVED, 40, made)
    assert FLOODED in one.decision_reason
    assert FLOODED in " ".join(one.why.steps)
    assert one.why.amount == 0
    assert not Charge.objects.ready_to_invoice().exists()


def test_no_other_agency_is_exempt(world: World) -> None:
    exempt(world)
    one = cancel_late(booking(person=world.harbour.other_practitioner, event=event()))
    assert one is not None
    assert (one.state, one.exemption) == (ChargeState.TO_REVIEW, None)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), ChargeState.WAIVED),
        ((ChargeKind.LATE_CANCELLATION,), ChargeState.WAIVED),
        ((ChargeKind.NO_SHOW, ChargeKind.ATTENDANCE), ChargeState.TO_REVIEW),
    ],
)
def test_it_is_for_the_kinds_of_charge_that_it_names(
    world: World, kinds: tuple[ChargeKind, ...], state: ChargeState
) -> None:
    place = booking(person=world.harbour.practitioner, event=event())
    exempt(world, kinds=kinds)
    one = cancel_late(place)
    assert one is not None
    assert one.state == state


def test_granted_after_booking_it_still_holds(world: World) -> None:
    place = booking(person=world.harbour.practitioner, event=event())
    assert not place.exemptions_quoted
    made = exempt(world)
    one = cancel_late(place)
    assert one is not None
    assert one.exemption == made


def test_what_was_quoted_holds_when_it_has_ended(world: World) -> None:
    made = exempt(world)
    quoted = booking(person=world.harbour.practitioner, event=event())
    end_exemption(exemption=made, by=world.harbour.finance, at=timezone.now())
    new = booking(person=world.harbour.colleague, event=event())
    kept, lost = cancel_late(quoted), cancel_late(new)
    assert kept is not None
    assert lost is not None
    assert (kept.state, lost.state) == (ChargeState.WAIVED, ChargeState.TO_REVIEW)


def test_charges_that_have_arisen_in_it_are_waived_and_requests_about_them_answered(
    world: World,
) -> None:
    town = world.harbour
    before, within = absent(town.practitioner, days=40), absent(town.colleague)
    for one, day in ((before, in_days(-40)), (within, in_days(-3))):
        one.arose_on = timezone.localdate(day)
        one.save()
    elsewhere = absent(town.other_practitioner)
    case = ask(within)
    made = exempt(world, -7, 7)
    states = {one.pk: (one.state, one.exemption) for one in Charge.objects.all()}
    assert states == {
        before.pk: (ChargeState.APPROVED, None),
        within.pk: (ChargeState.WAIVED, made),
        elsewhere.pk: (ChargeState.APPROVED, None),
    }
    case.refresh_from_db()
    assert FLOODED in case.decision


def test_for_one_place_only(world: World) -> None:
    town = world.harbour
    mine, other = (
        booking(person=who, event=event()) for who in (town.practitioner, town.colleague)
    )
    made = exempt(world, booking=mine)
    first, second = cancel_late(mine), cancel_late(other)
    assert first is not None
    assert second is not None
    assert (first.exemption, second.exemption) == (made, None)
    with pytest.raises(Refused, match="is not from"):
        exempt(world, booking=mine, agency=town.other_agency)


def test_the_same_again_changes_nothing(world: World) -> None:
    assert exempt(world) == exempt(world)
    assert Exemption.objects.count() == 1


def test_a_register_with_spared_charges_can_be_reopened(world: World) -> None:
    over = event(starts_at=in_days(-3))
    exempt(world)
    place = booking(person=world.harbour.practitioner, event=over)
    for session in over.sessions.all():
        attendance(booking=place, mark=Mark.ABSENT, session=session)
    by, now = world.harbour.coordinator, timezone.now()
    close_register(event=over, by=by, at=now)
    assert Charge.objects.get().state == ChargeState.WAIVED
    reopen_register(event=over, by=by, at=now)
    assert not Charge.objects.exists()


def test_the_database_refuses_to_change_one(world: World) -> None:
    made = exempt(world)
    for change in ({"reason": "Other"}, {"last_day": date(2030, 1, 1)}, {"kinds": ["no_show"]}):
        with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
            Exemption.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError, match="cannot be deleted"), transaction.atomic():
        made.delete()
    end_exemption(exemption=made, by=world.harbour.finance, at=timezone.now())
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        Exemption.objects.filter(pk=made.pk).update(ended_at=None, ended_by=None)


# --- the pages ---------------------------------------------------------------------------------------

FORM = {
    "agency": "",
    "reason": FLOODED,
    "first_day": "2026-06-01",
    "last_day": "2026-06-30",
}


def test_an_agency_is_exempted_in_the_browser(world: World) -> None:
    page = page_as(world.harbour.finance)
    sent = FORM | {"agency": world.harbour.school.reference, "kinds": ["no_show"]}
    page.post(reverse("new_exemption"), sent)
    made = Exemption.objects.get()
    assert (made.agency, made.kinds) == (world.harbour.school, ["no_show"])
    shown = page.get(reverse("exemptions")).content.decode()
    assert FLOODED in shown
    page.post(reverse("end_exemption", args=[made.pk]))
    made.refresh_from_db()
    assert made.ended_by == world.harbour.finance


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"agency": "nowhere"}, "Select the agency from the list"),
        ({"reason": ""}, "Enter the reason"),
        ({"last_day": "2026-05-31"}, "The last day must not be before the first."),
        ({"booking": "B9999999"}, "There is no booking with this reference."),
        ({"kinds": ["parking"]}, "Select"),
    ],
)
def test_bad_input_is_refused_and_kept(world: World, wrong: dict[str, Any], said: str) -> None:
    sent = FORM | {"agency": world.harbour.school.reference} | wrong
    shown = page_as(world.harbour.finance).post(reverse("new_exemption"), sent).content.decode()
    assert said in shown
    assert wrong.get("reason", FLOODED) in shown
    assert not Exemption.objects.exists()


@pytest.mark.parametrize("late", [BookingState.LATE_CANCELLED])
def test_a_free_price_is_left_alone(world: World, late: BookingState) -> None:
    """What costs nothing anyway is not counted as spared."""
    exempt(world)
    place = booking(person=world.harbour.practitioner, event=event())
    assert place.quote["attendance"]["outcome"] == "free"
    assert "exemption" not in place.quote["attendance"]
