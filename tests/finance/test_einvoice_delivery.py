"""Delivery of e-invoices: once each, to the folder that ships, and never unless someone asked for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from config.sweeps import run_sweep
from finance.documents.ubl import ubl
from finance.models import BillingProfile, EInvoiceDelivery, Invoice
from finance.operations.deliver_next_einvoice import deliver_next_einvoice
from finance.provider import FolderProvider
from finance.schedule import SWEEPS
from finance.terms.einvoices import facts_of
from outbox.models import SetAside
from partnerships.rules.electronic_addresses import AddressScheme
from tenancy import activate
from tests.finance.money import addressed, credited, invoice_for, ready_charges
from tests.finance.peppol import faults
from tests.world import World, outside, page_as

NOW = timezone.now
[DELIVERY] = [sweep for sweep in SWEEPS if sweep.run is deliver_next_einvoice]


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where the site delivers e-invoices."""
    settings.EINVOICE_FOLDER = str(tmp_path / "out")
    settings.EINVOICE_PROVIDER = "finance.provider.FolderProvider"
    return tmp_path / "out"


def addressed_invoice(world: World) -> Invoice:
    return invoice_for(world, ready_charges(addressed(world.harbour.school)))


def send_from_today() -> None:
    BillingProfile.objects.update(send_einvoices_from=timezone.localdate())


def deliver_all() -> int:
    """As the worker does, until nothing is left."""
    done = 0
    while deliver_next_einvoice(now=NOW()):
        done += 1
    return done


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_each_document_is_delivered_once(world: World, folder: Path) -> None:
    invoice = addressed_invoice(world)
    note = credited(world, invoice, "5.00")
    send_from_today()
    assert (deliver_all(), deliver_all()) == (2, 0)
    assert names(folder) == [f"harbour/{note.number}.xml", f"harbour/{invoice.number}.xml"]
    for path in folder.rglob("*.xml"):
        assert faults(path.read_bytes()) == []
    assert EInvoiceDelivery.objects.filter(why_not="").count() == 2
    page = page_as(world.harbour.finance).get(invoice.get_absolute_url()).content.decode()
    assert page.count("Sent on") == 2


def test_nothing_is_sent_unless_the_site_and_the_partnership_say_so(
    world: World, folder: Path, settings: Any
) -> None:
    addressed_invoice(world)
    assert deliver_all() == 0  # the partnership has not said from when
    send_from_today()
    settings.EINVOICE_PROVIDER = ""
    assert deliver_all() == 0
    assert not folder.exists()
    assert not EInvoiceDelivery.objects.exists()


def test_documents_from_before_the_day_stay(world: World, folder: Path) -> None:
    addressed_invoice(world)
    tomorrow = timezone.localdate() + timedelta(days=1)
    BillingProfile.objects.update(send_einvoices_from=tomorrow)
    assert deliver_all() == 0


def test_a_document_without_an_einvoice_is_settled_with_the_reason(
    world: World, folder: Path
) -> None:
    invoice = invoice_for(world, ready_charges(world.harbour.school))
    send_from_today()
    assert (deliver_all(), deliver_all()) == (1, 0)
    assert "No electronic address" in invoice.delivery.why_not
    assert not folder.exists()


def test_a_failed_delivery_is_set_aside_and_tried_again(world: World, folder: Path) -> None:
    addressed_invoice(world)
    second = addressed_invoice(world)
    send_from_today()
    folder.parent.joinpath("out").write_text("a file where the folder should be")
    now = NOW()
    with outside():
        assert run_sweep(DELIVERY, world.harbour.partnership, now) == 0
    with activate(world.harbour.partnership):
        assert SetAside.objects.filter(sweep=DELIVERY.name).count() == 2
    folder.unlink()
    with outside():
        assert run_sweep(DELIVERY, world.harbour.partnership, now + timedelta(days=1)) == 2
    with activate(world.harbour.partnership):
        assert not SetAside.objects.exists()
        assert f"harbour/{second.number}.xml" in names(folder)


def test_a_worker_killed_before_the_commit_leaves_one_file(world: World, folder: Path) -> None:
    invoice = addressed_invoice(world)
    send_from_today()
    deliver_all()
    [path] = folder.rglob("*.xml")
    before = path.read_bytes()
    # The same call again, as after a kill: the row was never committed.
    FolderProvider().deliver(
        partnership="harbour", name=f"{invoice.number}.xml", content=ubl(facts_of(invoice))
    )
    assert names(folder) == [f"harbour/{invoice.number}.xml"]
    assert path.read_bytes() == before


def test_each_partnership_has_a_folder_of_its_own(world: World, folder: Path) -> None:
    ours = addressed_invoice(world)
    send_from_today()
    with activate(world.moorland.partnership):
        addressed(world.moorland.school)
        invoice_for(world, ready_charges(world.moorland.school), by=world.moorland.finance)
        send_from_today()
    with outside():
        for town in (world.harbour, world.moorland):
            run_sweep(DELIVERY, town.partnership, NOW())
    assert names(folder) == [f"harbour/{ours.number}.xml", f"moorland/{ours.number}.xml"]


def test_an_address_on_the_billing_page_is_checked_and_kept_as_typed(world: World) -> None:
    school = world.harbour.school
    address = reverse("billing_details", args=[school.reference])
    browser = page_as(world.harbour.finance)
    typed = {
        "address": "1 Lane",
        "electronic_scheme": AddressScheme.GLN.value,
        "electronic_address": "952 00000 00005",
    }
    refused = browser.post(address, typed).content.decode()
    assert "A GLN has 13 digits, and the last one checks the others." in refused
    assert "952 00000 00005" in refused
    assert (
        browser.post(address, typed | {"electronic_address": "952 00000 00004"}).status_code == 302
    )
    school.refresh_from_db()
    assert (school.electronic_scheme, school.electronic_address) == ("0088", "9520000000004")
    page = browser.get(reverse("statement", args=[school.reference])).content.decode()
    assert "9520000000004" in page
    browser.post(address, {"address": "1 Lane"})
    school.refresh_from_db()
    assert school.electronic is None
