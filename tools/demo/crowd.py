"""Who comes to which event: the people whom the data file names, and believable others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from bookings.rules.states import HOLDS_A_PLACE, ApprovalMode, BookingState
from evaluation.rules.states import Stage
from tools.demo.town import WALK_IN, Occasion, Person, Seat, Town

OFFERED, WAITING = "offered", "waiting"

# In this order places are filled, so that the same people are present whatever else changes.
PARTS = (
    *(BookingState.ATTENDED, BookingState.PARTLY_ATTENDED, WALK_IN, BookingState.BOOKED),
    *(BookingState.NO_SHOW, BookingState.LATE_CANCELLED, BookingState.CANCELLED),
    *(BookingState.DECLINED, BookingState.EVENT_CANCELLED, BookingState.PENDING),
    *(OFFERED, WAITING),
)
KEEPS_THE_DAY = {*HOLDS_A_PLACE, WALK_IN, BookingState.EVENT_CANCELLED}
WAITS = {BookingState.PENDING, BookingState.DECLINED}


def cast(town: Town, occasion: Occasion) -> list[Seat]:
    """Everybody who has to do with an event: first those who are named, then as many as the story says."""
    left = {part: occasion.story.get(str(part), 0) for part in PARTS}
    seats = list(named(town, occasion))
    for one in seats:
        left[one.part] -= 1
    taken = {one.person for one in seats}
    ready = candidates(town, occasion, taken)
    unsure = [one for one in ready if needs_approval(town, occasion, one)]
    doubtful = iter([*unsure, *newcomers(town, occasion)])
    others = iter(ready)
    for part in PARTS:
        free = (one for one in (doubtful if part in WAITS else others) if one not in taken)
        for person in islice(free, left[part]):
            taken.add(person)
            seats.append(Seat(person, str(part)))
    for one in seats:
        remember(occasion, one)
    return seats


def named(town: Town, occasion: Occasion) -> Iterator[Seat]:
    """The people whom the data file gives a part."""
    for row in occasion.facts.get("bookings", []):
        answers = {
            str(stage): row[key]
            for stage, key in ((Stage.IMMEDIATE, "immediate"), (Stage.IMPACT, "impact"))
            if key in row
        }
        yield Seat(town.people[row["person"]], row["state"], answers)


def candidates(town: Town, occasion: Occasion, taken: set[Person]) -> list[Person]:
    """Learners of the right groups who are free, those first whom the course would help most."""
    row = town.course_facts(occasion.course)
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
    return [one[-1] for one in ranked]


def needs_approval(town: Town, occasion: Occasion, person: Person) -> bool:
    """Whether somebody has to agree to the person's place."""
    if town.policy.approval == ApprovalMode.BY_LINK:
        return True
    return bool(set(town.course_facts(occasion.course)["prerequisites"]) - person.done)


def newcomers(town: Town, occasion: Occasion) -> list[Person]:
    """People of the right groups whose agency has not confirmed them yet."""
    groups = town.course_facts(occasion.course)["open_to"]
    everybody = town.people.values()
    return [one for one in everybody if not one.confirmed and one.facts["group"] in groups]


def days_of(occasion: Occasion) -> set[date]:
    return {session.starts_at.date() for session in occasion.sessions}


def remember(occasion: Occasion, one: Seat) -> None:
    """Keep the person's days free of other events, and count what has been learnt."""
    if one.part in KEEPS_THE_DAY:
        one.person.busy |= days_of(occasion)
    if one.present:
        one.person.done.add(occasion.course.reference)
    one.person.places += 1
