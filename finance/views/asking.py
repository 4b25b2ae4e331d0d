"""Asking for a charge to be waived, and appealing: signed in, or by the link in the email about the charge."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from bookings.access import LINKS_LAST, WAIVER, has_ended, parts_of
from bookings.models import Booking, WaiverReason
from bookings.rules.waivers import Accepts, AskedAs
from bookings.terms.waivers import accepted
from finance.forms.waivers import ANOTHER, AskForm, WaiverAppealForm
from finance.models import EvidenceFile, MitigationCase
from finance.operations.appeal import appeal
from finance.operations.open_mitigation import open_mitigation
from finance.rules.requests import appeal_reasons
from finance.terms.requests import asks_as, can_be_asked_about, opening_for
from finance.views.overview import done
from partnerships.access import MemberRequest, TenantRequest, member, public
from partnerships.models import Membership
from partnerships.rules.roles import Permission

DECIDES = (Permission.MANAGE_MONEY, Permission.RUN_TRAINING)
RECEIVED = "We have received your request. We will email you when it is decided."
WAIVED_AT_ONCE = "We have waived the charge. There is nothing to pay."


def bookings_to_ask_about() -> Any:
    """Bookings with what the pages say about them."""
    return Booking.objects.select_related(
        "event__course", "agency", "membership__user", "employment"
    )


@member
def ask_waiver(request: MemberRequest, reference: str) -> HttpResponse:
    """The delegate, or someone who answers for the agency, asks for a charge to be waived."""
    booking = get_object_or_404(bookings_to_ask_about(), reference=reference)
    return asking(request, Asking(request.membership, booking))


@public
def ask_waiver_by_link(request: TenantRequest, token: str) -> HttpResponse:
    """The same for whoever was told about the charge. The link is the proof, so no one has to sign in."""
    found = asking_by(token)
    return unknown_waiver_link(request, token) if found is None else asking(request, found)


@member
def appeal_waiver(request: MemberRequest, reference: str, pk: int) -> HttpResponse:
    """Whoever asked appeals against a refusal."""
    booking = get_object_or_404(bookings_to_ask_about(), reference=reference)
    return appealing(request, Asking(request.membership, booking), pk)


@public
def appeal_waiver_by_link(request: TenantRequest, token: str, pk: int) -> HttpResponse:
    found = asking_by(token)
    return unknown_waiver_link(request, token) if found is None else appealing(request, found, pk)


@member
def waiver_file(request: MemberRequest, pk: int) -> HttpResponse:
    """A file of evidence, to whoever sent it and to those who decide."""
    rows = EvidenceFile.objects.all()
    if not request.membership.permissions & set(DECIDES):
        rows = rows.filter(added_by=request.membership)
    return as_download(get_object_or_404(rows, pk=pk))


@public
def waiver_file_by_link(request: TenantRequest, token: str, pk: int) -> HttpResponse:
    """A file of evidence, to whoever sent it."""
    found = asking_by(token)
    if found is None:
        return unknown_waiver_link(request, token)
    rows = EvidenceFile.objects.filter(added_by=found.who, case__charge__booking=found.booking)
    return as_download(get_object_or_404(rows, pk=pk))


class Asking:
    """Someone at the pages about one booking's charges. ``token`` is their link's, empty if they are signed in."""

    def __init__(self, who: Membership, booking: Booking, token: str = "") -> None:
        self.who, self.booking, self.token = who, booking, token

    def address(self, name: str, *more: object) -> str:
        """A page of this booking, by the link if there is one."""
        if self.token:
            return reverse(f"{name}_by_link", args=[self.token, *more])
        return reverse(name, args=[self.booking.reference, *more])

    def file_address(self, pk: int) -> str:
        return self.address("waiver_file", pk) if self.token else reverse("waiver_file", args=[pk])

    @property
    def part(self) -> AskedAs:
        """In which part they ask; the page does not exist for strangers."""
        found = asks_as(self.booking, self.who, timezone.localdate())
        if found is None:
            raise Http404
        return found


def asking_by(token: str) -> Asking | None:
    """Who a link was sent to, and about which booking; None if it is not ours, or they have left."""
    named = parts_of(WAIVER, token)
    if named is None:
        return None
    booking = bookings_to_ask_about().filter(pk=named[0]).first()
    who = Membership.objects.active().filter(pk=named[1]).select_related("user").first()
    if booking is None or who is None:
        return None
    if asks_as(booking, who, timezone.localdate()) is None:
        return None
    return Asking(who, booking, token)


def unknown_waiver_link(request: TenantRequest, token: str) -> HttpResponse:
    """A link that was cut, changed, made for another partnership, or has expired."""
    ended = has_ended(WAIVER, token)
    context = {"ended": ended, "days": LINKS_LAST.days}
    return render(request, "bookings/unknown_link.html", context, status=410 if ended else 404)


def asking(request: TenantRequest, found: Asking) -> HttpResponse:
    """What was asked and answered about the booking's charges, and the form for those that can still be asked about."""
    now, part = timezone.now(), found.part
    charges = found.booking.charges.filter(can_be_asked_about()).order_by("pk")
    openings = [opening_for(with_booking(one, found.booking), part, now) for one in charges]
    open_ones = [one for one in openings if one.is_open]
    form = AskForm(request.POST or None, request.FILES or None, openings=open_ones)
    sent = done(request, form, lambda: opened_by(found, form))
    if sent is not None:
        messages.success(request, RECEIVED if sent.is_open else WAIVED_AT_ONCE)
        return redirect(found.address("ask_waiver"))
    context = {
        "asking": found,
        "booking": found.booking,
        "openings": openings,
        "is_open": bool(open_ones),
        "accepts_none": accepted() is Accepts.NONE,
        "requests": requests_shown(found),
        "form": form,
    }
    return render(request, "finance/ask.html", context)


