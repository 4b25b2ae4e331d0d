"""Answering by personal link: no sign-in, one response per person."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.access import LINKS_LAST, has_ended
from evaluation.access import SURVEY, survey_of
from evaluation.documents import pdf_response
from evaluation.forms.answers import AnswersForm
from evaluation.models import Certificate, SurveyInvitation
from evaluation.operations.answer_survey import answer_survey
from evaluation.operations.draw_certificate import draw_certificate
from evaluation.rules.states import InvitationState, Stage
from evaluation.terms.asking import plan_here
from evaluation.terms.certificates import certificate_for, certificate_reasons_for
from evaluation.views.certificates import withdrawn
from govuk.rules.phrases import long_date
from outbox.tasks import wake
from partnerships.access import TenantRequest, public
from partnerships.rules.reasons import Reason


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: TenantRequest, token: str) -> HttpResponse:
    """The questions; the thanks once they are answered; a clear sentence when there is nothing to answer."""
    invitation = survey_of(token)
    if invitation is None:
        return unknown(request, token)
    if invitation.state == InvitationState.ANSWERED:
        return thanks(request, invitation, token)
    now = timezone.now()
    problem, status = why_not_now(invitation, now)
    if problem:
        return no_survey(request, problem, status)
    form = AnswersForm(
        invitation.questionnaire.questions.all(), request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        answer_survey(invitation=invitation, answers=form.answers(), now=now)
        wake()
        return redirect("survey", token=token)
    context = {
        "form": form,
        "invitation": invitation,
        "event": invitation.event,
        "subgroup_reads": plan_here().subgroup_reads_answers,
    }
    return render(request, "evaluation/survey/survey.html", context)


@public
@never_cache
@require_safe
def certificate(request: TenantRequest, token: str) -> HttpResponse:
    """The certificate of the person with the personal link."""
    invitation = survey_of(token)
    if invitation is None:
        return unknown(request, token)
    if invitation.booking is None:
        raise Http404
    found = certificate_for(invitation.booking)
    if found is None:
        raise Http404
    if not found.is_valid:
        return withdrawn(request, found, found.why_withdrawn)
    return pdf_response(found, draw_certificate(certificate=found))


def unknown(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was cut, is not one of ours, or has expired."""
    if not has_ended(SURVEY, token):
        return no_survey(request, "This link does not lead to any questions.", 404)
    sentence = (
        f"Links in our emails work for {LINKS_LAST.days} days. "
        "You can find your certificates under My learning when you sign in."
    )
    return no_survey(request, sentence, 410)


def why_not_now(invitation: SurveyInvitation, now: datetime) -> tuple[str, int]:
    """Sentence and HTTP status if the questions cannot be answered; an empty sentence if they can."""
    today, state = timezone.localdate(now), InvitationState(invitation.state)
    if state is InvitationState.WITHDRAWN:
        return "These questions have been withdrawn. You do not need to do anything.", 410
    if state is InvitationState.PLANNED and invitation.due_on > today:
        return f"You can answer these questions from {long_date(invitation.due_on)}.", 404
    if invitation.stage == Stage.BASELINE and invitation.event.starts_at <= now:
        return "These questions were to be answered before the event, which has now started.", 410
    closed_on = invitation.closes_on
    if state is InvitationState.LAPSED or (closed_on is not None and closed_on < today):
        day = f" on {long_date(closed_on)}" if closed_on else ""
        return f"These questions closed{day}.", 410
    return "", 200


def no_survey(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """There is nothing to answer behind this link."""
    context = {"sentence": sentence, "gone": status == 410}
    return render(request, "evaluation/survey/nothing.html", context, status=status)


def thanks(request: HttpRequest, invitation: SurveyInvitation, token: str) -> HttpResponse:
    """Thank you, and the certificate or what is still missing for it."""
    certificate: Certificate | None = None
    reasons: tuple[Reason, ...] = ()
    if invitation.stage == Stage.IMMEDIATE and invitation.booking is not None:
        certificate = certificate_for(invitation.booking)
        reasons = () if certificate else certificate_reasons_for(invitation.booking)
    context = {
        "invitation": invitation,
        "event": invitation.event,
        "certificate": certificate,
        "reasons": reasons,
        "token": token,
    }
    return render(request, "evaluation/survey/thanks.html", context)
