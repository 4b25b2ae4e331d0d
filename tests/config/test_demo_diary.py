"""The demonstration's diary before anything of it happens: on any day a story that the operations can follow.

No database: who comes and when is worked out from the data files alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bookings.rules.states import BookingState
from tests.config.test_demo_days import NASTY, town_of
from tools.demo import bookings
from tools.demo.crowd import PARTS
from tools.demo.events import cancelling_time, publishing_time, sittings
from tools.demo.people import books_from, first_day_there, newcomers
from tools.demo.reader import SLUGS
from tools.demo.town import WALK_IN, Occasion, Person, Seat, Town

LATEST_DECISION = timedelta(hours=3)


def peopled(slug: str, today: date) -> Town:
    """The partnership with all that is planned in it, on stand-ins for rows."""
    town: Any = town_of(slug, today)
    town.policies = [SimpleNamespace(approval=town.seed.partnership["approval_mode"])]
    new = newcomers(town)
    for row in town.seed.people:
        starts_on = first_day_there(town, row, row, is_new=row["key"] in new)
        town.people[row["key"]] = Person(
            facts=row,
            membership=row["key"],
            employment=SimpleNamespace(starts_on=starts_on),  # type: ignore[arg-type]
            agency=row["agency"],
            confirmed=row["key"] not in new,
            done={record["course"] for record in row.get("records", [])},
        )
    for row in sorted(town.seed.events, key=lambda row: sittings(town, row)[0][0]):
        times = sittings(town, row)
        event: Any = SimpleNamespace(
            reference=row["reference"],
            starts_at=times[0][0],
            ends_at=times[-1][1],
            capacity=row["capacity"],
        )
        terms: Any = SimpleNamespace(
            deadline=SimpleNamespace(instant=event.starts_at - timedelta(days=14))
        )
        sessions: Any = [SimpleNamespace(starts_at=start, ends_at=end) for start, end in times]
        course: Any = SimpleNamespace(reference=row["course"])
        town.occasions.append(Occasion(row, course, event, sessions, terms))
    bookings.note_bookings(town)
    made: Town = town
    return made


def noted(town: Town, act: object) -> dict[Seat, datetime]:
    """When each seat has its act of this kind."""
    return {
        entry.args[-1]: at
        for at, _, entry in town.diary._entries
        if getattr(entry, "func", 0) is act
    }


@pytest.fixture(scope="module", params=SLUGS)
def towns(request: pytest.FixtureRequest) -> list[Town]:
    return [peopled(request.param, today) for today in NASTY]


def seats(towns: list[Town]) -> Iterator[tuple[Town, Occasion, dict[Seat, datetime]]]:
    for town in towns:
        booked = noted(town, bookings.book)
        for occasion in town.occasions:
            yield town, occasion, {one: booked[one] for one in occasion.seats if one in booked}


def test_every_place_of_the_story_is_filled(towns: list[Town]) -> None:
    for town in towns:
        for occasion in town.occasions:
            parts = Counter(str(one.part) for one in occasion.seats)
            wanted = {str(part): occasion.story.get(str(part), 0) for part in PARTS}
            assert parts == Counter(wanted), (town.today, occasion.facts["reference"])


def test_people_book_while_the_event_is_open_and_from_a_job_that_is_confirmed(
    towns: list[Town],
) -> None:
    for town, occasion, booked in seats(towns):
        for one, at in booked.items():
            where = (town.today, occasion.facts["reference"], one.person.key)
            assert publishing_time(town, occasion) < at, where
            assert at + LATEST_DECISION < min(town.midnight, occasion.event.starts_at) or (
                one.part in {BookingState.PENDING, BookingState.BOOKED} and at < town.midnight
            ), where
            assert books_from(town, one.person) <= at, where


def test_a_place_is_decided_on_before_it_ends(towns: list[Town]) -> None:
    for town, occasion, booked in seats(towns):
        leaves = noted(town, bookings.give_up)
        for one, at in booked.items():
            where = (town.today, occasion.facts["reference"], one.person.key)
            ends = leaves.get(one, occasion.event.starts_at)
            if one.part == BookingState.EVENT_CANCELLED:
                ends = cancelling_time(town)
            assert at + LATEST_DECISION < ends, where


def test_no_event_is_ever_overbooked(towns: list[Town]) -> None:
    for town, occasion, booked in seats(towns):
        leaves = noted(town, bookings.give_up)
        changes: dict[datetime, int] = defaultdict(int)
        for one, at in booked.items():
            changes[at] += 1
            if one in leaves:
                changes[leaves[one]] -= 1
        held = 0
        for at in sorted(changes):
            held += changes[at]
            assert held <= occasion.event.capacity, (town.today, occasion.facts["reference"])


def test_people_wait_for_events_that_are_full(towns: list[Town]) -> None:
    for town, occasion, booked in seats(towns):
        waits = noted(town, bookings.wait)
        first = min((at for one, at in waits.items() if one in occasion.seats), default=None)
        if first is not None:
            leaves = noted(town, bookings.give_up)
            held = [
                one for one, at in booked.items() if at < first < leaves.get(one, town.midnight)
            ]
            assert len(held) == occasion.event.capacity, (town.today, occasion.facts["reference"])


def test_nobody_walks_in_who_has_booked(towns: list[Town]) -> None:
    for _, occasion, booked in seats(towns):
        assert not [one for one in occasion.seats if one.part == WALK_IN and one in booked]
