"""Opening every page of insight and adding and subtracting its figures reveals nothing about fewer than five people.

Each answer is a power of two of its own, so that the sum behind a figure tells exactly whose answers are in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.models import Event
from evaluation.models import Answer, Question, Questionnaire, Response, SurveyInvitation
from evaluation.reports.ratings import Ratings, Result, ratings
from evaluation.rules.findings import Figure
from evaluation.rules.publication import Batch, Groups
from evaluation.rules.states import InvitationState, Stage, Subscale
from evaluation.rules.statistics import Moment
from evaluation.views import insight
from partnerships.models import Agency
from partnerships.rules.agencies import UsualSector
from tests import world as make
from tests.evaluation.results import held, last_quarters, year
from tests.rules.evaluation.attack import given_away
from tests.world import Browser, World

pytestmark = pytest.mark.django_db

BITS = 14  # as many as a small number holds
SCALES = tuple(Subscale)
MOST = BITS * len(SCALES)
STAGES = {
    Stage.BASELINE: Moment.BEFORE,
    Stage.IMMEDIATE: Moment.AFTER,
    Stage.IMPACT: Moment.LATER,
}
LINK = re.compile(r'href="(/harbour/insight/[^"]*)"')

Coordinate = tuple[int, Moment]
Cover = frozenset[int]


@dataclass(frozen=True)
class Told:
    """A figure that someone read: whose bookings are in it."""

    figure: Figure
    with_means: bool
    cover: Cover


# --- a town whose answers can be told apart ------------------------------------------------------------


def questionnaires() -> dict[Stage, Questionnaire]:
    """One question a subscale at every stage, and after the event what is remembered of before."""
    made = {stage: make.questionnaire(stage=stage, scales=False) for stage in STAGES}
    for (stage, one), subscale in product(made.items(), SCALES):
        make.question(questionnaire=one, key=subscale, subscale=subscale)
        if stage is Stage.IMMEDIATE:
            make.question(
                questionnaire=one, key=f"{subscale}-then", subscale=subscale, retrospective=True
            )
    return made


def value(question: Question, at: int, moment: Moment) -> int:
    """A power of two on the scale that belongs to the booking; nothing before the event and elsewhere."""
    own = SCALES[at // BITS] == question.subscale
    return 1 << at % BITS if own and moment in {Moment.AFTER, Moment.LATER} else 0


def answer(
    booking: Booking, at: int, moments: set[Moment], asked: dict[Stage, Questionnaire]
) -> None:
    """Ratings at these moments on every scale."""
    for stage, moment in STAGES.items():
        state = InvitationState.ANSWERED if moment in moments else InvitationState.LAPSED
        invitation = SurveyInvitation.objects.create(
            stage=stage,
            event=booking.event,
            booking=booking,
            membership=booking.membership,
            questionnaire=asked[stage],
            state=state,
            due_on=timezone.localdate(),
        )
        if moment not in moments:
            continue
        response = Response.objects.create(invitation=invitation, submitted_at=timezone.now())
        Answer.objects.bulk_create(
            Answer(response=response, question=one, number=value(one, at, moment_of(one, moment)))
            for one in asked[stage].questions.all()
            if not one.retrospective or Moment.THEN in moments
        )


def moment_of(question: Question, moment: Moment) -> Moment:
    return Moment.THEN if question.retrospective else moment


def random_town(world: World, chance: Random) -> list[Booking]:
    """Two courses, a year of events with two to twelve people each, who leave out what they like."""
    asked, agencies = questionnaires(), [world.harbour.school, world.harbour.other_agency]
    people = [make.person(agency=chance.choice(agencies)) for _ in range(60)]
    courses = [make.course() for _ in range(2)]
    bookings: list[Booking] = []
    while True:
        number = chance.choice([2, 3, 4, 6, 8, 12])
        if len(bookings) + number > MOST:
            return bookings
        event = held(day=chance.randint(0, 364), course=chance.choice(courses))
        usual = set(chance.sample(list(Moment), chance.choice([2, 3, 4, 4])))
        for person in chance.sample(people, number):
            booking = make.booking(person=person, event=event, state=BookingState.ATTENDED)
            left_out = set(chance.sample(list(Moment), chance.choice([0, 0, 0, 1])))
            answer(booking, len(bookings), usual - left_out, asked)
            bookings.append(booking)


# --- what a reader can open, and what it says ----------------------------------------------------------


def pages(reader: Browser) -> int:
    """Every page that links and filters lead to; how many there are."""
    waiting = [reverse("insight") + query for query in filters()]
    waiting += [reverse("insight_event", args=[one.reference]) for one in Event.objects.all()]
    opened: set[str] = set()
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in opened:
            continue
        opened.add(address)
        page = reader.get(address)
        assert page.status_code == 200, address
        if "text/html" in page["Content-Type"]:
            links = LINK.findall(page.content.decode())
            waiting += [one.replace("&amp;", "&") for one in links]
            waiting += [address.partition("?")[0] + one for one in periods()]
    return len(opened)


def periods() -> list[str]:
    """The year and its quarters."""
    return [
        f"?start={first}&end={last}"
        for first, last in ((year().first, year().last), *last_quarters())
    ]


def filters() -> Iterable[str]:
    """Every period with every agency, sector and course; and days of one's own."""
    agencies = [f"&agency={one.pk}" for one in Agency.objects.all()]
    sectors = [
        f"&sector={one}" for one in (UsualSector.MAINTAINED_SCHOOL, UsualSector.PRIVATE_PROVIDER)
    ]
    courses = [
        f"&course={one}" for one in Event.objects.values_list("course", flat=True).distinct()
    ]
    for period in periods():
        yield from (period + more for more in ("", *courses))
    for period in periods()[:2]:
        yield from (period + more for more in (*agencies, *sectors))
    yield from (periods()[0] + one + two for one, two in product(courses, agencies[:2]))
    for event in Event.objects.all()[:3]:
        day = timezone.localdate(event.ends_at)
        yield f"?start={year().first}&end={day}"
        yield f"?start={day}&end={day}"


