"""My agency: own staff and no one else's, for leads and line managers."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.rules.states import BookingState
from competencies.models import RoleAssignment
from competencies.reports.attention import attention
from courses.models import TrainingRecord
from finance.models import Invoice
from partnerships.models import Agency, EmploymentState, Membership
from partnerships.rules.roles import Role
from tests.competencies.asking import queries_of
from tests.world import (
    World,
    booking,
    charge,
    course,
    employment,
    event,
    in_days,
    page_as,
    person,
    record,
    requirement,
    role_profile,
)

pytestmark = pytest.mark.django_db

LISTS = ("agency", "agency_staff_csv", "agency_bookings")
LEADS_ONLY = ("agency_money", "agency_charges_csv")


def text_of(who: Membership, name: str, *args: object, query: str = "") -> str:
    answer = page_as(who).get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode("utf-8-sig"))


def status(who: Membership, name: str, *args: object) -> int:
    return int(page_as(who).get(reverse(name, args=args)).status_code)


def invoice(agency: Agency, number: str) -> Invoice:
    now = timezone.now()
    made: Invoice = Invoice.objects.create(
        number=number,
        agency=agency,
        issued_on=now.date(),
        issued_at=now,
        due_on=now.date() + timedelta(days=30),
        issuer={},
        customer_name=agency.name,
        net="75.00",
        vat="0.00",
        gross="75.00",
        line_count=1,
        pdf=b"%PDF-1.7 " + number.encode(),
    )
    return made


@pytest.mark.parametrize("name", [*LISTS, *LEADS_ONLY])
def test_those_who_answer_for_nobody_are_refused(world: World, name: str) -> None:
    town = world.harbour
    for who in (town.practitioner, town.trainer, town.coordinator, town.finance, town.subgroup):
        assert status(who, name) == 403
    assert status(world.moorland.agency_lead, name) == 404
    assert status(town.manager, name) == (403 if name in LEADS_ONLY else 200)


def test_a_lead_sees_own_staff_and_a_manager_the_own_team(world: World) -> None:
    town = world.harbour
    stranger = person(name="Nora Newcomer", agency=town.school)
    lead, manager = text_of(town.agency_lead, "agency"), text_of(town.manager, "agency")
    for own in (town.practitioner, town.colleague):
        assert str(own) in lead
        assert str(own) in manager
    assert str(stranger) in lead
    assert str(stranger) not in manager
    for page in (lead, manager):
        assert str(town.other_practitioner) not in page
    assert str(town.other_practitioner) in text_of(town.other_agency_lead, "agency")


def test_whoever_waits_for_confirmation_or_has_left_is_not_staff(world: World) -> None:
    town = world.harbour
    person_waiting = person(name="Wanda Waiting")
    employment(person=person_waiting, agency=town.school, state=EmploymentState.PENDING)
    gone = person(name="Gus Gone")
    employment(person=gone, agency=town.school, ends_on=timezone.localdate() - timedelta(days=1))
    page = text_of(town.agency_lead, "agency")
    assert "Wanda Waiting" not in page
    assert "Gus Gone" not in page
    assert "People to confirm (1)" in page
    assert status(town.agency_lead, "agency_person", gone.pk) == 404


def test_a_second_employer_is_nobodys_business(world: World) -> None:
    town = world.harbour
    employment(person=town.practitioner, agency=town.other_agency, job_title="Night carer")
    for name, args in (("agency", ()), ("agency_person", (town.practitioner.pk,))):
        page = text_of(town.agency_lead, name, *args)
        assert "Night carer" not in page
    assert "Night carer" in text_of(town.other_agency_lead, "agency")
    assert "Night carer" not in text_of(town.agency_lead, "agency_staff_csv")


@pytest.mark.parametrize("name", ["agency_person", "staff_roles", "add_staff_learning"])
def test_a_person_of_another_agency_is_not_found(world: World, name: str) -> None:
    town, theirs = world.harbour, world.harbour.other_practitioner
    assert status(town.agency_lead, name, theirs.pk) == 404
    assert status(town.manager, name, theirs.pk) == 404
    assert status(town.agency_lead, name, world.moorland.practitioner.pk) == 404
    assert status(town.practitioner, name, town.colleague.pk) == 403
    assert status(town.finance, name, town.colleague.pk) == 403
    assert status(town.coordinator, name, theirs.pk) == 200
    assert status(town.agency_lead, name, town.practitioner.pk) == 200


def late(world: World, title: str = "Level 3") -> None:
    """The practitioner is overdue, the colleague is not."""
    update = course(title="Level 3 update")
    requirement(
        courses=[update], code="level-3", title=title, group=world.harbour.groups[2], months=36
    )
    today = timezone.localdate()
    for who, days in ((world.harbour.practitioner, 1500), (world.harbour.colleague, 100)):
        record(person=who, course=update, completed_on=today - timedelta(days=days))


def test_the_list_is_filtered_by_the_address(world: World) -> None:
    late(world)
    town = world.harbour
    overdue = text_of(town.agency_lead, "agency", query="?standing=overdue")
    assert str(town.practitioner) in overdue
    assert str(town.colleague) not in overdue
    assert str(town.colleague) in text_of(
        town.agency_lead, "agency", query="?standing=current&requirement=level-3"
    )
    by_name = text_of(town.agency_lead, "agency", query="?q=piet")
    assert str(town.practitioner) in by_name
    assert str(town.colleague) not in by_name


@pytest.mark.parametrize("query", ["?standing=odd", "?agency=nowhere", "?q=%00%27--", "?page=x"])
def test_wrong_filters_are_named_and_lose_nothing(world: World, query: str) -> None:
    page = text_of(world.harbour.agency_lead, "agency", query=query)
    assert "My agency" in page
    if "=odd" in query or "=nowhere" in query:
        assert "There is a problem" in page
        assert str(world.harbour.practitioner) in page


def test_the_file_has_a_line_a_person_and_requirement_and_defuses_formulas(world: World) -> None:
    late(world, title="=1+1")
    rows = list(csv.DictReader(StringIO(text_of(world.harbour.agency_lead, "agency_staff_csv"))))
    mine = next(row for row in rows if row["name"] == str(world.harbour.practitioner))
    assert mine["requirement"] == "'=1+1"
    assert mine["standing"] == "Overdue"
    assert str(world.harbour.other_practitioner) not in {row["name"] for row in rows}


def test_bookings_of_own_staff_are_listed_and_can_be_made(world: World) -> None:
    town = world.harbour
    late(world)
    neglect = event(course=course(title="Neglect"))
    booking(person=town.practitioner, event=neglect, reference="OURS01")
    booking(person=town.other_practitioner, event=neglect, reference="THEIRS")
    event(course=TrainingRecord.objects.first().course, reference="SOON")
    page = text_of(town.agency_lead, "agency_bookings")
    assert "OURS01" in page
    assert "THEIRS" not in page
    book = f"{reverse('book', args=['SOON'])}?for={town.practitioner.pk}"
    assert book in text_of(town.agency_lead, "agency_person", town.practitioner.pk)
    assert page_as(town.agency_lead).get(book).status_code == 200
    assert book not in text_of(town.manager, "agency_person", town.practitioner.pk)


def test_money_is_shown_to_the_lead_of_the_agency_that_owes_it(world: World) -> None:
    town = world.harbour
    neglect = event(course=course(title="Neglect"), starts_at=in_days(-9))
    for who in (town.practitioner, town.other_practitioner):
        charge(booking=booking(person=who, event=neglect, state=BookingState.NO_SHOW))
    ours, theirs = invoice(town.school, "INV1"), invoice(town.other_agency, "INV2")
    page = text_of(town.agency_lead, "agency_money")
    assert "Non-attendance fee, £75.00" in page
    assert "Being checked" in page
    assert "Still to pay: £75.00" in page
    assert "How this amount was worked out" in page
    assert str(town.practitioner) in page
    assert str(town.other_practitioner) not in page
    assert "INV1" in page
    assert "INV2" not in page
    pdf = page_as(town.agency_lead).get(reverse("agency_invoice_pdf", args=[ours.number]))
    assert pdf.content == b"%PDF-1.7 INV1"
    assert status(town.agency_lead, "agency_invoice_pdf", theirs.number) == 404
    assert status(town.manager, "agency_invoice_pdf", ours.number) == 403
    assert status(town.agency_lead, "agency_credit_note_pdf", "CN1") == 404
    file = text_of(town.agency_lead, "agency_charges_csv")
    assert str(town.practitioner) in file
    assert str(town.other_practitioner) not in file


class TestRoles:
    """Chosen by the person, or by someone who answers for them."""

    def answers(self, *profiles: int) -> dict[str, object]:
        day = timezone.localdate()
        since = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
        return {"profiles": [str(pk) for pk in profiles], **since}

    def test_are_chosen_by_the_person(self, world: World) -> None:
        profile = role_profile(name="Health visitor")
        me = world.harbour.practitioner
        page_as(me).post(reverse("my_roles"), self.answers(profile.pk))
        assert "Health visitor, since" in text_of(me, "my_learning")

    def test_are_assigned_by_the_lead(self, world: World) -> None:
        profile, who = role_profile(), world.harbour.practitioner
        answer = page_as(world.harbour.agency_lead).post(
            reverse("staff_roles", args=[who.pk]), self.answers(profile.pk)
        )
        assert answer.status_code == 302
        assert RoleAssignment.objects.get().membership == who

    def test_are_never_those_of_another_agencys_staff(self, world: World) -> None:
        profile = role_profile()
        address = reverse("staff_roles", args=[world.harbour.other_practitioner.pk])
        answer = page_as(world.harbour.agency_lead).post(address, self.answers(profile.pk))
        assert answer.status_code == 404
        assert not RoleAssignment.objects.exists()

    @pytest.mark.parametrize("wrong", [{"profiles": ["999999"]}, {"since_year": "1901"}])
    def test_mistakes_are_named(self, world: World, wrong: dict[str, object]) -> None:
        answers = self.answers(role_profile().pk) | wrong
        answer = page_as(world.harbour.practitioner).post(reverse("my_roles"), answers)
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
        assert not RoleAssignment.objects.exists()


class TestRecognising:
    """Someone else says what learning from elsewhere stands for."""

    def made(self, who: Membership) -> TrainingRecord:
        return record(person=who, course=course(title="x"), title="Elsewhere learnt", minutes=60)

    def unmatched(self, who: Membership) -> TrainingRecord:
        found = self.made(who)
        TrainingRecord.objects.filter(pk=found.pk).update(course=None)
        return found

    def test_makes_it_count(self, world: World) -> None:
        town = world.harbour
        found, level = self.unmatched(town.practitioner), course(title="Level 3 update")
        requirement(courses=[level], title="Level 3", group=town.groups[2], months=None)
        assert "Level 3 is not complete yet." in text_of(town.practitioner, "my_learning")
        address = reverse("recognise_learning", args=[town.practitioner.pk, found.pk])
        assert address in text_of(town.agency_lead, "agency_person", town.practitioner.pk)
        page_as(town.agency_lead).post(address, {"course": level.pk})
        assert "Level 3 is complete" in text_of(town.practitioner, "my_learning")
        again = page_as(town.agency_lead).post(address, {"course": level.pk}, follow=True)
        assert "already recognised" in again.content.decode()

    def test_is_not_for_oneself(self, world: World) -> None:
        lead, level = world.harbour.agency_lead, course()
        found = self.unmatched(lead)
        address = reverse("recognise_learning", args=[lead.pk, found.pk])
        page = page_as(lead).post(address, {"course": level.pk}, follow=True)
        assert "Someone else must recognise" in page.content.decode()
        found.refresh_from_db()
        assert found.course is None

    def test_is_not_for_other_agencies(self, world: World) -> None:
        town = world.harbour
        found = self.unmatched(town.practitioner)
        for pk in (town.practitioner.pk, town.other_practitioner.pk):
            address = reverse("recognise_learning", args=[pk, found.pk])
            assert page_as(town.other_agency_lead).get(address).status_code == 404

    def test_a_lead_can_add_it_with_the_course_at_once(self, world: World) -> None:
        town, level = world.harbour, course()
        answers = {
            "title": "Level 3 at the hospital",
            "provider": "Hospital",
            "completed_on_day": "1",
            "completed_on_month": "3",
            "completed_on_year": "2026",
            "hours": "4",
            "participatory": "yes",
            "course": str(level.pk),
        }
        address = reverse("add_staff_learning", args=[town.practitioner.pk])
        assert page_as(town.agency_lead).post(address, answers).status_code == 302
        assert TrainingRecord.objects.get().course == level


def test_the_manage_page_counts_staff_with_overdue_learning(world: World) -> None:
    late(world)
    items = attention(timezone.now(), world.harbour.agency_lead)
    assert [(item.count, item.text) for item in items] == [
        (1, "1 member of your staff with overdue learning")
    ]
    assert page_as(world.harbour.agency_lead).get(items[0].url).status_code == 200
    assert attention(timezone.now(), world.harbour.coordinator) == []
    assert attention(timezone.now(), world.harbour.other_agency_lead) == []


def test_pages_ask_equally_often_however_many_staff_there_are(world: World) -> None:
    town = world.harbour
    late(world)
    profile = role_profile()
    names = ("agency", "agency_staff_csv", "agency_bookings", "agency_money")
    addresses = [reverse(name) for name in names]
    addresses.append(reverse("agency_person", args=[town.practitioner.pk]))
    counts = []
    for more in (2, 5):
        for number in range(more):
            who = person(Role.PRACTITIONER, agency=town.school, group=town.groups[2])
            RoleAssignment.objects.create(
                membership=who, role_profile=profile, since=timezone.localdate()
            )
            needed = course()
            requirement(courses=[needed], role_profile=profile)
            record(person=who, course=needed)
            booking(person=who, event=event(course=needed, starts_at=in_days(number + 1)))
            absent = booking(
                person=who, event=event(starts_at=in_days(-number - 2)), state=BookingState.NO_SHOW
            )
            charge(booking=absent)
            invoice(town.school, f"INV{more}{number}")
            booking(person=town.practitioner, event=event(starts_at=in_days(number + 40)))
        counts.append([len(queries_of(town.agency_lead, address)) for address in addresses])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 12, counts[1]
