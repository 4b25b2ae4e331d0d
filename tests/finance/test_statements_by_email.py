"""Statements by email: to one agency and to all with a balance, once for each form."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from finance.models import BillingProfile, StatementEmail
from finance.operations.write_next_statement import write_next_statement
from outbox.models import Message
from partnerships.models import Agency
from tests.competencies.asking import queries_of
from tests.finance.money import invoice_for, ready_charges
from tests.world import World, page_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def printing_nothing(unprinted: None) -> None:
    """PDFs have tests of their own."""


def with_debt(agency: Agency, world: World, email: str = "accounts@example.org") -> Agency:
    """An agency that owes £50 and has an address."""
    agency.finance_email = email
    agency.save()
    invoice_for(world, ready_charges(agency))
    return agency


def written() -> int:
    """How many the worker writes."""
    number = 0
    while write_next_statement(now=timezone.now()):
        number += 1
    return number


def test_a_statement_is_emailed_once_for_each_form(world: World) -> None:
    school = with_debt(world.harbour.school, world)
    browser, said = page_as(world.harbour.finance), {"entry_key": str(uuid4())}
    address = reverse("email_statement", args=[school.reference])
    for _ in range(2):
        page = browser.post(address, said, follow=True).content.decode()
        assert "The statement will be emailed to accounts@example.org" in page
    assert "One is about to be sent" in page
    assert written() == 1
    assert written() == 0
    mail = Message.objects.get(key__startswith="statement:")
    assert (mail.to_email, mail.about) == ("accounts@example.org", school.reference)
    assert "£50.00 is owed." in mail.text
    assert mail.attachments[0]["name"] == f"statement-{school.reference}.pdf"
    page = browser.get(reverse("statement", args=[school.reference])).content.decode()
    assert "to accounts@example.org: to send" in page
    browser.post(address, {"entry_key": str(uuid4())})
    assert written() == 1
    assert Message.objects.filter(key__startswith="statement:").count() == 2


def test_without_an_address_or_an_issuer_the_page_says_what_to_enter(world: World) -> None:
    school = world.harbour.school
    browser = page_as(world.harbour.finance)
    address = reverse("email_statement", args=[school.reference])
    page = browser.post(address, {"entry_key": str(uuid4())}, follow=True).content.decode()
    assert "has no finance office email address. Enter it under" in page
    with_debt(school, world)
    assert (
        "has not been sent"
        in browser.post(address, {"entry_key": "x"}, follow=True).content.decode()
    )
    BillingProfile.objects.all().delete()
    page = browser.post(address, {"entry_key": str(uuid4())}, follow=True).content.decode()
    assert "details of who issues invoices have not been entered" in page
    assert not StatementEmail.objects.exists()


def test_all_with_a_balance_are_counted_and_shown_before_they_are_sent(world: World) -> None:
    with_debt(world.harbour.school, world)
    with_debt(world.harbour.other_agency, world, email="")
    browser, address = page_as(world.harbour.finance), reverse("all_statements")
    page = browser.get(address).content.decode()
    assert "1 statement will be emailed" in page
    assert "The balances come to £50.00" in page
    assert "Left out: no finance office email address" in page
    said = {"count": 1, "total": "50.00", "entry_key": str(uuid4())}
    stale = browser.post(address, said | {"total": "60.00"}, follow=True).content.decode()
    assert "The balances have changed since this page was shown." in stale
    for _ in range(2):
        page = browser.post(address, said, follow=True).content.decode()
        assert "1 statement will be emailed in the background" in page
    assert written() == 1
    assert Message.objects.filter(key__startswith="statement:").count() == 1
    assert "Check the balances again" in browser.post(address, {}, follow=True).content.decode()


def test_there_may_be_nothing_to_send(world: World) -> None:
    page = page_as(world.harbour.finance).get(reverse("all_statements")).content.decode()
    assert "There is no statement to send" in page


def test_an_address_that_has_gone_by_then_gets_nothing(world: World) -> None:
    school = with_debt(world.harbour.school, world)
    said = {"entry_key": str(uuid4())}
    page_as(world.harbour.finance).post(reverse("email_statement", args=[school.reference]), said)
    Agency.objects.filter(pk=school.pk).update(finance_email="")
    assert written() == 1
    assert not Message.objects.filter(key__startswith="statement:").exists()


def test_only_finance_sends_statements_and_the_page_costs_the_same(world: World) -> None:
    with_debt(world.harbour.school, world)
    pages = [reverse("all_statements"), reverse("statement", args=[world.harbour.school.reference])]
    for address in (pages[0], reverse("email_statement", args=[world.harbour.school.reference])):
        for part in ("agency_lead", "coordinator", "practitioner", "subgroup"):
            assert page_as(world.harbour.cast[part]).post(address).status_code == 403
        assert page_as(world.moorland.finance).post(address).status_code == 404
    before = [len(queries_of(world.harbour.finance, address)) for address in pages]
    with_debt(world.harbour.other_agency, world)
    with_debt(world.harbour.school, world)
    assert [len(queries_of(world.harbour.finance, address)) for address in pages] == before
    assert max(before) <= 12
