"""Where finance starts: what waits, and links to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from finance.forms.pages import RefusableForm
from finance.models import InvoiceRun
from finance.reports.charges import what_waits
from finance.reports.credits import credits_due
from finance.reports.runs import months_ready
from finance.terms.preparation import kinds_to_invoice, obstacles_to_issuing
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission

RUNS_SHOWN = 6

Done = TypeVar("Done")


@requires(Permission.MANAGE_MONEY)
def finance(request: MemberRequest) -> HttpResponse:
    """What waits for a decision, an invoice, an order number, money."""
    today = timezone.localdate()
    context = {
        "waits": what_waits(today),
        "obstacles": obstacles_to_issuing(kinds_to_invoice(today)),
        "credits": credits_due(),
        "months": months_ready(),
        "runs": InvoiceRun.objects.select_related("event__course")[:RUNS_SHOWN],
    }
    return render(request, "finance/finance.html", context)


def done(request: HttpRequest, form: RefusableForm, act: Callable[[], Done]) -> Done | None:
    """What the operation made of a form that was sent; None if the form should be shown, with what is wrong."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
        return None


def told(refused: Refused) -> str:
    """A refusal in words, with what to do next."""
    parts = [part for one in refused.reasons for part in (one.sentence, one.next_step)]
    return " ".join(filter(None, parts))
