"""My learning: one page for everything, in as many queries however much there is."""

import csv
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import BookingState
from courses.models import TrainingRecord
from courses.rules.states import RecordSource
from evaluation.models import Certificate
from evaluation.rules.states import InvitationState, Stage
from partnerships.models import Employment, Membership
from tests.competencies.asking import queries_of
from tests.world import (
    Browser,
    World,
    booking,
    course,
    event,
    fill,
    in_days,
    invitation,
    offer,
    page_as,
    pathway,
    record,
    requirement,
    role_profile,
    waiting_entry,
)

pytestmark = pytest.mark.django_db


def page_of(who: Membership, query: str = "") -> str:
    answer = page_as(who).get(reverse("my_learning") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def certificate(of: Booking, code: str = "ABCDEFGHJKLM") -> Certificate:
    made: Certificate = Certificate.objects.create(
        code=code,
        booking=of,
        issued_at=timezone.now(),
        holder_name=str(of.membership),
        agency_name=str(of.agency),
        course_title=of.event.course.title,
        completed_on=timezone.localdate(of.event.ends_at),
        minutes=360,
        pdf=b"%PDF",
    )
    return made


def test_somebody_signed_out_is_sent_to_sign_in(world: World, client: Browser) -> None:
    answer = client.get(reverse("my_learning"))
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]


def test_a_member_of_another_partnership_finds_no_such_page(world: World) -> None:
    for name in ("my_learning", "my_records_csv", "my_roles", "add_learning"):
        assert page_as(world.moorland.practitioner).get(reverse(name)).status_code == 404


def test_bookings_say_how_they_stand_and_until_when_they_can_be_cancelled(world: World) -> None:
    me = world.harbour.practitioner
    neglect = event(course=course(title="Neglect"), joining_url="https://meet.example.org/1")
    booking(person=me, event=neglect, reference="MINE01")
    held = event(course=course(title="Online safety"), joining_url="https://meet.example.org/2")
    booking(person=me, event=held, state=BookingState.PENDING)
    booking(person=world.harbour.colleague, event=neglect, reference="NOTMINE")
    past = event(course=course(title="Long over"), starts_at=in_days(-30))
    booking(person=me, event=past)
    page = page_of(me)
    assert reverse("booking", args=["MINE01"]) in page
    assert reverse("cancel_booking", args=["MINE01"]) in page
    assert "Cancelling is free until" in page
    assert "https://meet.example.org/1" in page
    assert "https://meet.example.org/2" not in page
    assert "Waiting for approval" in page
    assert "NOTMINE" not in page
    assert "Long over" not in page


def test_the_waiting_list_tells_the_position_as_the_rule_orders_it(world: World) -> None:
    """An agency that has a place there already comes after one that has none (docs/domain/rules.md, waiting list)."""
    full = event(capacity=1)
    me, other = world.harbour.practitioner, world.harbour.other_practitioner
    booking(person=world.harbour.colleague, event=full)  # my own agency's place
    waiting_entry(person=me, event=full, joined_at=timezone.now() - timedelta(days=2))
    waiting_entry(person=other, event=full, joined_at=timezone.now() - timedelta(days=1))
    assert "You are number 2 of 2 on the waiting list" in page_of(me)
    assert "You are number 1 of 2 on the waiting list" in page_of(other)


def test_an_offer_is_answered_by_the_link_that_the_mail_carries(world: World) -> None:
    me = world.harbour.practitioner
    full = event(course=course(title="Neglect"), capacity=1)
    fill(full)
    offer(entry=waiting_entry(person=me, event=full))
    page = page_of(me)
    assert "A place for you: Neglect" in page
    link = page.split('href="')[1:]
    address = next(part.split('"')[0] for part in link if "/offer/" in part.split('"')[0])
    assert page_as(me).get(address).status_code == 200


def test_a_manager_sees_the_approvals_asked_of_them_and_nobody_elses(world: World) -> None:
    neglect = event(course=course(title="Neglect"))
    booking(
        person=world.harbour.practitioner,
        event=neglect,
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
        approver=world.harbour.manager,
    )
    words = f"Approve a place for {world.harbour.practitioner}"
    assert words in page_of(world.harbour.manager)
    assert words not in page_of(world.harbour.agency_lead)


def test_an_approval_asked_by_address_is_found_by_whoever_has_that_address(world: World) -> None:
    booking(
        person=world.harbour.practitioner,
        event=event(),
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
        approver_email=world.harbour.agency_lead.user.email.upper(),
    )
    assert "Approve a place for" in page_of(world.harbour.agency_lead)


