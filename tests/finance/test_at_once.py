"""Two exports, two workers, at the same instant: each row and each document goes out once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from finance.models import BillingProfile, EInvoiceDelivery, LedgerEntry
from finance.operations.deliver_next_einvoice import deliver_next_einvoice
from finance.operations.export_to_ledger import export_to_ledger
from finance.operations.issue_invoice import issue_invoice
from finance.operations.start_ledger_columns import start_ledger_columns
from partnerships.rules.refused import Refused
from tenancy import activate
from tests.finance.money import addressed, ready_charges
from tests.world import Town, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("unprinted")]
WORKERS, INVOICES = 4, 6


def together(work: Callable[[], int]) -> list[int]:
    """The same work in several threads, each with a connection of its own, started at once."""
    gate = Barrier(WORKERS)

    def one(_: int) -> int:
        try:
            gate.wait(timeout=30)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return sorted(pool.map(one, range(WORKERS)))


def invoiced_town() -> Town:
    """A partnership that has issued some invoices."""
    town = make_world().harbour
    with activate(town.partnership):
        agency = addressed(town.school)
        for charge in ready_charges(agency, INVOICES):
            issue_invoice(agency=agency, charges=[charge.pk], by=town.finance, at=timezone.now())
    return town


def test_four_exports_never_share_a_row() -> None:
    town = invoiced_town()
    with activate(town.partnership):
        start_ledger_columns()

    def export() -> int:
        try:
            with activate(town.partnership):
                return export_to_ledger(by=town.finance, at=timezone.now()).row_count
        except Refused:
            return 0

    assert together(export) == [0, 0, 0, INVOICES]
    with activate(town.partnership):
        assert LedgerEntry.objects.count() == INVOICES


def test_four_workers_deliver_each_document_once(settings: Any, tmp_path: Path) -> None:
    settings.EINVOICE_FOLDER = str(tmp_path)
    settings.EINVOICE_PROVIDER = "finance.provider.FolderProvider"
    town = invoiced_town()
    with activate(town.partnership):
        BillingProfile.objects.update(send_einvoices_from=timezone.localdate())

    def deliver() -> int:
        done, total = 1, 0
        while done:
            with activate(town.partnership):
                done = deliver_next_einvoice(now=timezone.now())
            total += done
        return total

    assert sum(together(deliver)) == INVOICES
    assert len(list(tmp_path.rglob("*.xml"))) == INVOICES
    with activate(town.partnership):
        assert EInvoiceDelivery.objects.filter(why_not="").count() == INVOICES
