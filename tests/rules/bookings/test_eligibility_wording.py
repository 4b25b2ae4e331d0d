"""Every reason against a booking, word for word: what is in the way, how heavily it weighs, what to do next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bookings.rules.eligibility import (
    Applicant,
    CourseRequired,
    EventOnOffer,
    Group,
    eligibility,
    may_join_waiting_list,
)
from bookings.rules.states import ApprovalMode, UnknownGroup
from courses.rules.states import EventState, GroupPolicy
from partnerships.rules.reasons import Kind, Reason, codes

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
A, B, C = Group("A", "Group A", 1), Group("B", "Group B", 2), Group("C", "Group C", 3)
D, E = Group("D", "Group D", 4), Group("E", "Group E", 5)
SOMEBODY = Applicant(B, agency_confirmed=True)
OPEN = EventOnOffer(EventState.PUBLISHED, NOW + timedelta(days=18), places_left=5)
FOR_B = replace(OPEN, target_groups=(B,))
NO, ASK, NOTE = Kind.BLOCKS, Kind.NEEDS_APPROVAL, Kind.WARNS
NEGLECT = CourseRequired("neglect", "Recognising neglect")
INTRO = CourseRequired("intro", "Introduction", evidence_accepted=True)
OTHER_DATES = "See the other dates of this course."
OVERRIDE = "If the role needs it, ask the training team, who will record why."


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        pytest.param(
            replace(OPEN, state=EventState.CANCELLED),
            Reason(NO, "event_cancelled", "This event has been cancelled.", OTHER_DATES),
            id="cancelled",
        ),
        pytest.param(
            replace(OPEN, state=EventState.DRAFT),
            Reason(NO, "event_not_published", "This event is not open yet.", OTHER_DATES),
            id="draft",
        ),
        pytest.param(
            replace(OPEN, state=EventState.COMPLETED),
            Reason(NO, "event_past", "This event has already started.", OTHER_DATES),
            id="over",
        ),
        pytest.param(
            replace(OPEN, starts_at=NOW),
            Reason(NO, "event_past", "This event has already started.", OTHER_DATES),
            id="starting",
        ),
        pytest.param(
            replace(OPEN, bookings_close_at=NOW - timedelta(hours=1)),
            Reason(NO, "bookings_closed", "Bookings for this event have closed.", OTHER_DATES),
            id="closed",
        ),
        pytest.param(
            replace(OPEN, places_left=0),
            Reason(NO, "full", "This event is full.", "Join the waiting list."),
            id="full",
        ),
        pytest.param(
            replace(OPEN, places_left=0, waiting_list=False),
            Reason(NO, "full_no_list", "This event is full.", OTHER_DATES),
            id="full without a list",
        ),
        pytest.param(
            replace(OPEN, free_until=NOW - timedelta(hours=1)),
            Reason(
                NOTE,
                "notice_passed",
                "The free cancellation period has ended, so cancelling may be charged.",
                "Only book if you are sure the place will be used.",
            ),
            id="cancelling may cost something",
        ),
        pytest.param(
            replace(OPEN, prerequisites=(NEGLECT,)),
            Reason(
                NO,
                "prerequisite_missing",
                "Recognising neglect is required first.",
                "Complete Recognising neglect, then book this.",
            ),
            id="a course first",
        ),
        pytest.param(
            replace(OPEN, prerequisites=(INTRO,)),
            Reason(
                ASK,
                "prerequisite_missing",
                "Introduction or equivalent training is required first.",
                "Tell us what was completed instead. We will hold the place until we have checked it.",
            ),
            id="a course or its equivalent first",
        ),
        pytest.param(
            replace(OPEN, target_groups=(C, E), group_policy=GroupPolicy.TARGET_ONLY),
            Reason(NO, "group_not_target", "This event is for Group C or Group E only.", OVERRIDE),
            id="other groups only",
        ),
    ],
)
def test_what_an_event_says_to_everybody(event: EventOnOffer, expected: Reason) -> None:
    assert eligibility(SOMEBODY, event, NOW) == (expected,)
    assert eligibility(replace(SOMEBODY, name="Nora Field"), event, NOW) == (expected,)


def test_an_overlap_names_the_other_events() -> None:
    busy = replace(SOMEBODY, overlapping=("Neglect", "Listening"))
    assert eligibility(busy, OPEN, NOW) == (
        Reason(
            *(NOTE, "overlap", "This event overlaps with Neglect and Listening."),
            "Check your diary before you book.",
        ),
    )


@pytest.mark.parametrize(
    ("applicant", "event", "told", "told_of_nora", "next_step"),
    [
        pytest.param(
            replace(SOMEBODY, already_waiting=True),
            OPEN,
            (NO, "already_waiting", "You are already on the waiting list."),
            "Nora Field is already on the waiting list.",
            "We will send an email when a place is free.",
            id="waiting",
        ),
        pytest.param(
            replace(SOMEBODY, agency_confirmed=False),
            OPEN,
            (ASK, "agency_unconfirmed", "Your agency has not been confirmed yet."),
            "Nora Field’s agency has not been confirmed yet.",
            "We will hold the place and ask the agency.",
            id="agency",
        ),
        pytest.param(
            SOMEBODY,
            replace(OPEN, approval=ApprovalMode.BY_LINK),
            (ASK, "manager_approval", "Your manager has to approve this."),
            "Nora Field’s manager has to approve this.",
            "We will hold the place and email the manager a link.",
            id="manager",
        ),
        pytest.param(
            replace(SOMEBODY, group=A),
            FOR_B,
            (
                *(NOTE, "group_adjoining"),
                "This event is for Group B, and you are in Group A, which is next to it.",
            ),
            "This event is for Group B, and Nora Field is in Group A, which is next to it.",
            "Book if the role or a learning need calls for it.",
            id="next to it",
        ),
        pytest.param(
            replace(SOMEBODY, group=E),
            replace(OPEN, target_groups=(A, B)),
            (
                *(NO, "group_not_adjoining"),
                "This event is for Group A or Group B, and you are in Group E, which is not next to it.",
            ),
            "This event is for Group A or Group B, and Nora Field is in Group E, which is not next to it.",
            OVERRIDE,
            id="not next to it",
        ),
        pytest.param(
            replace(SOMEBODY, group=None),
            FOR_B,
            (
                *(ASK, "group_unknown"),
                "This event is for Group B, and we do not know yet which group you are in.",
            ),
            "This event is for Group B, and we do not know yet which group Nora Field is in.",
            "The agency’s lead and the training team have been asked to confirm it. We will hold the place until then.",
            id="no group yet",
        ),
        pytest.param(
            replace(SOMEBODY, group=None),
            replace(FOR_B, unknown_group=UnknownGroup.BOOK),
            (
                *(NOTE, "group_unknown"),
                "This event is for Group B, and we do not know yet which group you are in.",
            ),
            "This event is for Group B, and we do not know yet which group Nora Field is in.",
            "The agency’s lead and the training team have been asked to confirm it. You can book in the meantime.",
            id="no group yet, which the policy lets pass",
        ),
    ],
)
def test_what_a_person_and_whoever_books_for_them_are_told(
    applicant: Applicant,
    event: EventOnOffer,
    told: tuple[Kind, str, str],
    told_of_nora: str,
    next_step: str,
) -> None:
    kind, code, _ = told
    assert eligibility(applicant, event, NOW) == (Reason(*told, next_step),)
    named = replace(applicant, name="Nora Field")
    assert eligibility(named, event, NOW) == (Reason(kind, code, told_of_nora, next_step),)


def test_whoever_has_a_booking_is_told_where_it_is() -> None:
    booked = replace(SOMEBODY, already_booked=True)
    [told] = eligibility(booked, OPEN, NOW)
    [told_of_nora] = eligibility(replace(booked, name="Nora Field"), OPEN, NOW)
    assert told == Reason(
        *(NO, "already_booked", "You already have a booking for this event."),
        "See it in My learning.",
    )
    assert told_of_nora == Reason(
        *(NO, "already_booked", "Nora Field already has a booking for this event."),
        "Look at that booking.",
    )


@pytest.mark.parametrize(
    ("group", "targets", "expected"),
    [
        pytest.param(B, (A, D), {"group_adjoining"}, id="next to the lower one"),
        pytest.param(C, (A, D), {"group_adjoining"}, id="next to the higher one"),
        pytest.param(E, (A, B), {"group_not_adjoining"}, id="three above the nearest"),
        pytest.param(A, (C, D), {"group_not_adjoining"}, id="two below the nearest"),
        pytest.param(A, (A, E), set(), id="one of them"),
    ],
)
def test_the_nearest_group_decides(
    group: Group, targets: tuple[Group, ...], expected: set[str]
) -> None:
    event = replace(OPEN, target_groups=targets)
    assert codes(eligibility(replace(SOMEBODY, group=group), event, NOW)) == expected


def test_each_course_that_is_missing_is_a_reason_of_its_own() -> None:
    first, done = CourseRequired("a", "First aid"), CourseRequired("b", "Behaviour")
    event = replace(OPEN, prerequisites=(first, done, NEGLECT))
    reasons = eligibility(replace(SOMEBODY, completed=frozenset({"b"})), event, NOW)
    assert [reason.sentence for reason in reasons] == [
        "First aid is required first.",
        "Recognising neglect is required first.",
    ]


@pytest.mark.parametrize(("left", "expected"), [(1, set()), (0, {"full"}), (-1, {"full"})])
def test_the_last_place_can_be_booked(left: int, expected: set[str]) -> None:
    assert codes(eligibility(SOMEBODY, replace(OPEN, places_left=left), NOW)) == expected


def test_without_other_terms_a_group_is_unknown_until_confirmed_and_neighbours_are_let_in() -> None:
    event = EventOnOffer(EventState.PUBLISHED, NOW + timedelta(days=1), 0, target_groups=(B,))
    reasons = eligibility(Applicant(None, agency_confirmed=True), event, NOW)
    assert [(reason.kind, reason.code) for reason in reasons] == [
        (NO, "full"),
        (ASK, "group_unknown"),
    ]
    assert may_join_waiting_list(reasons)
