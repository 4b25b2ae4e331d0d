"""What people said, as the subgroup reads it: changes by pair, falls as falls, small groups left out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.metrics import Rate
from bookings.rules.states import BookingState
from courses.models import Event
from evaluation.access import survey_token
from evaluation.models import EvaluationPlan, Question, SurveyInvitation
from evaluation.reports.ratings import Finding, Ratings, Result, ratings
from evaluation.reports.slices import Slice
from evaluation.rules.findings import CHANGED, CHANGED_AS_REMEMBERED, LASTED, Figure
from evaluation.rules.publication import LEFT_OUT, NARROWED, OTHER_DAYS, STILL_OPEN, TOO_FEW
from evaluation.rules.states import InvitationState, Stage, Subscale
from evaluation.rules.statistics import Moment
from partnerships.rules.agencies import UsualSector
from tenancy import activate
from tests import world as make
from tests.evaluation.results import (
    address_of,
    answers,
    asked,
    delegates,
    held,
    last_quarters,
    quarter,
    year,
)
from tests.world import Browser, World

pytestmark = pytest.mark.django_db


def found(chosen: Slice) -> Ratings:
    return ratings(chosen, timezone.localdate())


def of_subscale(subscale: Subscale, chosen: Slice) -> Finding:
    return next(one for one in found(chosen).findings if one.subscale is subscale)


def result(
    figure: Figure = CHANGED, subscale: Subscale = Subscale.KNOWLEDGE, chosen: Slice | None = None
) -> Result:
    """One figure of the year."""
    finding = of_subscale(subscale, chosen or year())
    return next(one for one in finding.results if one.shown.figure == figure)


def event_page(event: Event, world: World) -> str:
    url = reverse("insight_event", args=[event.reference])
    body: str = make.page_as(world.harbour.subgroup).get(url).content.decode()
    return body


def of_event(event: Event) -> Slice:
    day = timezone.localdate(event.ends_at)
    return Slice(day, day, event=event.pk)


def test_a_fall_is_said_and_subscales_stay_apart(world: World) -> None:
    event = held()
    for number, booking in enumerate(delegates(event, 6, world.harbour.school)):
        answers(booking, baseline=(5, 2), immediate=(4 - number % 2, 4), impact=(3, 4))
    change = result().change
    assert change is not None
    assert (change.n, change.mean) == (6, pytest.approx(-1.5))
    assert change.low == pytest.approx(-2.0748, abs=0.001)
    page = event_page(event, world)
    assert "Knowledge fell by 1.5" in page
    assert "Confidence rose by 2.0" in page


def test_months_later_the_change_is_told_and_no_second_mean_of_the_same_moment(
    world: World,
) -> None:
    event = held()
    for booking in delegates(event, 6, world.harbour.school):
        answers(booking, baseline=(2, 2), immediate=(4, 4), impact=(3, 4))
    lasted = result(LASTED)
    assert lasted.change is not None
    assert lasted.change.mean == pytest.approx(1.0)
    assert lasted.means == ()
    told = [
        moment for one in of_subscale(Subscale.KNOWLEDGE, year()).results for moment in one.means
    ]
    assert told == [(Moment.BEFORE, 2.0), (Moment.AFTER, 4.0)]
    page = event_page(event, world)
    assert "Knowledge rose by 1.0 (95% interval 1.0 to 1.0); n = 6" in page


def test_remembered_ratings_are_never_mixed_with_true_ones(world: World) -> None:
    event = held()
    immediate = asked(Stage.IMMEDIATE)
    make.question(
        questionnaire=immediate, key="know-then", subscale=Subscale.KNOWLEDGE, retrospective=True
    )
    for booking in delegates(event, 5, world.harbour.school):
        answers(booking, baseline=(4, 3))
        invitation = make.invitation(booking=booking, questionnaire=immediate)
        given: dict[str, Any] = {"know": 4, "confident": 4, "know-then": 2}
        make.answer(invitation=invitation, **given)
    assert result().means == ((Moment.BEFORE, 4.0), (Moment.AFTER, 4.0))
    true, remembered = result().change, result(CHANGED_AS_REMEMBERED).change
    assert true is not None
    assert remembered is not None
    assert (true.mean, remembered.mean) == (0.0, 2.0)
    assert result(CHANGED_AS_REMEMBERED).means == ()


def test_fewer_than_five_are_hidden(world: World) -> None:
    event = held()
    people = delegates(event, 5, world.harbour.school)
    for booking in people[:4]:
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    page = event_page(event, world)
    assert TOO_FEW.sentence in page
    assert "4.0" not in page
    answers(people[4], baseline=(2, 2), immediate=(4, 4))
    assert "4.0, n = 5 of 5 asked" in event_page(event, world)


def test_nothing_is_counted_before_the_questions_about_an_event_have_closed(world: World) -> None:
    """Else the answer that came between two visits is the difference of the two pages."""
    event = held()
    people = delegates(event, 7, world.harbour.school)
    for booking in people[:6]:
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    late = make.invitation(booking=people[6], questionnaire=asked(Stage.IMMEDIATE))
    assert result(chosen=of_event(event)).reason == STILL_OPEN
    page = event_page(event, world)
    assert STILL_OPEN.sentence in page
    assert "85.7% (6 of 7)" in page
    late.state = InvitationState.LAPSED
    late.save()
    assert "4.0, n = 6 of 7 asked" in event_page(event, world)


def test_nothing_is_counted_on_the_day_on_which_the_register_was_closed(world: World) -> None:
    """By the day after, everyone who came has been asked."""
    event = held(register_closed_at=timezone.now())
    for booking in delegates(event, 5, world.harbour.school):
        answers(booking, immediate=(4, 4))
    today = timezone.localdate()
    hidden = ratings(of_event(event), today).findings
    assert {one.reason for finding in hidden for one in finding.results} == {STILL_OPEN}
    shown = ratings(of_event(event), today + timedelta(days=1)).findings
    assert {one.reason for finding in shown for one in finding.results} == {None}


def test_small_events_count_in_their_quarter_and_say_so_themselves(world: World) -> None:
    course = make.course()
    events = [held(course=course, day=day) for day in (10, 20)]
    for event, number in zip(events, (3, 4), strict=True):
        for booking in delegates(event, number, world.harbour.school):
            answers(booking, baseline=(2, 2), immediate=(4, 4))
    assert [result(chosen=of_event(event)).reason for event in events] == [TOO_FEW, TOO_FEW]
    for chosen in (quarter(0), quarter(0, course=course.pk), year(course=course.pk), year()):
        assert result(chosen=chosen).sums.n == 7, chosen
    page = make.page_as(world.harbour.subgroup).get(
        reverse("insight_course", args=[course.slug]), address_of(quarter(0))
    )
    assert "4.0, n = 7 of 7 asked" in page.content.decode()


def test_a_remainder_that_would_be_a_difference_is_left_out_and_said_to_be(world: World) -> None:
    course = make.course()
    for number, day in ((6, 10), (3, 20)):
        for booking in delegates(held(course=course, day=day), number, world.harbour.school):
            answers(booking, baseline=(2, 2), immediate=(4, 4))
    for chosen in (quarter(0, course=course.pk), year(course=course.pk), year()):
        one = result(chosen=chosen)
        assert (one.sums.n, one.left_out) == (6, 3), chosen
    page = make.page_as(world.harbour.subgroup).get(reverse("insight"), address_of(year()))
    assert "4.0, n = 6 of 9 asked (3 more not counted)" in page.content.decode()


def test_answers_of_two_courses_too_small_apart_wait_for_the_end_of_the_year(world: World) -> None:
    for number in (3, 4):
        for booking in delegates(held(day=number), number, world.harbour.school):
            answers(booking, baseline=(2, 2), immediate=(4, 4))
    assert result(chosen=quarter(0)).reason == LEFT_OUT
    assert result(chosen=year()).sums.n == 7
    last_day = year().last
    assert ratings(year(), last_day).findings[0].results[0].reason == LEFT_OUT


def test_agency_and_sector_filter_attendance_and_nothing_that_people_said(world: World) -> None:
    """Eight with an agency, seven without it: the eighth one's answer."""
    town, event = world.harbour, held()
    people = delegates(event, 7, town.school) + delegates(event, 1, town.other_agency)
    for booking in people:
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    subgroup = make.page_as(town.subgroup)
    for query in ({"agency": town.school.pk}, {"sector": UsualSector.MAINTAINED_SCHOOL.value}):
        page = subgroup.get(reverse("insight"), address_of(year(), **query)).content.decode()
        assert NARROWED.sentence in page.replace("&#x27;", "'")
        assert "4.0" not in page
        assert "100.0% (7 of 7)" in page
        assert "Answers received" not in page
    whole = subgroup.get(reverse("insight"), address_of(year())).content.decode()
    assert "4.0, n = 8 of 8 asked" in whole


