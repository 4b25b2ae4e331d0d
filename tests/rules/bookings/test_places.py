"""Eligibility, waiting list, places and substitution."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from bookings.rules.eligibility import (
    Applicant,
    CourseRequired,
    EventOnOffer,
    Group,
    eligibility,
    may_join_waiting_list,
)
from bookings.rules.places import Places
from bookings.rules.states import ApprovalMode
from bookings.rules.substitution import substitution_reasons, substitution_wording
from bookings.rules.waiting_list import (
    OfferRule,
    Waiting,
    in_order,
    may_offer,
    offer_deadline,
    ranking_key,
    who_is_next,
)
from courses.rules.states import EventState, GroupPolicy
from partnerships.rules.reasons import Kind, Reason, blocks, codes

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
START = datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
A, B, C = Group("A", "Group A", 1), Group("B", "Group B", 2), Group("C", "Group C", 3)
INTRO = CourseRequired("group-a", "Group A training", evidence_accepted=True)
INITIAL_DSL = CourseRequired("dsl", "Initial lead training")
FOR_B = EventOnOffer(EventState.PUBLISHED, START, 5, target_groups=(B,))
OPEN = replace(FOR_B, target_groups=())
SOMEBODY = Applicant(B, agency_confirmed=True)
FROM_A = replace(SOMEBODY, group=A)


@pytest.mark.parametrize(
    ("applicant", "event", "expected"),
    [
        pytest.param(SOMEBODY, FOR_B, set(), id="nothing against"),
        pytest.param(
            SOMEBODY,
            replace(FOR_B, prerequisites=(INTRO,)),
            {"prerequisite_missing"},
            id="W41a no Group A or equivalent",
        ),
        pytest.param(
            replace(SOMEBODY, completed=frozenset({"group-a"})),
            *(replace(FOR_B, prerequisites=(INTRO,)), set()),
            id="W41a with evidence accepted",
        ),
        pytest.param(
            FROM_A, replace(OPEN, target_groups=(C,)), {"group_not_adjoining"}, id="W41b A to C"
        ),
        pytest.param(FROM_A, FOR_B, {"group_adjoining"}, id="W41 A to B adjoins"),
        pytest.param(FROM_A, replace(FOR_B, target_groups=(A, C)), set(), id="one of two groups"),
        pytest.param(
            FROM_A,
            replace(FOR_B, group_policy=GroupPolicy.TARGET_ONLY),
            {"group_not_target"},
            id="target group only",
        ),
        pytest.param(
            FROM_A,
            replace(FOR_B, target_groups=(C,), group_policy=GroupPolicy.ANY),
            set(),
            id="any group",
        ),
        pytest.param(replace(SOMEBODY, group=None), FOR_B, {"group_unknown"}, id="no group known"),
        pytest.param(replace(SOMEBODY, group=None), OPEN, set(), id="no group needed"),
        pytest.param(
            SOMEBODY,
            replace(OPEN, prerequisites=(INITIAL_DSL,)),
            {"prerequisite_missing"},
            id="W41c not yet",
        ),
        pytest.param(
            replace(SOMEBODY, agency_confirmed=False), OPEN, {"agency_unconfirmed"}, id="agency"
        ),
        pytest.param(replace(SOMEBODY, already_booked=True), OPEN, {"already_booked"}, id="twice"),
        pytest.param(
            replace(SOMEBODY, already_waiting=True), OPEN, {"already_waiting"}, id="waiting"
        ),
        pytest.param(SOMEBODY, replace(OPEN, places_left=0), {"full"}, id="full"),
        pytest.param(
            SOMEBODY,
            replace(OPEN, places_left=0, waiting_list=False),
            {"full_no_list"},
            id="full without a list",
        ),
        pytest.param(
            SOMEBODY,
            replace(OPEN, approval=ApprovalMode.BY_LINK),
            {"manager_approval"},
            id="manager",
        ),
        pytest.param(
            replace(SOMEBODY, manager_approved=True),
            *(replace(OPEN, approval=ApprovalMode.BY_LINK), set()),
            id="manager has agreed",
        ),
        pytest.param(
            SOMEBODY,
            replace(OPEN, approval=ApprovalMode.DECLARED),
            set(),
            id="declared on the form",
        ),
        pytest.param(
            replace(SOMEBODY, overlapping=("Neglect", "Listening")), OPEN, {"overlap"}, id="overlap"
        ),
        pytest.param(SOMEBODY, replace(OPEN, free_until=NOW), set(), id="deadline not passed"),
        pytest.param(
            SOMEBODY,
            replace(OPEN, free_until=NOW - timedelta(seconds=1)),
            {"notice_passed"},
            id="deadline passed",
        ),
        pytest.param(SOMEBODY, replace(OPEN, bookings_close_at=NOW), set(), id="closing now"),
        pytest.param(
            SOMEBODY,
            replace(OPEN, bookings_close_at=NOW - timedelta(seconds=1)),
            {"bookings_closed"},
            id="closed",
        ),
        pytest.param(SOMEBODY, replace(OPEN, starts_at=NOW), {"event_past"}, id="starting now"),
        pytest.param(
            SOMEBODY, replace(OPEN, state=EventState.COMPLETED), {"event_past"}, id="completed"
        ),
        pytest.param(
            SOMEBODY, replace(OPEN, state=EventState.DRAFT), {"event_not_published"}, id="draft"
        ),
        pytest.param(
            replace(SOMEBODY, already_booked=True),
            replace(OPEN, state=EventState.CANCELLED),
            {"event_cancelled"},
            id="cancelled, and nothing else is said",
        ),
    ],
)
def test_who_may_book(applicant: Applicant, event: EventOnOffer, expected: set[str]) -> None:
    assert codes(eligibility(applicant, event, NOW)) == expected


def test_w41_evidence_is_a_hold_and_a_missing_course_is_a_no() -> None:
    hold = eligibility(SOMEBODY, replace(OPEN, prerequisites=(INTRO,)), NOW)
    refusal = eligibility(SOMEBODY, replace(OPEN, prerequisites=(INITIAL_DSL,)), NOW)
    assert {reason.kind for reason in hold} == {Kind.NEEDS_APPROVAL}
    assert not blocks(hold)
    assert blocks(refusal)


def test_the_heaviest_reason_comes_first_and_each_has_a_next_step() -> None:
    event = replace(FOR_B, places_left=0, free_until=NOW - timedelta(days=1))
    reasons = eligibility(replace(FROM_A, agency_confirmed=False), event, NOW)
    assert [reason.kind for reason in reasons] == [
        *(Kind.BLOCKS, Kind.NEEDS_APPROVAL, Kind.WARNS, Kind.WARNS)
    ]
    assert all(reason.sentence.endswith(".") and reason.next_step for reason in reasons)


@pytest.mark.parametrize(
    ("applicant", "event", "expected"),
    [
        pytest.param(SOMEBODY, replace(OPEN, places_left=0), True, id="only full"),
        pytest.param(FROM_A, replace(FOR_B, places_left=0), True, id="full and a warning"),
        pytest.param(SOMEBODY, OPEN, False, id="there is a place"),
        pytest.param(
            replace(SOMEBODY, already_waiting=True),
            *(replace(OPEN, places_left=0), False),
            id="on it already",
        ),
        pytest.param(
            SOMEBODY, replace(OPEN, places_left=0, waiting_list=False), False, id="no list"
        ),
    ],
)
def test_who_may_join_the_waiting_list(
    applicant: Applicant, event: EventOnOffer, expected: bool
) -> None:
    assert may_join_waiting_list(eligibility(applicant, event, NOW)) is expected


EARLY = Waiting(1, 2, "hill-school", NOW)
LATER = Waiting(2, 2, "police", NOW + timedelta(hours=1))
URGENT = Waiting(3, 1, "hill-school", NOW + timedelta(days=3))
TIED = Waiting(4, 2, "hill-school", NOW)


@pytest.mark.parametrize(
    ("places", "order"),
    [
        pytest.param({}, [3, 1, 4, 2], id="priority, then time, then number"),
        pytest.param({"hill-school": 2, "police": 1}, [3, 2, 1, 4], id="fewer places first"),
        pytest.param({"hill-school": 1}, [3, 2, 1, 4], id="none at all before one"),
    ],
)
def test_the_order_of_the_list(places: dict[str, int], order: list[int]) -> None:
    for shuffled in permutations([EARLY, LATER, URGENT, TIED]):
        assert [one.entry for one in in_order(shuffled, places)] == order
        following = who_is_next(shuffled, places)
        assert following is not None
        assert following.entry == order[0]


def test_nobody_waits() -> None:
    assert who_is_next([], {}) is None


def test_the_key_names_its_parts() -> None:
    key = ranking_key(EARLY, {"hill-school": 2})
    assert (key.priority_class, key.agency_share, key.joined_at, key.entry) == (2, 2, NOW, 1)


RULE = OfferRule(answer_hours=48, cut_off_hours=24)


@pytest.mark.parametrize(
    ("hours_before", "expected"),
    [
        pytest.param(100, 52, id="the full time to answer"),
        pytest.param(72, 24, id="just the full time"),
        pytest.param(50, 24, id="cut short"),
        pytest.param(24, None, id="at the cut-off"),
        pytest.param(1, None, id="too late"),
    ],
)
def test_an_offer_has_a_deadline(hours_before: int, expected: int | None) -> None:
    now = START - timedelta(hours=hours_before)
    deadline = offer_deadline(now, START, RULE)
    assert may_offer(now, START, RULE) is (expected is not None)
    assert deadline == (None if expected is None else START - timedelta(hours=expected))


def test_offer_hours_pass_as_they_pass_when_clocks_change() -> None:
    monday = datetime(2026, 3, 30, 9, 0, tzinfo=LONDON)
    sunday = datetime(2026, 3, 28, 9, 0, tzinfo=LONDON)
    deadline = offer_deadline(sunday, monday, OfferRule(answer_hours=47, cut_off_hours=0))
    assert deadline == monday.astimezone(UTC)


@pytest.mark.parametrize(
    ("capacity", "booked", "offered", "waiting", "free", "left", "for_offers"),
    [
        pytest.param(20, 15, 2, 0, 3, 3, 5, id="an open offer holds a place"),
        pytest.param(20, 15, 2, 1, 3, 2, 5, id="a free place belongs to whoever waits"),
        pytest.param(20, 15, 2, 9, 3, 0, 5, id="more wait than places are free"),
        pytest.param(20, 19, 1, 0, 0, 0, 1, id="the last one is offered"),
        pytest.param(18, 20, 1, 0, 0, 0, 0, id="capacity lowered below what is booked"),
        pytest.param(20, 19, 3, 0, 0, 0, 1, id="fewer places than offers"),
        pytest.param(0, 0, 0, 0, 0, 0, 0, id="none at all"),
    ],
)
def test_places(
    capacity: int, booked: int, offered: int, waiting: int, free: int, left: int, for_offers: int
) -> None:
    places = Places(capacity, booked, offered, waiting)
    assert (places.free, places.left_for_an_offer) == (free, for_offers)
    assert places.left(offers_possible=True) == left
    assert places.left(offers_possible=False) == free
    assert places.somebody_waits is bool(offered or waiting)


@pytest.mark.parametrize(("booked", "absent", "seats"), [(20, 0, 0), (20, 3, 3), (18, 1, 3)])
def test_a_booked_seat_is_free_at_the_door_once_its_holder_is_absent(
    booked: int, absent: int, seats: int
) -> None:
    assert Places(20, booked, 0, 0).left_at_the_door(absent) == seats


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (START - timedelta(hours=2), {"prerequisite_missing"}),
        (START - timedelta(hours=1), {"substitution_late", "prerequisite_missing"}),
    ],
)
def test_a_colleague_must_qualify_and_come_in_time(now: datetime, expected: set[str]) -> None:
    event = replace(OPEN, places_left=0, prerequisites=(INITIAL_DSL,))
    colleague = eligibility(SOMEBODY, event, NOW)
    assert codes(substitution_reasons(now, START, 2, colleague)) == expected


SUMMER = datetime(2026, 7, 16, 9, 30, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("hours", "before", "told"),
    [
        (0, 1, "A colleague can always come instead, at no cost."),
        (0, 0, "A colleague can always come instead, at no cost."),
        (0, -1, ""),
        (
            24,
            48,
            "A colleague can come instead, at no cost, if you name them by 9:30am on Wednesday 15 July 2026.",
        ),
        (24, 23, ""),
    ],
)
def test_what_is_told_of_sending_a_colleague_holds_then(hours: int, before: int, told: str) -> None:
    now = SUMMER - timedelta(hours=before)
    assert substitution_wording(now, SUMMER, hours, LONDON) == told


def test_whoever_sends_a_colleague_too_late_is_told_so_first() -> None:
    colleague = eligibility(replace(SOMEBODY, already_booked=True), OPEN, NOW)
    late, booked = substitution_reasons(START, START, 2, colleague)
    assert late == Reason(
        Kind.BLOCKS,
        "substitution_late",
        "It is too late to send a colleague instead.",
        "Ask the training team.",
    )
    assert booked.code == "already_booked"


@pytest.mark.parametrize(
    ("event", "matters"),
    [
        (replace(OPEN, places_left=0), False),
        (replace(OPEN, places_left=0, waiting_list=False), False),
        (replace(OPEN, bookings_close_at=NOW - timedelta(hours=1)), False),
        (replace(OPEN, free_until=NOW - timedelta(hours=1)), False),
        (replace(OPEN, target_groups=(C,), group_policy=GroupPolicy.TARGET_ONLY), True),
        (replace(OPEN, state=EventState.CANCELLED), True),
    ],
)
def test_a_colleague_takes_a_place_that_is_held_already(event: EventOnOffer, matters: bool) -> None:
    reasons = eligibility(SOMEBODY, event, NOW)
    assert substitution_reasons(NOW, START, 2, reasons) == (reasons if matters else ())