def with_booking(charge: Any, booking: Booking) -> Any:
    """The charge with its booking, so that nothing asks for it again."""
    charge.booking = booking
    return charge


def opened_by(found: Asking, form: AskForm) -> MitigationCase:
    """The request that the form makes."""
    said = form.cleaned_data
    ground = said["ground"]
    return open_mitigation(
        charge=found.booking.charges.get(pk=said["charge"]),
        ground=None if ground == ANOTHER else WaiverReason.objects.get(pk=ground),
        reason=said["reason"],
        evidence=said["evidence"],
        files=form.sent_files,
        by=found.who,
        at=timezone.now(),
    )


def requests_shown(found: Asking) -> list[dict[str, Any]]:
    """Requests about the booking's charges. What was said and sent is only for whoever said it."""
    rows = MitigationCase.objects.filter(charge__booking=found.booking).order_by("asked_at", "pk")
    rows = rows.select_related("charge", "asked_by__user", "ground").prefetch_related(
        Prefetch("files", EvidenceFile.objects.defer("content"))
    )
    now, zone = timezone.now(), timezone.get_current_timezone()
    cases = list(rows)
    appealed = {one.appeal_against_id for one in cases}
    shown = []
    for case in cases:
        mine = case.asked_by_id == found.who.pk
        against = appeal_reasons(case.as_decision, found.who.pk, now, zone)
        files = [(one, found.file_address(one.pk)) for one in case.files.all()] if mine else []
        can_appeal = not against and case.pk not in appealed
        link = found.address("appeal_waiver", case.pk) if can_appeal else ""
        shown.append({"case": case, "mine": mine, "files": files, "appeal": link})
    return shown


def appealing(request: TenantRequest, found: Asking, pk: int) -> HttpResponse:
    """The refusal, and the form to appeal against it."""
    rows = MitigationCase.objects.filter(charge__booking=found.booking, asked_by=found.who)
    case = get_object_or_404(rows.select_related("charge", "ground"), pk=pk)
    if MitigationCase.objects.filter(appeal_against=case).exists():
        return redirect(found.address("ask_waiver"))
    zone = timezone.get_current_timezone()
    problems = appeal_reasons(case.as_decision, found.who.pk, timezone.now(), zone)
    form = WaiverAppealForm(request.POST or None, request.FILES or None)
    made = done(
        request,
        form,
        lambda: appeal(
            case=case,
            reason=form.cleaned_data["reason"],
            files=form.sent_files,
            by=found.who,
            at=timezone.now(),
        ),
    )
    if made is not None:
        messages.success(
            request, "We have received your appeal. We will email you when it is decided."
        )
        return redirect(found.address("ask_waiver"))
    context = {
        "booking": found.booking,
        "case": case,
        "form": form,
        "problems": problems,
        "back": found.address("ask_waiver"),
    }
    return render(request, "finance/appeal.html", context, status=410 if problems else 200)


def as_download(file: EvidenceFile) -> HttpResponse:
    """Saved, never shown: nothing that people send runs in a page of ours."""
    response = HttpResponse(bytes(file.content), content_type=file.kind)
    response["Content-Disposition"] = content_disposition_header(True, file.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
