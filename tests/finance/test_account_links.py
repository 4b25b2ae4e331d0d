"""Who reads an agency's account: its finance contact and lead signed in, and its finance office by link."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from finance.access import Contact, account_token
from finance.models import Invoice
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.stop_account_links import stop_account_links
from outbox.models import Message
from partnerships.models import Agency
from partnerships.rules.roles import Role
from tenancy import activate
from tests.competencies.asking import queries_of
from tests.finance.account import OFFICE, by_link, finance_contact, office_of, signed_in_at
from tests.finance.money import invoice_for, ready_charges
from tests.world import Browser, World, page_as, person

pytestmark = pytest.mark.django_db

NOW = timezone.now
Later = Callable[[float], None]
FILES = ["contact_statement", "contact_invoices_csv"]
PAGES = ["contact_account", "contact_orders"]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    """Moves the clock by which links age."""
    now = signing.time.time()
    return lambda days: monkeypatch.setattr(signing.time, "time", lambda: now + days * 86400)


@pytest.fixture
def invoice(world: World) -> Invoice:
    """To the school, with two lines, one of them credited."""
    office_of(world)
    made = invoice_for(world, ready_charges(world.harbour.school, 2))
    issue_credit_note(
        line=made.lines.get(position=1),
        amount=made.lines.get(position=1).gross,
        reason="Agreed",
        agreed_on=timezone.localdate(),
        by=world.harbour.finance,
        at=NOW(),
    )
    return made


@pytest.mark.parametrize("page", PAGES + FILES)
def test_both_doors_lead_to_the_same(world: World, invoice: Invoice, page: str) -> None:
    for answer in (
        Browser().get(by_link(world, page)),
        finance_contact(world).get(signed_in_at(world, page)),
        page_as(world.harbour.agency_lead).get(signed_in_at(world, page)),
    ):
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"


def test_no_search_engine_lists_what_is_behind_a_link(world: World) -> None:
    for address in (by_link(world, "contact_account"), "/harbour/invoices/nonsense/"):
        assert Browser().get(address)["X-Robots-Tag"] == "noindex"
    assert "Disallow: /*/invoices/" in Browser().get("/robots.txt").content.decode()


def test_the_account_says_what_is_owed_and_gives_the_documents(
    world: World, invoice: Invoice
) -> None:
    visitor, note = Browser(), invoice.credit_notes.get()
    page = visitor.get(by_link(world, "contact_account")).content.decode()
    assert "<strong>£50.00</strong> is owed" in page
    for number in (invoice.number, note.number):
        address = by_link(world, "contact_document", number)
        assert address.partition("/invoices/")[0] in page
        answer = visitor.get(address)
        assert answer["Content-Type"] == "application/pdf"
    assert answer.content == bytes(note.pdf)
    file = visitor.get(by_link(world, "contact_invoices_csv")).content.decode("utf-8-sig")
    assert file.splitlines()[0].startswith("number,issued_on,due_on,purchase_order,net")
    assert invoice.number in file
    assert visitor.get(by_link(world, "contact_statement")).content.startswith(b"%PDF")


def test_of_a_person_it_shows_the_name_and_the_course(world: World, invoice: Invoice) -> None:
    [to_come] = ready_charges(world.harbour.school)
    booking = to_come.booking
    for address in (
        by_link(world, "contact_account"),
        by_link(world, "contact_invoice", invoice.number),
        by_link(world, "contact_orders"),
    ):
        page = Browser().get(address).content.decode()
        for secret in (booking.membership.user.email, booking.reference, "Arithmetic"):
            assert secret not in page
    assert str(booking.membership) in page
    assert booking.event.course.title in page


@pytest.mark.parametrize("page", PAGES + FILES)
def test_no_one_else_comes_in(world: World, invoice: Invoice, page: str) -> None:
    address = signed_in_at(world, page)
    for part, status in (
        ("practitioner", 403),
        ("manager", 403),
        ("finance", 403),
        ("other_agency_lead", 404),
        ("administrator", 404),  # works for the council, which is another agency
    ):
        assert page_as(world.harbour.cast[part]).get(address).status_code == status, part
    assert page_as(world.moorland.agency_lead).get(address).status_code == 404
    assert Browser().get(address).status_code == 302


def test_a_contact_whose_job_is_not_confirmed_waits(world: World) -> None:
    newcomer = person(Role.FINANCE_CONTACT, agency=world.harbour.school)
    newcomer.employments.update(state="pending")
    assert page_as(newcomer).get(signed_in_at(world, "contact_account")).status_code == 404
    page = page_as(newcomer).get(reverse("contact_accounts")).content.decode()
    assert "You do not have a confirmed job at an agency." in page


def test_the_way_in_leads_to_the_one_agency(world: World) -> None:
    answer = finance_contact(world).get(reverse("contact_accounts"))
    assert answer["Location"] == signed_in_at(world, "contact_account")


def test_another_agencys_documents_are_not_behind_the_link(world: World) -> None:
    theirs = invoice_for(world, ready_charges(world.harbour.other_agency))
    for page, args in (
        ("contact_document", [theirs.number]),
        ("contact_invoice", [theirs.number]),
        ("contact_dispute", [theirs.number, 1]),
    ):
        assert Browser().get(by_link(world, page, *args)).status_code == 404
    assert theirs.number not in Browser().get(by_link(world, "contact_account")).content.decode()


def test_a_link_opens_nothing_in_another_partnership(world: World) -> None:
    token = office_of(world).token
    with activate(world.moorland.partnership):
        address = reverse("contact_account_by_link", args=[token])
    assert Browser().get(address).status_code == 404


def test_a_link_that_was_changed_is_not_one_of_ours(world: World) -> None:
    token = office_of(world).token
    for wrong in (token[:-1], f"x{token}", "nonsense", "a:b:c"):
        answer = Browser().get(reverse("contact_account_by_link", args=[wrong]))
        assert answer.status_code == 404
        assert "Part of it may be missing" in answer.content.decode()


def test_a_link_ends_after_ninety_days(world: World, later: Later) -> None:
    address = by_link(world, "contact_account")
    later(89.9)
    assert Browser().get(address).status_code == 200
    later(90.1)
    answer = Browser().get(address)
    assert answer.status_code == 410
    assert "Links in our emails work for 90 days" in answer.content.decode()
    assert Browser().post(address).status_code == 410


def test_links_are_stopped_at_once_and_the_next_email_has_a_new_one(world: World) -> None:
    finance, school = page_as(world.harbour.finance), world.harbour.school
    old = by_link(world, "contact_account")
    other = account_token(world.harbour.other_agency, NOW())
    finance.post(reverse("stop_account_links", args=[school.reference]))
    assert Browser().get(old).status_code == 410
    Agency.objects.filter(pk=world.harbour.other_agency.pk).update(finance_email="a@example.org")
    page = finance.post(reverse("send_account_link", args=[school.reference]), follow=True)
    assert OFFICE in page.content.decode()
    message = Message.objects.get(subject__startswith="Your link")
    link = message.text.split("/harbour/", 1)[1].split()[0]
    assert Browser().get(f"/harbour/{link}").status_code == 200
    assert other


def test_a_link_dies_with_the_address_it_was_sent_to(world: World) -> None:
    address = by_link(world, "contact_account")
    Agency.objects.filter(pk=world.harbour.school.pk).update(finance_email="new@example.org")
    assert Browser().get(address).status_code == 410
    Agency.objects.filter(pk=world.harbour.school.pk).update(finance_email="")
    assert Browser().get(address).status_code == 410


def test_an_agency_without_an_address_is_sent_no_link(world: World) -> None:
    address = reverse("send_account_link", args=[world.harbour.school.reference])
    page = page_as(world.harbour.finance).post(address, follow=True).content.decode()
    assert "has no finance office email address" in page
    assert not Message.objects.exists()


def test_invoice_and_credit_note_emails_carry_the_link(world: World, invoice: Invoice) -> None:
    messages = Message.objects.filter(about=invoice.number)
    assert messages.count() == 2
    for message in messages:
        for text in (message.text, message.html):
            link = text.split("/harbour/invoices/", 1)[1].split("/")[0]
            assert Browser().get(f"/harbour/invoices/{link}/").status_code == 200


def test_a_link_sends_only_so_much_in_an_hour(world: World) -> None:
    cache.clear()
    address = by_link(world, "contact_orders")
    for _ in range(60):
        assert Browser().post(address, {}).status_code == 200
    assert Browser().post(address, {}).status_code == 429
    assert Browser().get(address).status_code == 200
    cache.clear()


def test_stopping_counts_for_one_agency_and_for_what_was_sent_before(world: World) -> None:
    contact, now = office_of(world), NOW()
    stop_account_links(agency=world.harbour.other_agency, by=world.harbour.finance, at=now)
    assert Browser().get(contact.address("contact_account")).status_code == 200
    stop_account_links(agency=world.harbour.school, by=world.harbour.finance, at=now)
    sent = account_token(contact.agency, now + timedelta(seconds=1))
    fresh = Contact(contact.agency, OFFICE, token=sent)
    assert Browser().get(fresh.address("contact_account")).status_code == 200


def test_pages_cost_the_same_however_much_there_is(world: World) -> None:
    school, reader = world.harbour.school, person(Role.FINANCE_CONTACT, agency=world.harbour.school)
    made = invoice_for(world, ready_charges(school, 2))
    addresses = [
        *(signed_in_at(world, page) for page in PAGES + FILES),
        signed_in_at(world, "contact_invoice", made.number),
        signed_in_at(world, "contact_dispute", made.number, 1),
    ]
    ready_charges(school, 2)
    before = [len(queries_of(reader, address)) for address in addresses]
    for _ in range(3):
        invoice_for(world, ready_charges(school, 3))
        ready_charges(school, 2)
    assert [len(queries_of(reader, address)) for address in addresses] == before
    assert max(before) <= 12


def test_a_new_link_can_be_sent_in_the_minute_in_which_the_earlier_ones_were_stopped(
    world: World,
) -> None:
    finance, school = page_as(world.harbour.finance), world.harbour.school
    Agency.objects.filter(pk=school.pk).update(finance_email=OFFICE)
    for action in ("send", "send", "stop", "send"):
        page = "stop_account_links" if action == "stop" else "send_account_link"
        finance.post(reverse(page, args=[school.reference]))
    assert Message.objects.filter(subject__startswith="Your link").count() == 2
