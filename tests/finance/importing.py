"""Payment files for the tests of finance."""

from __future__ import annotations

from django.utils import timezone

from finance.models import ImportedPayment, PaymentFile
from finance.operations.accept_imported import accept_imported
from finance.operations.enter_next_imported import enter_next_imported
from finance.operations.receive_payment_file import receive_payment_file
from finance.operations.release_imported import release_imported
from finance.reports.payment_files import heaps_of
from finance.rules.states import ImportState
from tests.world import World

HEADINGS = "Date,Amount,Reference,Payer"


def csv_of(*rows: tuple[object, str] | tuple[object, str, str], headings: str = HEADINGS) -> bytes:
    """A file with today's date on every row: amount, reference and perhaps the payer."""
    today = timezone.localdate()
    said = [f"{today:%d/%m/%Y},{','.join(str(cell) for cell in row)}" for row in rows]
    return "\r\n".join([headings, *said, ""]).encode()


def uploaded(world: World, content: bytes, name: str = "bank.csv") -> PaymentFile:
    return receive_payment_file(
        name=name, content=content, by=world.harbour.finance, at=timezone.now()
    )


def row_of(file: PaymentFile, number: int = 2) -> ImportedPayment:
    """The payment of a row as it is now."""
    found: ImportedPayment = ImportedPayment.objects.get(file=file, number=number)
    return found


def accepted(world: World, file: PaymentFile) -> int:
    """Every suggestion is accepted."""
    every = list(file.payments.values_list("pk", flat=True))
    return accept_imported(file=file, payments=every, by=world.harbour.finance, at=timezone.now())


def entered(world: World, file: PaymentFile) -> int:
    """Everything that is accepted is released, and the worker enters it."""
    heap = heaps_of(file)[ImportState.ACCEPTED]
    released = release_imported(file=file, reviewed=(heap.count, heap.total))
    while enter_next_imported(now=timezone.now()):
        pass
    return released