def told_by(found: Ratings) -> Iterable[Told]:
    """The figures of one page; those of the six scales together say whose they are."""
    by_figure: dict[Figure, list[Result]] = {}
    for finding in found.findings:
        for one in finding.results:
            if one.reason is None:
                by_figure.setdefault(one.shown.figure, []).append(one)
    for figure, results in by_figure.items():
        covers = {SCALES[at]: cover_of(one, at) for at, one in enumerate(results)}
        cover = frozenset().union(*covers.values())
        assert {one.sums.n for one in results} == {len(cover)}
        yield Told(figure, results[0].shown.with_means, cover)


def cover_of(one: Result, at: int) -> Cover:
    """Which bookings of a scale are in a figure, by the powers of two that its sum is made of."""
    if one.change is not None:
        whole = one.change.mean * one.change.n
    else:
        [(_, mean)] = one.means
        assert mean is not None
        whole = mean * one.sums.n
    bits = round(whole)
    assert bits == pytest.approx(whole)
    return frozenset(at * BITS + bit for bit in range(BITS) if bits >> bit & 1)


def vectors(told: Iterable[Told]) -> Iterable[dict[Coordinate, int]]:
    """What each figure adds up."""
    for one in told:
        moments = one.figure.moments
        if one.with_means:
            for moment in moments:
                yield {(at, moment): 1 for at in one.cover}
        else:
            first, second = moments
            yield {(at, second): 1 for at in one.cover} | {(at, first): -1 for at in one.cover}


def read_everything(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> tuple[set[Told], dict[int, int]]:
    """All figures of all pages, and whose each booking is."""
    bookings = random_town(world, Random(seed))
    told: set[Told] = set()

    def listening(*args: Any) -> Ratings:
        found = ratings(*args)
        told.update(told_by(found))
        return found

    monkeypatch.setattr(insight, "ratings", listening)
    assert pages(make.page_as(world.harbour.subgroup)) > 60
    return told, {at: booking.membership_id for at, booking in enumerate(bookings)}


def about_few(told: set[Told], people: dict[int, int]) -> set[int]:
    """The few about whom the figures of all pages together say something."""
    found = list(vectors(told))
    owner = {coordinate: people[coordinate[0]] for one in found for coordinate in one}
    return given_away(found, owner)


@pytest.mark.parametrize("seed", range(2))
def test_no_two_pages_that_a_reader_can_open_differ_by_fewer_than_five_people(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, people = read_everything(world, seed, monkeypatch)
    assert len(told) > 5
    for one, other in product(told, told):
        if set(one.figure.moments) & set(other.figure.moments) and one.figure == other.figure:
            difference = {people[at] for at in one.cover - other.cover}
            assert len(difference) == 0 or len(difference) >= 5, (one, other)
    assert about_few(told, people) == set()


def test_pages_that_only_hide_small_groups_would_give_people_away(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So did the pages before: the attack above would have found it."""

    def all_or_nothing(self: Groups, batches: Iterable[Batch]) -> tuple[list[Batch], list[Batch]]:
        every = list(batches)
        return (every, []) if sum(one.sums.n for one in every) >= 5 else ([], every)

    monkeypatch.setattr(Groups, "publishable", all_or_nothing)
    assert about_few(*read_everything(world, 0, monkeypatch)) != set()
