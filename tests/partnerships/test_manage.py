"""The partnership's admin: who may open what, what it shows, what it keeps."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from outbox.models import Message, MessageState
from partnerships.admin.site import manage_site
from partnerships.models import Agency, Employment, Membership, PayerClass, Sector
from partnerships.rules.roles import Role
from tests import world as make
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db

OFFICE = {"coordinator", "administrator"}
# Who of the office may change rows of a table; both may look.
CHANGES = {
    "agency": {"coordinator", "administrator"},
    "membership": {"coordinator", "administrator"},
    "employment": set(),
    "message": set(),
    "workforcegroup": {"administrator"},
    "closureday": {"administrator"},
}


def address(model: str, page: str = "changelist", *args: object) -> str:
    app = "outbox" if model == "message" else "partnerships"
    return reverse(f"admin:{app}_{model}_{page}", args=args)


def test_only_those_who_run_the_training_come_in(world: World) -> None:
    for part, who in world.harbour.cast.items():
        status = page_as(who).get(reverse("manage")).status_code
        assert status == (200 if part in OFFICE | {"finance"} else 403), part


def test_finance_sees_nothing_of_people_and_messages(world: World) -> None:
    page = page_as(world.harbour.finance)
    for model in CHANGES:
        assert page.get(address(model)).status_code == 403, model


def test_another_partnerships_administrator_finds_nothing(world: World) -> None:
    page = page_as(world.moorland.administrator)
    assert page.get(reverse("manage")).status_code == 404
    row = world.harbour.school.pk
    assert (
        page.get(f"/moorland/manage/records/partnerships/agency/{row}/change/").status_code == 302
    )
    listed = page.get("/moorland/manage/records/partnerships/agency/").content.decode()
    assert "Moorland Primary School" in listed
    assert "Harbour Primary School" not in listed


def test_being_staff_of_the_platform_opens_nothing(world: World) -> None:
    user = make.user()
    user.is_staff = user.is_superuser = True
    user.save()
    assert page_as(user).get(reverse("manage")).status_code == 404


@pytest.mark.parametrize("model", CHANGES)
def test_a_table_is_changed_by_those_whose_it_is(world: World, model: str) -> None:
    make.message()
    for part in OFFICE:
        page = page_as(world.harbour.cast[part])
        assert page.get(address(model)).status_code == 200
        allowed = part in CHANGES[model] and model != "membership"
        assert page.get(address(model, "add")).status_code == (200 if allowed else 403), part


def test_every_table_that_is_registered_opens_and_has_a_history(world: World) -> None:
    """Whatever later apps register: lists, forms and histories can be read by an administrator."""
    make.message()
    page = page_as(world.harbour.administrator)
    for model, its_admin in manage_site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert page.get(reverse(f"admin:{name}_changelist")).status_code in {200, 302}, name
        row = model._default_manager.first()
        if row is not None and its_admin.opts.model_name != "partnership":
            assert page.get(reverse(f"admin:{name}_change", args=[row.pk])).status_code == 200, name
            history = page.get(reverse(f"admin:{name}_history", args=[row.pk]))
            assert history.status_code == 200, name


def test_nobody_but_an_administrator_enters_their_own_job(world: World) -> None:
    """A coordinator's own jobs are there to be read; a colleague's can be added."""
    own, other = world.harbour.coordinator, world.harbour.practitioner
    page = page_as(own)
    for row, may in ((own, False), (other, True)):
        content = page.get(address("membership", "change", row.pk)).content.decode()
        assert ('name="employments-__prefix__-agency"' in content) == may
    sent = {
        "roles": ["coordinator", "agency_lead"],
        "is_active": "on",
        "employments-TOTAL_FORMS": "1",
        "employments-INITIAL_FORMS": "0",
        "employments-0-agency": str(world.harbour.school.pk),
        "employments-0-job_title": "Head",
        "employments-0-starts_on": "2020-01-01",
    }
    answer = page.post(address("membership", "change", own.pk), sent)
    assert "You cannot change your own roles." in answer.content.decode()
    sent["roles"] = ["coordinator"]
    before = Employment.objects.filter(membership=own).count()
    page.post(address("membership", "change", own.pk), sent)
    assert Employment.objects.filter(membership=own).count() == before
    administrator = page_as(world.harbour.administrator)
    mine = address("membership", "change", world.harbour.administrator.pk)
    assert 'name="employments-__prefix__-agency"' in administrator.get(mine).content.decode()


def agency_form(agency: Agency, **fields: str) -> dict[str, str]:
    """What the change form sends, with no rows in its inlines."""
    form = {
        "name": agency.name,
        "reference": agency.reference,
        "address": agency.address,
        "postcode": agency.postcode,
        "is_active": "on",
    }
    for prefix in ("facts", "domains"):
        form |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return form | fields


def test_a_change_is_told_with_name_time_and_both_values(world: World) -> None:
    school = world.harbour.school
    page = page_as(world.harbour.coordinator)
    sent = agency_form(school, postcode="ZZ9 9ZZ", purchase_order_required="on")
    assert page.post(address("agency", "change", school.pk), sent).status_code == 302
    content = page.get(address("agency", "history", school.pk)).content.decode()
    assert "Cora Harbour" in content
    assert "Postcode: AB1 2CD &rarr; ZZ9 9ZZ" in content
    assert "Purchase order required: No &rarr; Yes" in content
    assert not LogEntry.objects.exists(), "Django's own log would mix partnerships"


def test_facts_about_an_agency_are_dated_and_say_who_pays_from_then_on(world: World) -> None:
    school = world.harbour.school
    first = school.facts.get()
    rows = {
        "facts-TOTAL_FORMS": "2",
        "facts-INITIAL_FORMS": "1",
        "facts-0-id": str(first.pk),
        "facts-0-agency": str(school.pk),
        "facts-0-valid_from": "2020-04-01",
        "facts-0-sector": str(first.sector_id),
        "facts-0-payer_class": str(first.payer_class_id),
        "facts-1-agency": str(school.pk),
        "facts-1-valid_from": "2020-04-01",
        "facts-1-sector": str(Sector.objects.get(code="academy").pk),
        "facts-1-payer_class": str(PayerClass.objects.get(code="profit_making").pk),
    }
    page = page_as(world.harbour.coordinator)
    response = page.post(address("agency", "change", school.pk), agency_form(school, **rows))
    assert response.status_code == 200, "two facts from one day"
    rows["facts-1-valid_from"] = "2025-04-01"
    response = page.post(address("agency", "change", school.pk), agency_form(school, **rows))
    assert response.status_code == 302
    payers = [school.payer_on(date(2025, month, 1)).payer_class.code for month in (3, 4)]
    assert payers == ["partner", "profit_making"]


def test_what_must_be_unique_in_the_partnership_is_said_in_words(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    taken = agency_form(world.harbour.school, name=world.harbour.council.name)
    response = page.post(address("agency", "change", world.harbour.school.pk), taken)
    assert "Agency with this Name already exists." in response.content.decode()
    elsewhere = agency_form(world.harbour.school, name=world.moorland.council.name)
    response = page.post(address("agency", "change", world.harbour.school.pk), elsewhere)
    assert response.status_code == 302


def person_form(person: Membership, *roles: Role, active: bool = True) -> dict[str, object]:
    form: dict[str, object] = {
        "roles": [role.value for role in roles],
        "employments-TOTAL_FORMS": "0",
        "employments-INITIAL_FORMS": "0",
    }
    return form | ({"is_active": "on"} if active else {})


def give(page: Browser, person: Membership, *roles: Role, active: bool = True) -> str:
    url = address("membership", "change", person.pk)
    content = page.post(
        url, person_form(person, *roles, active=active), follow=True
    ).content.decode()
    person.refresh_from_db()
    return content


def test_a_coordinator_makes_agency_leads_but_no_staff(world: World) -> None:
    page, person = page_as(world.harbour.coordinator), world.harbour.practitioner
    give(page, person, Role.PRACTITIONER, Role.AGENCY_LEAD)
    assert person.roles == ["practitioner", "agency_lead"]
    refused = give(page, person, Role.PRACTITIONER, Role.FINANCE_OFFICER)
    assert "Only a partnership administrator can change who is Finance officer" in refused
    assert person.roles == ["practitioner", "agency_lead"]


def test_a_coordinator_cannot_shut_an_administrator_out(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    give(page, world.harbour.administrator, Role.ADMINISTRATOR, active=False)
    assert world.harbour.administrator.is_active
    give(page, world.harbour.coordinator, Role.COORDINATOR, Role.ADMINISTRATOR)
    assert world.harbour.coordinator.roles == ["coordinator"]


def test_an_administrator_gives_staff_roles_but_cannot_leave_last(world: World) -> None:
    page = page_as(world.harbour.administrator)
    give(page, world.harbour.practitioner, Role.TRAINER, Role.FINANCE_OFFICER)
    assert world.harbour.practitioner.roles == ["trainer", "finance_officer"]
    refused = give(page, world.harbour.administrator, Role.PRACTITIONER)
    assert "only administrator" in refused
    give(page, world.harbour.coordinator, Role.ADMINISTRATOR)
    give(page, world.harbour.administrator, Role.PRACTITIONER)
    assert world.harbour.administrator.roles == ["practitioner"]


def test_work_that_the_office_enters_is_confirmed_by_that(world: World) -> None:
    person = make.person()
    form = person_form(person, Role.PRACTITIONER) | {
        "employments-TOTAL_FORMS": "1",
        "employments-0-membership": str(person.pk),
        "employments-0-agency": str(world.harbour.school.pk),
        "employments-0-job_title": "Cook",
        "employments-0-starts_on": "2026-01-05",
    }
    page = page_as(world.harbour.coordinator)
    assert page.post(address("membership", "change", person.pk), form).status_code == 302
    employment = Employment.objects.get(membership=person)
    assert employment.state == "confirmed"
    assert employment.confirmed_by == world.harbour.coordinator


def test_choices_offered_are_this_partnerships_only(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    found = page.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "partnerships",
            "model_name": "employment",
            "field_name": "agency",
            "term": "primary",
        },
    ).json()
    assert [each["text"] for each in found["results"]] == ["Harbour Primary School"]


def act(page: Browser, action: str, *messages: Message) -> str:
    chosen = {"action": action, "_selected_action": [str(each.pk) for each in messages]}
    content = page.post(address("message"), chosen, follow=True).content.decode()
    for each in messages:
        each.refresh_from_db()
    return content


def test_a_message_is_sent_again_or_cancelled_but_never_edited(world: World) -> None:
    failed = make.message(state=MessageState.FAILED, attempts=5, error="OSError")
    pending, sent = make.message(), make.message()
    Message.objects.filter(pk=sent.pk).update(state=MessageState.SENT, sent_at=sent.due_at)
    page = page_as(world.harbour.coordinator)
    assert "1 message will be sent" in act(page, "resend", failed)
    assert (failed.state, failed.attempts, failed.error) == (MessageState.PENDING, 0, "")
    told = act(page, "cancel", pending, sent)
    assert "1 message cancelled" in told
    assert "1 message could not be cancelled" in told
    assert (pending.state, sent.state) == (MessageState.CANCELLED, MessageState.SENT)
    page.post(address("message", "change", pending.pk), {"subject": "Changed"})
    pending.refresh_from_db()
    assert pending.subject == "About your course"


def test_the_page_of_the_day_says_what_needs_attention(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    assert "Nothing needs attention today." in page.get(reverse("manage")).content.decode()
    make.message(state=MessageState.FAILED)
    newcomer = make.person()
    make.employment(
        person=newcomer,
        agency=world.harbour.school,
        state=Employment._meta.get_field("state").default,
    )
    content = page.get(reverse("manage")).content.decode()
    assert (
        f'<a class="govuk-link" href="{reverse("pending_people")}">1 person to confirm</a>'
        in content
    )
    assert (
        f'<a class="govuk-link" href="{address("message")}?state=failed">1 message not delivered</a>'
        in content
    )
    assert page.get(f"{address('message')}?state=failed").status_code == 200


def test_only_the_administrator_changes_the_partnership_and_only_this_one(world: World) -> None:
    own, other = world.harbour.partnership, world.moorland.partnership
    assert page_as(world.harbour.coordinator).get(address("partnership")).status_code == 403
    page = page_as(world.harbour.administrator)
    assert page.get(address("partnership"))["Location"] == address("partnership", "change", own.pk)
    assert page.get(address("partnership", "change", own.pk)).status_code == 200
    assert page.get(address("partnership", "change", other.pk)).status_code == 302
    form = {
        "name": "Harbour Partnership",
        "short_name": "Harbour",
        "brand_colour": "#ffff00",
        "contact_email": "office@example.org",
        "group_term": "Level",
        "training_year_start_month": "4",
        "nation": "ENG",
        "time_zone": "Europe/London",
    }
    pale = page.post(address("partnership", "change", own.pk), form)
    assert "Choose a darker colour" in pale.content.decode()
    assert (
        page.post(
            address("partnership", "change", own.pk), form | {"brand_colour": "#663399"}
        ).status_code
        == 302
    )
    assert "--app-brand-colour:#663399" in page.get(reverse("theme")).content.decode()
    history = page.get(address("partnership", "history", own.pk)).content.decode()
    assert "Brand colour: #1d70b8 &rarr; #663399" in history


def test_signing_in_out_and_changing_the_password_happen_in_one_place(world: World) -> None:
    page = page_as(world.harbour.coordinator)
    assert page.get("/harbour/manage/records/login/")["Location"].startswith(
        reverse("account_login")
    )
    assert page.get(reverse("admin:password_change"))["Location"] == reverse(
        "account_change_password"
    )
    assert page.get(f"/harbour/manage/records/r/1/{world.harbour.school.pk}/").status_code == 404