@pytest.mark.parametrize(
    "fields",
    [
        {"waits_for": ["agency_unconfirmed"]},
        {"held_until": timezone.now() - timedelta(minutes=1)},
        {"state": BookingState.DECLINED},
    ],
)
def test_what_the_manager_can_answer_no_more_is_not_waiting_for_an_answer(
    world: World, fields: dict[str, Any]
) -> None:
    """It used to lead to "This request is closed" while the agency had still to confirm the person."""
    made = booking(
        person=world.harbour.practitioner,
        event=event(),
        state=BookingState.PENDING,
        waits_for=["manager_approval", "agency_unconfirmed"],
        held_until=timezone.now() + timedelta(hours=48),
        approver=world.harbour.manager,
    )
    assert "Approve a place for" in page_of(world.harbour.manager)
    Booking.objects.filter(pk=made.pk).update(**fields)
    assert "Approve a place for" not in page_of(world.harbour.manager)


def test_nobody_is_asked_about_somebody_who_has_left(world: World) -> None:
    made = booking(
        person=world.harbour.practitioner,
        event=event(),
        state=BookingState.PENDING,
        waits_for=["manager_approval"],
        approver=world.harbour.manager,
    )
    Employment.objects.filter(pk=made.employment_id).update(ends_on=in_days(-1).date())
    assert "Approve a place for" not in page_of(world.harbour.manager)


def test_a_manager_is_asked_about_a_colleague_who_is_to_take_over_a_place(world: World) -> None:
    neglect = event()
    booking(
        person=world.harbour.practitioner,
        event=neglect,
        state=BookingState.PROPOSED,
        replaces=booking(person=world.harbour.colleague, event=neglect),
        waits_for=["manager_approval"],
        approver=world.harbour.manager,
    )
    assert "Approve a place for" in page_of(world.harbour.manager)


def test_evaluations_due_lead_to_the_questionnaire_by_the_mails_link(world: World) -> None:
    me = world.harbour.practitioner
    held = booking(
        person=me,
        event=event(course=course(title="Neglect"), starts_at=in_days(-3)),
        state=BookingState.ATTENDED,
    )
    invitation(booking=held, stage=Stage.IMMEDIATE)
    invitation(booking=held, stage=Stage.IMPACT, state=InvitationState.PLANNED)
    page = page_of(me)
    assert page.count("Evaluate: Neglect") == 1
    assert "/survey/" in page
    assert "Evaluate:" not in page_of(world.harbour.colleague)


def test_the_record_has_certificates_and_pages(world: World) -> None:
    me = world.harbour.practitioner
    done = booking(person=me, event=event(starts_at=in_days(-5)), state=BookingState.ATTENDED)
    certificate(done)
    record(person=me, course=done.event.course, event=done.event, source=RecordSource.EVENT)
    for number in range(35):
        record(
            person=me,
            course=done.event.course,
            title=f"Briefing {number}",
            completed_on=date(2020, 1, 1) + timedelta(days=number),
        )
    page = page_of(me)
    assert reverse("certificate", args=["ABCDEFGHJKLM"]) in page
    assert "Briefing 34" in page
    assert "Briefing 0<" not in page
    assert "Briefing 0<" in page_of(me, "?page=2")
    assert "Briefing 34" in page_of(me, "?page=nonsense")
    rows = list(
        csv.DictReader(
            StringIO(page_as(me).get(reverse("my_records_csv")).content.decode("utf-8-sig"))
        )
    )
    assert len(rows) == 36
    assert rows[0]["certificate"] == "ABCDEFGHJKLM"


def test_requirements_come_with_the_sentence_and_the_next_date_that_has_places(
    world: World,
) -> None:
    me = world.harbour.practitioner
    level_three = course(title="Level 3 update")
    requirement(courses=[level_three], title="Level 3", group=world.harbour.groups[2], months=36)
    today = timezone.localdate()
    record(person=me, course=level_three, completed_on=today.replace(year=today.year - 4, day=1))
    full = event(course=level_three, starts_at=in_days(10), capacity=1, reference="FULL")
    fill(full)
    event(course=level_three, starts_at=in_days(20), reference="FREE")
    page = page_of(me)
    assert "Overdue" in page
    assert "Level 3 was due by" in page
    assert reverse("event", args=["FREE"]) in page
    assert reverse("event", args=["FULL"]) not in page


def test_a_place_that_is_booked_is_shown_in_place_of_a_date(world: World) -> None:
    me, needed = world.harbour.practitioner, course(title="Level 3 update")
    requirement(courses=[needed], group=world.harbour.groups[2])
    event(course=needed, starts_at=in_days(5), reference="SOONER")
    booking(person=me, event=event(course=needed, starts_at=in_days(9)))
    page = page_of(me)
    assert "A place is booked: " in page
    assert reverse("event", args=["SOONER"]) not in page


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (BookingState.PENDING, "A place is held until it is approved: "),
        (BookingState.PROPOSED, "A colleague’s place has been requested: "),
    ],
)
def test_a_place_that_is_not_sure_is_not_said_to_be_booked(
    world: World, state: BookingState, words: str
) -> None:
    me, needed = world.harbour.practitioner, course(title="Level 3 update")
    requirement(courses=[needed], group=world.harbour.groups[2])
    booking(person=me, event=event(course=needed), state=state)
    lead = page_as(world.harbour.agency_lead)
    theirs = lead.get(reverse("agency_person", args=[me.pk])).content.decode()
    for page in (page_of(me), theirs):
        assert words in page
        assert "A place is booked" not in page