def test_other_days_lead_to_the_quarters_and_years_that_are_published(world: World) -> None:
    event = held(day=10)
    for booking in delegates(event, 6, world.harbour.school):
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    subgroup = make.page_as(world.harbour.subgroup)
    chosen = Slice(year().first, year().last - timedelta(days=1))
    for url in (reverse("insight"), reverse("insight_course", args=[event.course.slug])):
        page = subgroup.get(url, address_of(chosen)).content.decode()
        assert OTHER_DAYS.sentence in page
        assert "4.0" not in page
        assert "100.0% (6 of 6)" in page
        for first, last in (*last_quarters(), (year().first, year().last)):
            assert f"?start={first}&amp;end={last}#evaluation" in page
        first = subgroup.get(url, address_of(quarter(0))).content.decode()
        assert "4.0, n = 6 of 6 asked" in first


def test_response_rates_count_those_who_were_asked(world: World) -> None:
    event = held()
    people = delegates(event, 4, world.harbour.school)
    states = [
        InvitationState.SENT,
        InvitationState.LAPSED,
        InvitationState.PLANNED,
        InvitationState.WITHDRAWN,
    ]
    for booking, state in zip(people, states, strict=True):
        make.invitation(booking=booking, state=state)
    answers(people[0], impact=(3, 3))
    assert found(year()).responses == {Stage.IMMEDIATE: Rate(0, 2), Stage.IMPACT: Rate(1, 1)}


