"""A newcomer picks an agency from the register; the agency or the office confirms."""

from typing import Any

import pytest
from django.urls import reverse

from outbox.models import Message
from partnerships.models import AgencyDomain, Employment, EmploymentState, Membership, User
from tests import world as make
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db


def newcomer(email: str = "newcomer@home.example.org") -> User:
    return make.user(email=email, full_name="Nell Comer")


def join(page: Browser, agency_id: object, **fields: str) -> Any:
    return page.post(reverse("join"), {"agency": agency_id, "job_title": "Teacher", **fields})


def test_a_signed_out_person_signs_in_first(world: World, client: Browser) -> None:
    response = client.get(reverse("join"))
    assert response.status_code == 302
    assert response["Location"].startswith("/harbour/accounts/login/?next=/harbour/join/")


def test_the_register_is_searched_by_every_word_and_by_postcode(world: World) -> None:
    make.agency(name="St Brannock’s Infant School", postcode="HB9 9ZZ")
    page = page_as(newcomer())
    for words in ("brannock school", "hb9", "  INFANT "):
        assert (
            "St Brannock’s Infant School"
            in page.get(reverse("join"), {"q": words}).content.decode()
        )
    assert (
        "No agency found" in page.get(reverse("join"), {"q": "brannock nursery"}).content.decode()
    )


def test_a_closed_agency_and_other_partnerships_agencies_are_not_found(world: World) -> None:
    make.agency(name="Shut School", is_active=False)
    page = page_as(newcomer())
    content = page.get(reverse("join"), {"q": "school"}).content.decode()
    assert "Harbour Primary School" in content
    assert "Shut School" not in content
    assert "Moorland" not in content


def test_an_address_that_the_agency_knows_joins_at_once(world: World) -> None:
    person = newcomer("nell@school.harbour.example.org")
    page = page_as(person)
    assert "Harbour Primary School" in page.get(reverse("join")).content.decode()
    response = join(page, world.harbour.school.pk, group=str(world.harbour.groups[1].pk))
    assert response["Location"] == reverse("after_sign_in")
    employment = Employment.objects.get(membership__user=person)
    assert employment.state == EmploymentState.CONFIRMED
    assert employment.group == world.harbour.groups[1]
    assert employment.membership.roles == ["practitioner"]
    assert not Message.objects.filter(key__startswith="joined:").exists()


def test_a_coordinator_who_joins_by_a_domain_of_her_own_entering_waits_for_somebody_else(
    world: World,
) -> None:
    """She keeps the domains of all agencies, so a domain is no proof of where she works."""
    town = world.harbour
    AgencyDomain.objects.create(
        agency=town.other_agency, domain=town.coordinator.user.email.rpartition("@")[2]
    )
    page = page_as(town.coordinator)
    join(page, town.other_agency.pk)
    employment = Employment.objects.get(membership=town.coordinator, agency=town.other_agency)
    assert employment.state == EmploymentState.PENDING
    asked = Message.objects.filter(key__startswith="joined:").values_list("to_email", flat=True)
    assert town.administrator.user.email in asked
    assert town.coordinator.user.email not in asked
    for answer in ("confirm_person", "refuse_person"):
        assert page.post(reverse(answer, args=[employment.pk])).status_code == 404
    page_as(town.administrator).post(reverse("confirm_person", args=[employment.pk]))
    employment.refresh_from_db()
    assert employment.state == EmploymentState.CONFIRMED


def test_an_administrator_joins_at_once_by_an_address_that_the_agency_knows(world: World) -> None:
    who, agency = world.harbour.administrator, world.harbour.other_agency
    AgencyDomain.objects.create(agency=agency, domain=who.user.email.rpartition("@")[2])
    join(page_as(who), agency.pk)
    assert Employment.objects.get(membership=who, agency=agency).state == EmploymentState.CONFIRMED


