"""Where finance begins: what waits, and the way to it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.models import InvoiceRun
from bookings.operations.refused import Refused
from bookings.reports.charges import what_waits
from bookings.reports.runs import months_ready
from partnerships.access import MemberRequest, requires
from partnerships.rules.roles import Permission

RUNS_SHOWN = 6


@requires(Permission.MANAGE_MONEY)
def finance(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, an invoice, an order number, money."""
    context = {
        "waits": what_waits(timezone.localdate()),
        "months": months_ready(),
        "runs": InvoiceRun.objects.all()[:RUNS_SHOWN],
    }
    return render(request, "bookings/finance/finance.html", context)


def told(refused: Refused) -> str:
    """A refusal in words, with what to do next."""
    parts = [part for one in refused.reasons for part in (one.sentence, one.next_step)]
    return " ".join(filter(None, parts))
