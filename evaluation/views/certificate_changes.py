"""What the training team can do about a certificate: withdraw it, or issue a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from evaluation.forms.certificates import ReissueForm, WithdrawForm
from evaluation.models import Certificate
from evaluation.operations.reissue_certificate import reissue_certificate
from evaluation.operations.withdraw_certificate import withdraw_certificate
from evaluation.rules.certificate import CertificateStanding, normalised, spaced
from evaluation.terms.certificates import certificate_standing_now, others_of, with_attendance
from outbox.tasks import wake
from partnerships.access import MemberRequest, requires
from partnerships.rules.refused import Refused
from partnerships.rules.roles import Permission

CERTIFICATE_COLOURS = {
    CertificateStanding.VALID: "green",
    CertificateStanding.BEING_CHECKED: "yellow",
    CertificateStanding.WITHDRAWN: "red",
}


@requires(Permission.RUN_TRAINING)
@require_safe
def certificate_page(request: MemberRequest, code: str) -> HttpResponse:
    """One certificate's standing, the others for the same attendance, and what can be done."""
    found = certificate_called(code)
    others = list(others_of(found))
    has_valid = any(one.withdrawn_at is None for one in [found, *others])
    context = {**facts(found), "others": others, "may_reissue": found.is_valid or not has_valid}
    return render(request, "evaluation/certificates/page.html", context)


@requires(Permission.RUN_TRAINING)
def withdraw(request: MemberRequest, code: str) -> HttpResponse:
    """Withdraw it, with a reason that the holder reads."""
    found = certificate_called(code)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_certificate(
            certificate=found,
            reason=form.cleaned_data["reason"],
            by=request.membership,
            now=timezone.now(),
        )
        wake()
        messages.success(request, "The certificate has been withdrawn. We will email the holder.")
        return redirect("certificate_page", found.code)
    return render(request, "evaluation/certificates/withdraw.html", facts(found) | {"form": form})


@requires(Permission.RUN_TRAINING)
def reissue(request: MemberRequest, code: str) -> HttpResponse:
    """A new certificate for the same attendance, in the name that is entered."""
    found = certificate_called(code)
    name = found.booking.membership.user.full_name
    form = ReissueForm(request.POST or None, initial={"holder_name": name})
    if request.method == "POST" and form.is_valid():
        try:
            made = reissue_certificate(
                certificate=found,
                **form.cleaned_data,
                by=request.membership,
                now=timezone.now(),
            )
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, str(reason))
        else:
            wake()
            messages.success(
                request, "The new certificate has been issued. We will email the holder."
            )
            return redirect("certificate_page", made.code)
    return render(request, "evaluation/certificates/reissue.html", facts(found) | {"form": form})


def certificate_called(code: str) -> Certificate:
    """The certificate with this code, however it is typed."""
    rows = with_attendance().select_related("booking__membership__user", "booking__event__course")
    found: Certificate = get_object_or_404(rows, code=normalised(code))
    return found


def facts(certificate: Certificate) -> dict[str, Any]:
    """The facts at the top of every page about a certificate."""
    standing = certificate_standing_now(certificate)
    return {
        "certificate": certificate,
        "code": spaced(certificate.code),
        "standing": standing,
        "colour": CERTIFICATE_COLOURS[standing],
    }
