"""A bank's file becomes payments: once, completely, and only as a person has accepted them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from finance.models import ImportedPayment, ImportedShare, Invoice, Payment, PaymentFile
from finance.operations.discard_payment_file import discard_payment_file
from finance.operations.enter_next_imported import enter_next_imported
from finance.operations.issue_credit_note import issue_credit_note
from finance.operations.record_payment import record_payment
from finance.operations.release_imported import release_imported
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_imported_aside import set_imported_aside
from finance.operations.set_payment_columns import set_payment_columns
from finance.operations.share_imported import share_imported
from finance.reports.debt import account_of
from finance.rules.payment_columns import Meaning
from finance.rules.sharing import Wanted
from finance.rules.states import ImportState
from finance.terms.debt import standing_invoice, standing_invoices
from outbox.models import Message, MessageState
from partnerships.rules.refused import Refused
from tests.finance.importing import accepted, csv_of, entered, row_of, uploaded
from tests.finance.money import invoice_for, ready_charges
from tests.world import World

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def invoice(world: World, unprinted: None) -> Invoice:
    """£50 that the school owes."""
    return invoice_for(world, ready_charges(world.harbour.school, amount="50.00"))


def shared(
    world: World, payment: ImportedPayment, *wanted: Wanted, hold: bool = False
) -> ImportedPayment:
    return share_imported(
        payment=payment, wanted=wanted, hold_rest=hold, by=world.harbour.finance, at=NOW()
    )


def balance(invoice: Invoice) -> Decimal:
    found: Decimal = standing_invoice(invoice).balance
    return found


def test_a_payment_is_suggested_accepted_and_entered(world: World, invoice: Invoice) -> None:
    Message.objects.create(
        key=f"invoice-reminder:{invoice.number}:1",
        why="Overdue",
        about=invoice.number,
        to_email="a@example.org",
        subject="Reminder",
        text="Reminder",
        due_at=NOW(),
    )
    file = uploaded(world, csv_of(("50.00", f"fees {invoice.number}", "School")))
    row = row_of(file)
    assert (row.state, row.sure) == (ImportState.TO_REVIEW, True)
    assert f"{invoice.number} is in the reference, and the amount is what is owed." in row.why
    assert balance(invoice) == 50  # nothing is entered by a suggestion
    assert accepted(world, file) == 1
    assert balance(invoice) == 50
    assert entered(world, file) == 1
    assert balance(invoice) == 0
    entry = Payment.objects.get()
    assert (entry.amount, entry.reference) == (50, f"fees {invoice.number}")
    assert entry.entered_by == world.harbour.finance
    assert row_of(file).shares.get().entry == entry
    assert Message.objects.get(key__startswith="invoice-reminder").state == MessageState.CANCELLED


def test_the_same_file_is_refused_and_changes_nothing(world: World, invoice: Invoice) -> None:
    content = csv_of(("50.00", invoice.number))
    uploaded(world, content)
    with pytest.raises(Refused, match=r"already uploaded on .* by Finn Harbour, as bank.csv"):
        uploaded(world, content, "renamed.csv")
    assert PaymentFile.objects.count() == ImportedPayment.objects.count() == 1


def test_a_row_of_an_overlapping_file_is_known_again(world: World, invoice: Invoice) -> None:
    first = uploaded(world, csv_of(("50.00", invoice.number)))
    accepted(world, first)
    entered(world, first)
    later = uploaded(world, csv_of(("50.00", invoice.number), ("7.00", "New")), "later.csv")
    again = row_of(later)
    assert (again.state, again.repeats) == (ImportState.SET_ASIDE, row_of(first))
    assert "Already there: row 2 of bank.csv" in again.why
    assert row_of(later, 3).state == ImportState.TO_REVIEW
    assert accepted(world, later) == 0
    with pytest.raises(Refused, match="Another file has brought this payment already"):
        shared(world, again, (invoice.number, None))
    assert balance(invoice) == 0


def test_two_payments_alike_in_one_file_are_two(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("20.00", invoice.number), ("20.00", invoice.number)))
    assert accepted(world, file) == 2
    assert entered(world, file) == 2
    assert balance(invoice) == 10


def test_a_file_with_bad_rows_is_refused_as_a_whole_with_every_row(world: World) -> None:
    content = csv_of(("50.00", "a"), ("fifty", "b"), ("", "c"), ("1", "=evil()"))
    with pytest.raises(Refused) as refused:
        uploaded(world, content)
    assert [str(reason).split(":")[0] for reason in refused.value.reasons] == [
        "Row 3",
        "Row 4",
        "Row 5",
    ]
    assert not PaymentFile.objects.exists()
    assert not ImportedPayment.objects.exists()


def test_one_transfer_pays_several_invoices(world: World, invoice: Invoice) -> None:
    other = invoice_for(world, ready_charges(world.harbour.school, amount="30.00"))
    file = uploaded(world, csv_of(("70.00", "two of them", "Council")))
    shared(world, row_of(file), (invoice.number, None), (other.number, Decimal(20)))
    entered(world, file)
    assert (balance(invoice), balance(other)) == (0, 10)
    assert Payment.objects.count() == 2


def test_what_is_too_much_is_held_for_the_agency(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("65.00", invoice.number)))
    row = row_of(file)
    assert "£15.00 is more than is owed" in row.why
    assert (row.excess, row.sure) == (15, False)
    accepted(world, file)
    entered(world, file)
    assert standing_invoice(invoice).held == 15
    assert Payment.objects.get().amount == 65


def test_too_much_is_not_held_unless_someone_says_so(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("65.00", "x")))
    with pytest.raises(Refused, match=r"£15.00 of the payment is not used"):
        shared(world, row_of(file), (invoice.number, None))
    assert row_of(file).state == ImportState.TO_REVIEW
    shared(world, row_of(file), (invoice.number, None), hold=True)
    entered(world, file)
    assert standing_invoice(invoice).held == 15


def test_a_paid_invoice_can_hold_what_is_paid_again(world: World, invoice: Invoice) -> None:
    for name in ("one", "two"):
        file = uploaded(world, csv_of(("50.00", name)), f"{name}.csv")
        shared(world, row_of(file), (invoice.number, None), hold=True)
        entered(world, file)
    assert standing_invoice(invoice).held == 50


def test_money_paid_out_is_noted_as_a_refund_of_what_is_held(
    world: World, invoice: Invoice
) -> None:
    paid_twice = uploaded(world, csv_of(("90.00", invoice.number)))
    accepted(world, paid_twice)
    entered(world, paid_twice)
    file = uploaded(world, csv_of(("-40.00", f"refund {invoice.number}")), "out.csv")
    assert "the amount is what is held" in row_of(file).why
    accepted(world, file)
    entered(world, file)
    assert balance(invoice) == 0
    assert Payment.objects.get(kind=Payment.Kind.REFUND).amount == 40


def test_a_refund_of_more_than_is_held_is_refused(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("-40.00", "x")))
    with pytest.raises(Refused, match=r"Only £0.00 is held on"):
        shared(world, row_of(file), (invoice.number, Decimal(40)))


def test_what_changes_before_it_is_entered_goes_back_to_be_reviewed(
    world: World, invoice: Invoice
) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    accepted(world, file)
    record_payment(
        invoice=invoice,
        amount=Decimal(20),
        received_on=timezone.localdate(),
        reference="by hand",
        by=world.harbour.finance,
        at=NOW(),
    )
    entered(world, file)
    row = row_of(file)
    assert row.state == ImportState.TO_REVIEW
    assert f"changed since the payment was accepted: £30.00 is owed on {invoice.number}" in row.why
    assert balance(invoice) == 30


def test_what_is_accepted_already_is_no_longer_open_for_the_next(
    world: World, invoice: Invoice
) -> None:
    """In this file and in another: the second payment of a debt is too much before the first is entered."""
    file = uploaded(world, csv_of(("50.00", "a"), ("50.00", "b")))
    shared(world, row_of(file, 3), (invoice.number, None))
    with pytest.raises(Refused, match=r"£50.00 of the payment is not used"):
        shared(world, row_of(file, 2), (invoice.number, None))
    held = shared(world, row_of(file, 2), (invoice.number, None), hold=True)
    assert held.excess == 50
    later = uploaded(world, csv_of(("10.00", invoice.number)), "later.csv")
    assert "but nothing is owed on it" in row_of(later).why
    entered(world, file)
    assert [row_of(file, number).state for number in (2, 3)] == ["entered", "entered"]
    assert standing_invoice(invoice).held == 50


def test_a_part_and_the_rest_with_too_much_are_both_entered(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("1.00", invoice.number), ("54.00", invoice.number)))
    assert [row_of(file, number).excess for number in (2, 3)] == [0, 5]
    accepted(world, file)
    again = shared(world, row_of(file, 3), (invoice.number, None), hold=True)
    assert again.excess == 5
    entered(world, file)
    assert standing_invoice(invoice).held == 5


def test_only_what_was_shown_is_released(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("20.00", invoice.number)))
    accepted(world, file)
    with pytest.raises(Refused, match="have changed since this page was shown"):
        release_imported(file=file, reviewed=(1, Decimal(30)))
    assert release_imported(file=file, reviewed=(1, Decimal(20))) == 1
    assert release_imported(file=file, reviewed=(1, Decimal(20))) == 0


def test_entering_once_more_changes_nothing(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    accepted(world, file)
    entered(world, file)
    assert enter_next_imported(now=NOW()) == 0
    assert entered(world, file) == 0
    with pytest.raises(Refused, match="already entered"):
        shared(world, row_of(file), (invoice.number, None))
    with pytest.raises(Refused, match="already entered"):
        set_imported_aside(payment=row_of(file), reason="x", by=world.harbour.finance, at=NOW())
    assert Payment.objects.count() == 1


def test_the_database_refuses_to_change_what_was_entered(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    accepted(world, file)
    entered(world, file)
    for rows in (ImportedPayment.objects.filter(file=file), ImportedShare.objects.all()):
        with (
            pytest.raises((IntegrityError, InternalError), match="cannot be changed"),
            transaction.atomic(),
        ):
            rows.update(**({"amount": 1}))
    with pytest.raises(Refused, match="already decided about payments of this file"):
        discard_payment_file(file=file)


def test_a_wrong_file_is_discarded_and_can_be_uploaded_again(
    world: World, invoice: Invoice
) -> None:
    content = csv_of(("50.00", invoice.number))
    discard_payment_file(file=uploaded(world, content))
    assert not ImportedPayment.objects.exists()
    file = uploaded(world, content)
    later = uploaded(world, csv_of(("50.00", invoice.number), ("1", "x")), "later.csv")
    with pytest.raises(Refused, match="A later file has payments"):
        discard_payment_file(file=file)
    discard_payment_file(file=later)
    discard_payment_file(file=file)


def test_a_payment_set_aside_can_be_shared_later(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    by, at = world.harbour.finance, NOW()
    aside = set_imported_aside(payment=row_of(file), reason="Room hire", by=by, at=at)
    assert (aside.state, aside.why) == (ImportState.SET_ASIDE, "Room hire")
    assert not aside.shares.exists()
    shared(world, aside, (invoice.number, None))
    entered(world, file)
    assert balance(invoice) == 0


def test_an_invoice_that_does_not_exist_is_named(world: World, invoice: Invoice) -> None:
    file = uploaded(world, csv_of(("50.00", "x")))
    with pytest.raises(Refused, match="There is no invoice NONE1"):
        shared(world, row_of(file), ("NONE1", None))


def test_columns_are_told_once_for_files_with_the_same_headings(
    world: World, invoice: Invoice
) -> None:
    headings = "Datum,Betrag,Zweck,Wer"
    first = uploaded(world, csv_of(("50.00", invoice.number), headings=headings))
    assert (first.columns, first.payments.count()) == ({}, 0)
    columns = {Meaning.DAY: 0, Meaning.AMOUNT: 1, Meaning.DETAILS: 2}
    said = {"by": world.harbour.finance, "at": NOW()}
    with pytest.raises(Refused, match="Select the column with the date"):
        set_payment_columns(file=first, columns={Meaning.AMOUNT: 1, Meaning.PAYER: 2}, **said)
    set_payment_columns(file=first, columns=columns, **said)
    assert row_of(first).reference == invoice.number
    second = uploaded(world, csv_of(("60.00", "x"), headings=headings), "second.csv")
    assert second.payments.count() == 1
    # Said otherwise, the file is read anew; once something is decided, it is not.
    set_payment_columns(file=second, columns=columns | {Meaning.PAYER: 3}, **said)
    accepted(world, first)
    with pytest.raises(Refused, match="already decided"):
        set_payment_columns(file=first, columns=columns, **said)


def test_a_reversed_entry_is_owed_again_and_not_entered_again(
    world: World, invoice: Invoice
) -> None:
    file = uploaded(world, csv_of(("50.00", invoice.number)))
    accepted(world, file)
    entered(world, file)
    by = world.harbour.finance
    reverse_payment(payment=Payment.objects.get(), reason="Bounced", by=by, at=NOW())
    assert enter_next_imported(now=NOW()) == 0
    assert balance(invoice) == 50


@pytest.mark.parametrize("chance", range(3))
def test_however_a_file_is_decided_money_is_entered_once(
    world: World, unprinted: None, chance: int
) -> None:
    """What comes in is what accounts fall by; entering, uploading and releasing again changes no total."""
    dice = Random(chance)
    invoices = [
        invoice_for(
            world,
            ready_charges(agency, amount=f"{dice.randint(10, 90)}.00"),
            at=NOW() - timedelta(days=dice.randint(0, 90)),
        )
        for agency in (world.harbour.school, world.harbour.other_agency)
        for _ in range(3)
    ]
    for one in invoices[:2]:
        issue_credit_note(
            line=one.lines.get(),
            amount=Decimal(5),
            reason="Agreed",
            agreed_on=timezone.localdate(),
            by=world.harbour.finance,
            at=NOW(),
        )
    words = [*(one.number for one in invoices), "Harbour Primary School", "other"]
    content = csv_of(
        *((dice.randint(-20, 120) or 1, f"{dice.choice(words)} {n}") for n in range(12))
    )
    file = uploaded(world, content)
    before = account_of(standing_invoices()).net
    accepted(world, file)
    entered(world, file)
    done = file.payments.filter(state=ImportState.ENTERED)
    came_in = sum((row.amount for row in done), Decimal(0))
    after = account_of(standing_invoices()).net
    assert before - after == came_in
    shares = ImportedShare.objects.filter(imported__in=done)
    assert sum((one.entry.amount for one in shares), Decimal(0)) == sum(
        (abs(row.amount) for row in done), Decimal(0)
    )
    accepted(world, file)
    entered(world, file)
    with pytest.raises(Refused):
        uploaded(world, content)
    later = uploaded(world, content + b"\r\n" + content.splitlines()[1] + b" more\r\n", "later.csv")
    assert later.payments.filter(repeats__isnull=False).count() == 12
    assert account_of(standing_invoices()).net == after