def test_answers_of_people_who_did_not_come_are_left_out(world: World) -> None:
    event = held()
    for booking in delegates(event, 6, world.harbour.school, BookingState.NO_SHOW):
        answers(booking, baseline=(1, 1), immediate=(1, 1))
    assert found(year()).findings == ()


def test_answers_about_an_event_whose_register_is_open_again_do_not_count(world: World) -> None:
    event = held()
    for booking in delegates(event, 6, world.harbour.school):
        answers(booking, immediate=(4, 4))
    assert found(year()).findings != ()
    event.register_closed_at = None
    event.save()
    assert (found(year()).findings, found(year()).responses) == ((), {})


def test_scales_of_different_length_stay_apart(world: World) -> None:
    long = make.questionnaire(stage=Stage.IMPACT, version=2)
    Question.objects.filter(questionnaire=long, key="know").update(highest=10)
    event = held()
    for booking in delegates(event, 5, world.harbour.school):
        later = make.invitation(booking=booking, stage=Stage.IMPACT, questionnaire=long)
        make.answer(invitation=later, know=9)
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    knowledge = [one for one in found(year()).findings if one.subscale is Subscale.KNOWLEDGE]
    assert [one.highest for one in knowledge] == [5, 10]
    assert [one.shown.figure for one in knowledge[0].results] == [CHANGED]
    assert [one.means for one in knowledge[1].results] == [((Moment.LATER, 9.0),)]


def test_the_other_partnership_is_another_world(world: World) -> None:
    event = held()
    for booking in delegates(event, 6, world.harbour.school):
        answers(booking, baseline=(2, 2), immediate=(4, 4))
    with activate(world.moorland.partnership):
        assert found(year()) == Ratings({}, ())
        url = reverse("insight_event", args=[event.reference])
    assert make.page_as(world.moorland.coordinator).get(url).status_code == 404


def test_what_was_asked_of_trainers_is_not_mixed_with_delegates(world: World) -> None:
    SurveyInvitation.objects.create(
        stage=Stage.TRAINER,
        event=held(),
        membership=world.harbour.trainer,
        questionnaire=make.questionnaire(stage=Stage.TRAINER),
        state=InvitationState.SENT,
        due_on=timezone.localdate(),
    )
    assert found(year()).responses == {Stage.TRAINER: Rate(0, 1)}
    assert found(year(sector=UsualSector.POLICE)).responses == {}


def test_the_form_says_who_reads_single_answers(world: World) -> None:
    """What a form promises holds: the subgroup is named where the partnership lets it read them."""
    booking: Booking = delegates(held(), 1, world.harbour.school)[0]
    token = survey_token(make.invitation(booking=booking))
    url = reverse("survey", args=[token])
    assert "The training team can read individual answers." in Browser().get(url).content.decode()
    EvaluationPlan.objects.update(subgroup_reads_answers=True)
    page = Browser().get(url).content.decode()
    assert (
        "The training team and the learning and development subgroup can read individual answers."
        in page
    )