def test_the_pathway_shows_what_is_done_what_comes_next_and_what_remains(world: World) -> None:
    me = world.harbour.practitioner
    first, second, third, extra = (
        course(title=title) for title in ("Basics", "Neglect", "Working Together", "Poetry")
    )
    way = pathway(
        courses=[first, second, third, extra],
        title="Health visitor",
        role_profile=role_profile(people=[me]),
    )
    way.steps.filter(course=extra).update(optional=True)
    record(person=me, course=first)
    event(course=second, reference="NEXT")
    page = page_of(me)
    assert "Done: 33.3% (1 of 3)" in page
    where = [page.index(words) for words in ("Next: ", "After that", "Done<", ">Optional<")]
    assert where == sorted(where)
    assert page.index("Next: ") < page.index("Neglect</a>") < page.index("After that")
    assert reverse("event", args=["NEXT"]) in page
    assert "was due to be finished by" in page  # held since 2020


def test_learning_from_elsewhere_is_recorded_but_counts_for_nothing_yet(world: World) -> None:
    """Only mapped courses renew: what it stands for is said by someone else."""
    me = world.harbour.practitioner
    lead_course = course(title="Lead training")
    requirement(courses=[lead_course], title="Lead", group=world.harbour.groups[2])
    answers = {
        "title": "Lead training",
        "provider": "A charity",
        "completed_on_day": "1",
        "completed_on_month": "3",
        "completed_on_year": "2026",
        "hours": "1.5",
        "participatory": "yes",
        "course": str(lead_course.pk),
    }
    browser = page_as(me)
    for _ in range(2):  # sent twice, one record
        assert browser.post(reverse("add_learning"), answers).status_code == 302
    made = TrainingRecord.objects.get(membership=me)
    assert (made.minutes, made.course, made.source) == (90, None, RecordSource.ELSEWHERE)
    page = page_of(me)
    assert "Lead is not complete yet." in page
    assert "Does not count towards a requirement" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Enter"),
        ({"title": "x" * 201}, "200"),
        ({"completed_on_month": "13"}, "Date completed must be a real date"),
        ({"completed_on_year": "2199"}, "Date completed must be on or before"),
        ({"hours": "-1"}, "Hours of learning must"),
        ({"hours": "NaN"}, "Hours of learning must"),
        ({"hours": "99999"}, "Hours of learning must"),
        ({"participatory": "perhaps"}, "Select"),
    ],
)
def test_mistakes_are_named_and_nothing_is_recorded(
    world: World, wrong: dict[str, str], sentence: str
) -> None:
    answers = {
        "title": "'; DROP TABLE courses_course; --",
        "provider": "A charity",
        "completed_on_day": "1",
        "completed_on_month": "3",
        "completed_on_year": "2026",
        "hours": "1.5",
        "participatory": "no",
    }
    answer = page_as(world.harbour.practitioner).post(reverse("add_learning"), answers | wrong)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "There is a problem" in answer.content.decode()
    assert not TrainingRecord.objects.exists()


def grow(world: World, number: int) -> None:
    """More of everything that the page shows."""
    me = world.harbour.practitioner
    for day in range(number):
        neglect = course()
        requirement(courses=[neglect], group=world.harbour.groups[2])
        profile = role_profile(people=[me])
        pathway(courses=[neglect, course()], role_profile=profile)
        booking(person=me, event=event(course=neglect, starts_at=in_days(day + 1)))
        full = event(starts_at=in_days(day + 2), capacity=1)
        waiting_entry(person=me, event=full)
        waiting_entry(person=world.harbour.other_practitioner, event=full)
        offer(entry=waiting_entry(person=me, event=event(starts_at=in_days(day + 3))))
        booking(
            person=world.harbour.colleague,
            event=event(course=neglect, starts_at=in_days(day + 4)),
            state=BookingState.PENDING,
            waits_for=["manager_approval"],
            approver=me,
        )
        done = booking(
            person=me, event=event(starts_at=in_days(-day - 5)), state=BookingState.ATTENDED
        )
        invitation(booking=done, stage=Stage.IMMEDIATE)
        record(person=me, course=done.event.course, event=done.event, source=RecordSource.EVENT)
        certificate(done, code=f"CODE{done.pk}")


def test_the_page_asks_the_database_equally_often_however_much_there_is(world: World) -> None:
    numbers = []
    for more in (2, 6):
        grow(world, more)
        numbers.append(len(queries_of(world.harbour.practitioner, reverse("my_learning"))))
    assert numbers[0] == numbers[1] <= 12
