"""Who comes to which event: the people whom the data file names, and believable others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bookings.rules.states import HOLDS_A_PLACE, WAS_PRESENT, BookingState
from evaluation.rules.states import Stage
from tools.demo.town import Occasion, Person, Town

OFFERED, WAITING, WALK_IN = "offered", "waiting", "walk_in"

# In this order places are filled, so that the same people are present whatever else changes.
PARTS = (
    *(BookingState.ATTENDED, BookingState.PARTLY_ATTENDED, WALK_IN, BookingState.BOOKED),
    *(BookingState.NO_SHOW, BookingState.LATE_CANCELLED, BookingState.CANCELLED),
    *(BookingState.DECLINED, BookingState.EVENT_CANCELLED, BookingState.PENDING),
    *(OFFERED, WAITING),
)
KEEPS_THE_DAY = {*HOLDS_A_PLACE, WALK_IN, BookingState.EVENT_CANCELLED}


@dataclass(frozen=True)
class Part:
    """One person's part in the story of an event; ``answered`` is set where the data file says it."""

    person: Person
    part: str
    answered: dict[str, bool]

    @property
    def present(self) -> bool:
        return self.part == WALK_IN or self.part in WAS_PRESENT


def cast(town: Town, occasion: Occasion) -> list[Part]:
    """Everybody who has to do with an event: first those who are named, then as many as the story says."""
    left = {part: occasion.story.get(str(part), 0) for part in PARTS}
    parts = list(named(town, occasion))
    for one in parts:
        left[one.part] -= 1
    taken = {one.person for one in parts}
    others = candidates(town, occasion, taken)
    for part in PARTS:
        for _ in range(left[part]):
            person = next(others, None)
            if person is not None:
                parts.append(Part(person, str(part), {}))
    for one in parts:
        remember(occasion, one)
    return parts


def named(town: Town, occasion: Occasion) -> Iterator[Part]:
    """The people whom the data file gives a part."""
    for row in occasion.facts.get("bookings", []):
        answered = {
            str(stage): row[key]
            for stage, key in ((Stage.IMMEDIATE, "immediate"), (Stage.IMPACT, "impact"))
            if key in row
        }
        yield Part(town.people[row["person"]], row["state"], answered)


def candidates(town: Town, occasion: Occasion, taken: set[Person]) -> Iterator[Person]:
    """Learners of the right groups who are free, those first whom the course would help most."""
    row = next(one for one in town.seed.courses if one["reference"] == occasion.course.reference)
    days = days_of(occasion)
    chance = town.chance("crowd", occasion.event.reference)
    ranked = []
    for person in town.people.values():
        draw = chance.random() * 3  # drawn for everybody, so that one person more changes no other
        fits = person.learns and person.facts["group"] in row["open_to"]
        teaches = person.key in occasion.facts["trainers"]
        if not fits or teaches or person in taken or person.busy & days:
            continue
        repeats = occasion.course.reference in person.done
        unready = bool(set(row["prerequisites"]) - person.done)
        ranked.append((repeats, unready, person.places + draw, person.key, person))
    ranked.sort(key=lambda one: one[:4])
    return (one[-1] for one in ranked)


def days_of(occasion: Occasion) -> set[date]:
    return {session.starts_at.date() for session in occasion.sessions}


def remember(occasion: Occasion, one: Part) -> None:
    """Keep the person's days free of other events, and count what has been learnt."""
    if one.part in KEEPS_THE_DAY:
        one.person.busy |= days_of(occasion)
    if one.present:
        one.person.done.add(occasion.course.reference)
    one.person.places += 1
