"""What one event cost, and what it brought in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bookings.rules.money import pounds
from courses.models import Event
from finance.forms.years import CostForm
from finance.models import EventCost
from finance.operations.enter_event_cost import CostEntry, enter_event_cost
from finance.operations.remove_event_cost import remove_event_cost
from finance.reports.costs import result_of, with_money
from finance.rules.costs import CostKind
from finance.views.overview import done
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission


@requires(Permission.MANAGE_MONEY, Permission.RUN_TRAINING)
def event_costs(request: MemberRequest, reference: str) -> HttpResponse:
    """Costs of an event so far, and the form for another."""
    event = get_object_or_404(with_money(Event.objects.all()), reference=reference)
    form = CostForm(request.POST or None, initial={"incurred_on": timezone.localdate()})
    made = done(request, form, lambda: cost_entered(request, event, form))
    if made is not None:
        messages.success(request, f"A cost of {pounds(made.amount)} has been entered.")
        return redirect("event_costs", reference)
    context = {
        "event": event,
        "result": result_of(event),
        "costs": EventCost.objects.filter(event=event).select_related("entered_by__user"),
        "form": form,
        "is_coordinator": request.membership.may(Permission.RUN_TRAINING),
    }
    return render(request, "finance/event_costs.html", context)


def cost_entered(request: MemberRequest, event: Event, form: CostForm) -> EventCost:
    """The cost as typed."""
    said = form.cleaned_data
    entry = CostEntry(
        kind=CostKind(said["kind"]),
        description=said["description"],
        amount=said["amount"],
        incurred_on=said["incurred_on"],
        key=said["entry_key"],
    )
    return enter_event_cost(event=event, entry=entry, by=request.membership, at=timezone.now())


@requires(Permission.MANAGE_MONEY, Permission.RUN_TRAINING)
@require_POST
def remove_cost(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """Remove one that was entered by mistake."""
    cost = get_object_or_404(EventCost, event__reference=reference, pk=pk)
    remove_event_cost(cost=cost)
    messages.success(request, f"The cost of {pounds(cost.amount)} has been removed.")
    return redirect("event_costs", reference)