def test_an_unverified_address_proves_nothing(world: World) -> None:
    person = newcomer()
    person.emailaddress_set.create(email="nell@school.harbour.example.org", verified=False)  # type: ignore[attr-defined]
    join(page_as(person), world.harbour.school.pk)
    assert Employment.objects.get(membership__user=person).state == EmploymentState.PENDING


def test_any_other_address_waits_and_those_who_can_tell_are_asked(world: World) -> None:
    person = newcomer()
    join(page_as(person), world.harbour.school.pk)
    asked = set(
        Message.objects.filter(key__startswith="joined:").values_list("to_email", flat=True)
    )
    town = world.harbour
    assert asked == {town.coordinator.user.email, town.agency_lead.user.email}
    message = Message.objects.filter(key__startswith="joined:").first()
    assert message is not None
    assert "Nell Comer" in message.text
    assert f"http://testserver{reverse('pending_people')}" in message.text


def test_a_coordinator_confirms_anybody_and_the_person_is_told(world: World) -> None:
    person = newcomer()
    join(page_as(person), world.harbour.other_agency.pk)
    employment = Employment.objects.get(membership__user=person)
    page = page_as(world.harbour.coordinator)
    assert "Nell Comer" in page.get(reverse("pending_people")).content.decode()
    page.post(reverse("confirm_person", args=[employment.pk]))
    employment.refresh_from_db()
    assert employment.state == EmploymentState.CONFIRMED
    assert employment.confirmed_by == world.harbour.coordinator
    assert Message.objects.get(key=f"confirmed:{employment.pk}").to_email == person.email


def test_an_agency_lead_answers_for_the_own_agency_only(world: World) -> None:
    join(page_as(newcomer()), world.harbour.school.pk)
    employment = Employment.objects.pending().get()
    stranger = page_as(world.harbour.other_agency_lead)
    assert "Nell Comer" not in stranger.get(reverse("pending_people")).content.decode()
    assert stranger.post(reverse("confirm_person", args=[employment.pk])).status_code == 404
    assert stranger.post(reverse("refuse_person", args=[employment.pk])).status_code == 404
    own = page_as(world.harbour.agency_lead)
    assert "Nell Comer" in own.get(reverse("pending_people")).content.decode()
    assert own.post(reverse("confirm_person", args=[employment.pk])).status_code == 302
    employment.refresh_from_db()
    assert employment.state == EmploymentState.CONFIRMED


def test_refusing_needs_a_reason_which_the_person_is_told(world: World) -> None:
    person = newcomer()
    join(page_as(person), world.harbour.school.pk)
    employment = Employment.objects.pending().get()
    page = page_as(world.harbour.agency_lead)
    url = reverse("refuse_person", args=[employment.pk])
    assert "There is a problem" in page.post(url, {"reason": " "}).content.decode()
    page.post(url, {"reason": "Nobody of that name works here."})
    employment.refresh_from_db()
    assert employment.state == EmploymentState.REFUSED
    assert "Nobody of that name" in Message.objects.get(key=f"refused:{employment.pk}").text
    assert "Nobody of that name" in page_as(person).get(reverse("account")).content.decode()


def test_whoever_answers_second_is_told_who_was_first(world: World) -> None:
    join(page_as(newcomer()), world.harbour.school.pk)
    employment = Employment.objects.pending().get()
    page_as(world.harbour.agency_lead).post(reverse("confirm_person", args=[employment.pk]))
    response = page_as(world.harbour.coordinator).post(
        reverse("refuse_person", args=[employment.pk]), {"reason": "Unknown."}, follow=True
    )
    assert (
        "is already confirmed at Harbour Primary School, by Aled Harbour"
        in response.content.decode()
    )
    employment.refresh_from_db()
    assert employment.state == EmploymentState.CONFIRMED


def test_a_person_may_work_for_several_agencies_but_not_twice_for_one(world: World) -> None:
    page = page_as(world.harbour.practitioner)
    join(page, world.harbour.other_agency.pk)
    assert Employment.objects.filter(membership=world.harbour.practitioner).count() == 2
    again = join(page, world.harbour.other_agency.pk)
    assert "You have already said that you work for Harbour Care Homes" in again.content.decode()
    assert Employment.objects.filter(membership=world.harbour.practitioner).count() == 2


