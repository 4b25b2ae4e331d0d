"""Money on an invoice: enter payments, refund or set against what is held, write off, reverse."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.rules.money import pounds
from finance.forms.pages import (
    PaymentForm,
    RefundForm,
    ReverseForm,
    SetAgainstForm,
    WriteOffForm,
)
from finance.models import Payment
from finance.operations.record_payment import record_payment
from finance.operations.refund import refund
from finance.operations.reverse_payment import reverse_payment
from finance.operations.set_against import set_against
from finance.operations.write_off import write_off
from finance.terms.debt import standing_invoices
from finance.views.overview import done
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY)
def enter_payment(request: MemberRequest, number: str) -> HttpResponse:
    invoice = get_object_or_404(standing_invoices(), number=number)
    start = {"amount": invoice.owed, "received_on": timezone.localdate()}
    form = PaymentForm(request.POST or None, initial=start)
    made = done(
        request,
        form,
        lambda: record_payment(
            invoice=invoice, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if made is not None:
        messages.success(request, f"A payment of {pounds(made.amount)} has been entered.")
        return redirect("invoice", number)
    return render(request, "finance/payment.html", {"invoice": invoice, "form": form})


@requires(Permission.MANAGE_MONEY)
def enter_refund(request: MemberRequest, number: str) -> HttpResponse:
    """Record that money held on an invoice was paid back."""
    invoice = get_object_or_404(standing_invoices(), number=number)
    start = {"amount": invoice.held, "received_on": timezone.localdate()}
    form = RefundForm(request.POST or None, initial=start)
    made = done(
        request,
        form,
        lambda: refund(
            invoice=invoice, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if made is not None:
        messages.success(request, f"A refund of {pounds(made.amount)} has been entered.")
        return redirect("invoice", number)
    return render(request, "finance/refund.html", {"invoice": invoice, "form": form})


@requires(Permission.MANAGE_MONEY)
def set_held_against(request: MemberRequest, number: str) -> HttpResponse:
    """Set money held on an invoice against another invoice of the same agency."""
    invoice = get_object_or_404(standing_invoices(), number=number)
    others = standing_invoices().filter(agency=invoice.agency_id).exclude(pk=invoice.pk)
    # A form that is sent twice names an invoice that the first time may have settled.
    sent = request.POST.get("invoice")
    owing = {one.number: one for one in others.order_by("due_on") if one.owed or one.number == sent}
    first = next(iter(owing.values()), None)
    start = {
        "invoice": first.number if first else None,
        "amount": min(invoice.held, first.owed) if first else None,
    }
    form = SetAgainstForm(request.POST or None, initial=start, invoices=owing.values())
    made = done(
        request,
        form,
        lambda: set_against(
            held_on=invoice,
            by=request.membership,
            at=timezone.now(),
            **form.cleaned_data | {"invoice": owing[form.cleaned_data["invoice"]]},
        ),
    )
    if made is not None:
        said = f"{pounds(made.amount)} held on {number} has been set against {made.invoice.number}."
        messages.success(request, said)
        return redirect("invoice", made.invoice.number)
    context = {"invoice": invoice, "owing": owing, "form": form}
    return render(request, "finance/set_against.html", context)


@requires(Permission.MANAGE_MONEY)
def write_off_debt(request: MemberRequest, number: str) -> HttpResponse:
    """Write off what is still owed on an invoice."""
    invoice = get_object_or_404(standing_invoices(), number=number)
    form = WriteOffForm(request.POST or None)
    made = done(
        request,
        form,
        lambda: write_off(
            invoice=invoice, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if made is not None:
        messages.success(request, f"{pounds(made.amount)} of this invoice has been written off.")
        return redirect("invoice", number)
    return render(request, "finance/write_off.html", {"invoice": invoice, "form": form})


@requires(Permission.MANAGE_MONEY)
def reverse_entry(request: MemberRequest, number: str, pk: int) -> HttpResponse:
    rows = Payment.objects.select_related("invoice", "taken_from", "reversal__made_by__user")
    entry = get_object_or_404(
        rows.defer("invoice__pdf", "taken_from__pdf"), invoice__number=number, pk=pk
    )
    form = ReverseForm(request.POST or None)
    made = done(
        request,
        form,
        lambda: reverse_payment(
            payment=entry, by=request.membership, at=timezone.now(), **form.cleaned_data
        ),
    )
    if made is not None:
        messages.success(request, f"The entry of {pounds(entry.amount)} has been reversed.")
        return redirect("invoice", number)
    return render(request, "finance/reverse.html", {"entry": entry, "form": form})
