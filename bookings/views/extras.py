"""Extra costs of a place, recorded and withdrawn by the training team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from bookings.forms.extras import ExtraCostForm
from bookings.models import Booking
from bookings.operations.record_extra_cost import record_extra_cost
from bookings.operations.withdraw_extra_cost import withdraw_extra_cost
from bookings.rules.extras import extra_cost_reason
from bookings.rules.states import BookingState
from bookings.terms.extras import charges_extras
from bookings.views.booking import booking_for
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission


@requires(Permission.RUN_TRAINING)
def extra_costs(request: MemberRequest, reference: str) -> HttpResponse:
    """The costs so far, each with a button that withdraws it, and the form for another one."""
    found = booking_for(request, reference)
    if request.method == "POST" and "withdraw" in request.POST:
        return withdraw(request, found)
    form = ExtraCostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_extra_cost(
                booking=found, by=request.membership, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, "The extra cost has been recorded.")
            return redirect("extra_costs", reference)
    context = {
        "booking": found,
        "event": found.event,
        "costs": found.extra_costs.select_related("entered_by__user", "withdrawn_by__user"),
        "settled": extra_cost_reason(BookingState(found.state)),
        "charged": charges_extras(found),
        "form": form,
    }
    return render(request, "bookings/extra_costs.html", context)


def withdraw(request: MemberRequest, booking: Booking) -> HttpResponse:
    """Withdraw the cost that the button names."""
    said = request.POST["withdraw"]
    pk = int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0
    cost = get_object_or_404(booking.extra_costs.select_related("booking"), pk=pk)
    try:
        withdraw_extra_cost(cost=cost, by=request.membership, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The extra cost has been withdrawn.")
    return redirect("extra_costs", booking.reference)