def test_someone_whose_access_was_closed_cannot_join_again(world: World) -> None:
    closed = make.person(is_active=False)
    response = join(page_as(closed), world.harbour.school.pk)
    assert "Your access to this partnership has been closed" in response.content.decode()
    assert not Employment.objects.filter(membership=closed).exists()


def test_joining_one_partnership_opens_no_other(world: World) -> None:
    person = newcomer("nell@school.harbour.example.org")
    page = page_as(person)
    join(page, world.harbour.school.pk)
    other = f"/{world.moorland.partnership.slug}"
    assert page.get(f"{other}/people/pending/").status_code == 404
    assert page.get(f"{other}/after-sign-in/")["Location"] == f"{other}/join/"


def test_after_joining_the_person_goes_where_they_were_going(world: World) -> None:
    page = page_as(newcomer("nell@school.harbour.example.org"))
    response = page.post(
        reverse("join"),
        {
            "agency": world.harbour.school.pk,
            "job_title": "Cook",
            "next": "/harbour/events/EV-1/book/",
        },
    )
    assert response["Location"] == "/harbour/events/EV-1/book/"


def test_nobody_is_sent_to_another_site(world: World) -> None:
    page = page_as(newcomer("nell@school.harbour.example.org"))
    response = page.post(
        f"{reverse('join')}?next=https://elsewhere.example.org/",
        {
            "agency": world.harbour.school.pk,
            "job_title": "Cook",
            "next": "//elsewhere.example.org/",
        },
    )
    assert response["Location"] == reverse("after_sign_in")


@pytest.mark.parametrize(
    "agency_id", ["", "0", "999999999", "99999999999999999999999", "one", "1\x00"]
)
def test_an_unknown_agency_is_a_clear_error(world: World, agency_id: str) -> None:
    response = join(page_as(newcomer()), agency_id)
    content = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in content
    assert not Membership.objects.filter(user__email="newcomer@home.example.org").exists()


def test_another_partnerships_agency_and_group_are_unknown_here(world: World) -> None:
    page = page_as(newcomer())
    content = join(page, world.moorland.school.pk).content.decode()
    assert "Select an agency from the register" in content
    group = str(world.moorland.groups[0].pk)
    join(page, world.harbour.school.pk, group=group)
    assert not Employment.objects.filter(
        membership__user__email="newcomer@home.example.org"
    ).exists()


@pytest.mark.parametrize("title", ["", "x" * 121, "Teacher\x00", "   "])
def test_a_bad_job_title_is_a_clear_error(world: World, title: str) -> None:
    content = join(page_as(newcomer()), world.harbour.school.pk, job_title=title).content.decode()
    assert "There is a problem" in content
    assert "Harbour Primary School" in content, "the chosen agency stays on the page"


def test_a_search_may_hold_anything(world: World) -> None:
    page = page_as(newcomer())
    for text in ("'; DROP TABLE agency;--", "%", "\x00", "x" * 500, "<script>alert(1)</script>"):
        response = page.get(reverse("join"), {"q": text})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content


def test_many_matches_are_cut_and_said_so(world: World) -> None:
    for _ in range(25):
        make.agency()
    content = page_as(newcomer()).get(reverse("join"), {"q": "agency"}).content.decode()
    assert "There are more than these" in content
    assert content.count('name="agency"') == 20


def test_many_people_waiting_take_no_more_queries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for _ in range(35):
        make.employment(
            person=make.person(), agency=world.harbour.school, state=EmploymentState.PENDING
        )
    page = page_as(world.harbour.coordinator)
    with django_assert_max_num_queries(12):
        content = page.get(reverse("pending_people")).content.decode()
    assert content.count("I cannot confirm this") == 30
    assert (
        "I cannot confirm this" in page.get(f"{reverse('pending_people')}?page=2").content.decode()
    )
