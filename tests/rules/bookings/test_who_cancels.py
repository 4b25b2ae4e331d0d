"""Who may cancel a place by the charging policy, and what it says about the way to cancel."""

import pytest

from bookings.rules.cancelling import Relation, how_to_cancel_wording, why_not_theirs
from bookings.rules.states import AWAITS_APPROVAL, BookingState, WhoCancels
from partnerships.rules.reasons import Kind, Reason

EVERYONE = frozenset(Relation)
NO_ONE: frozenset[Relation] = frozenset()
R = Relation


@pytest.mark.parametrize(
    ("who", "may"),
    [
        (WhoCancels.PERSON, EVERYONE - {R.MANAGER}),
        (WhoCancels.ANYONE, EVERYONE),
        (WhoCancels.MANAGER, {R.MANAGER, R.LEAD, R.TEAM}),
        (WhoCancels.LEAD, {R.LEAD, R.TEAM}),
        (WhoCancels.TEAM, {R.TEAM}),
    ],
)
def test_each_choice_lets_in_exactly_these(who: WhoCancels, may: set[Relation]) -> None:
    let_in = {one for one in Relation if why_not_theirs(who, BookingState.BOOKED, {one}) is None}
    assert let_in == may


@pytest.mark.parametrize("who", list(WhoCancels))
def test_no_relation_is_never_enough_and_one_of_several_is(who: WhoCancels) -> None:
    assert why_not_theirs(who, BookingState.BOOKED, NO_ONE) is not None
    assert why_not_theirs(who, BookingState.BOOKED, {R.PERSON, R.TEAM}) is None


@pytest.mark.parametrize("state", sorted(AWAITS_APPROVAL))
@pytest.mark.parametrize("who", list(WhoCancels))
def test_a_request_that_no_one_approved_can_always_be_withdrawn(
    who: WhoCancels, state: BookingState
) -> None:
    assert why_not_theirs(who, BookingState(state), {R.PERSON}) is None


def test_whoever_may_cancel_a_place_may_withdraw_the_request_too() -> None:
    assert why_not_theirs(WhoCancels.MANAGER, BookingState.PENDING, {R.MANAGER}) is None
    assert why_not_theirs(WhoCancels.PERSON, BookingState.PENDING, {R.MANAGER}) is not None


def test_the_refusal_says_who_can_and_what_to_do() -> None:
    reason = why_not_theirs(WhoCancels.LEAD, BookingState.BOOKED, {R.PERSON, R.MANAGER})
    assert reason == Reason(
        Kind.BLOCKS,
        "not_theirs_to_cancel",
        "The agency’s lead or the training team can cancel a place that is booked.",
        "Ask them to cancel this one.",
    )


@pytest.mark.parametrize(
    ("channel", "who", "told"),
    [
        ("", WhoCancels.PERSON, ""),
        (
            "by email to training@example.org.",
            WhoCancels.PERSON,
            "You can cancel by email to training@example.org.",
        ),
        ("in our system, TRAX.", WhoCancels.PERSON, "You can cancel in our system, TRAX."),
        ("", WhoCancels.TEAM, "Only the training team can cancel a place."),
        (
            "on this site",
            WhoCancels.MANAGER,
            "You can cancel on this site. The line manager, the agency’s lead or the training team"
            " can cancel a place.",
        ),
    ],
)
def test_what_people_are_told(channel: str, who: WhoCancels, told: str) -> None:
    assert how_to_cancel_wording(channel, who) == told
