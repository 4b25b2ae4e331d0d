"""The form that asks for a place."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from bookings.models.request import Details
from bookings.reports.request import Application
from bookings.rules.states import ApprovalMode
from govuk.forms import GovukForm, Radios
from partnerships.models import Employment
from partnerships.rules.people import belongs_to_domains, email_domain


@dataclass(frozen=True)
class Asks:
    """What the form has to ask in this case."""

    employments: Sequence[Employment]
    approval: ApprovalMode = ApprovalMode.NONE
    own_email: str = ""
    evidence: bool = False
    override: bool = False
    full: bool = False
    for_somebody_else: bool = False
    terms: str = ""
    code_asked: bool = False
    against_code: Mapping[int, str] = field(default_factory=dict)  # by employment


def asks_of(wanted: Application) -> Asks:
    """What has to be asked for this request."""
    return Asks(
        employments=[job.employment for job in wanted.jobs],
        approval=wanted.approver_asked,
        own_email=wanted.person.user.email,
        evidence=wanted.evidence_asked,
        override=wanted.may_override,
        full=wanted.is_full,
        for_somebody_else=wanted.for_somebody_else,
        terms=wanted.terms_shown,
        code_asked=wanted.code_asked,
        against_code={
            job.employment.pk: str(job.against_code) for job in wanted.jobs if job.against_code
        },
    )


class BookingForm(GovukForm):
    """Asks only what this case needs; ``submission`` makes sending it twice harmless."""

    employment = forms.ChoiceField(label="Which job is this for?", widget=Radios())
    grant_code = forms.CharField(
        label="Code of a grant",
        help_text="Only if the training team has given you one. It lowers what the place costs.",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "spellcheck": "false"}),
    )
    access_needs = forms.CharField(
        label="Access or dietary needs",
        help_text="For example, a hearing loop, step-free access or large print. Only the training team and "
        "the trainers see this.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label="What have you completed instead?",
        help_text="Course, provider and date. The training team will check it. We will hold your place until then.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    approver_name = forms.CharField(label="Your manager’s name", max_length=150)
    approver_email = forms.EmailField(
        label="Your manager’s work email address",
        help_text="We will email them a link. They do not need an account.",
        max_length=254,
    )
    manager_declared = forms.BooleanField(
        label="My manager agrees that I can take part",
        error_messages={"required": "Ask your manager first, then select the box"},
    )
    override = forms.CharField(
        label="Why you are setting the usual rules aside",
        help_text="We keep this in the booking history.",
        max_length=280,
    )
    wait_if_full = forms.BooleanField(
        label="Put me on the waiting list if the event is full by the time I send this",
        required=False,
        initial=True,
    )
    accept_policy = forms.BooleanField(
        label="I accept the charging policy",
        error_messages={"required": "Accept the charging policy to continue"},
    )
    submission = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    terms = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    mark_optional = True
    terms_have_changed = False

    def __init__(self, *args: Any, asks: Asks, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": secrets.token_urlsafe(16), "terms": asks.terms}
        super().__init__(*args, **kwargs)
        self.asks = asks
        self.leave_out()
        if asks.for_somebody_else:
            self.reword()
        jobs = asks.employments
        self.fields["employment"].choices = [(str(job.pk), str(job)) for job in jobs]  # type: ignore[attr-defined]
        if len(jobs) == 1:
            del self.fields["employment"]

    def reword(self) -> None:
        """Words for someone who is booking for another person."""
        labels = {
            "employment": "Which of the person’s jobs is this for?",
            "manager_declared": "The person’s manager agrees",
            "approver_name": "The manager’s name",
            "approver_email": "The manager’s work email address",
            "evidence": "What has the person completed instead?",
            "wait_if_full": "Put the person on the waiting list if the event is full",
        }
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label

    def leave_out(self) -> None:
        """Remove what does not need to be asked."""
        asks = self.asks
        needed = {
            "manager_declared": asks.approval is ApprovalMode.DECLARED,
            "approver_name": asks.approval is ApprovalMode.BY_LINK,
            "approver_email": asks.approval is ApprovalMode.BY_LINK,
            "evidence": asks.evidence,
            "override": asks.override,
            "grant_code": asks.code_asked,
            "wait_if_full": not asks.full,
        }
        for name, wanted in needed.items():
            if not wanted:
                self.fields.pop(name)

    def start_anew(self) -> None:
        """Treat what was typed as a new form from now on."""
        self.say(submission=secrets.token_urlsafe(16))

    def clean(self) -> dict[str, Any]:
        """No one books on terms other than those on the page. If they have changed, the page is shown again."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("terms") not in {"", self.asks.terms}:
            self.say(terms=self.asks.terms)
            self.terms_have_changed = True
            changed = "The cost or the cancellation terms have changed since this page was shown."
            if cleaned.get("grant_code"):
                changed = "The page now shows what the place costs with the code."
            self.add_error(None, f"{changed} Check it, then send the form again.")
        return cleaned

    def clean_grant_code(self) -> str:
        """A code that cannot be used for the employer is never left out silently."""
        against = self.asks.against_code.get(self.chosen().pk)
        if against:
            raise forms.ValidationError(against)
        return str(self.cleaned_data["grant_code"])

    def clean_approver_email(self) -> str:
        """No one approves their own request, and the managers of a known agency use its email domain."""
        address = str(self.cleaned_data["approver_email"]).strip().lower()
        if address == self.asks.own_email.lower():
            raise forms.ValidationError("Enter your manager’s email address, not your own.")
        agency = self.chosen().agency
        domains = [row.domain for row in agency.domains.all()]
        if domains and not belongs_to_domains(address, domains):
            raise forms.ValidationError(
                f"{agency} does not use {email_domain(address)}. Enter a work email address."
            )
        return address

    def chosen(self) -> Employment:
        """The job that the place is for; the first if none has been chosen yet."""
        pk = self.cleaned_data.get("employment") or ""
        jobs = self.asks.employments
        return next((job for job in jobs if str(job.pk) == pk), jobs[0])

    def details(self) -> Details:
        """The answers as operations take them."""
        said = self.cleaned_data
        return Details(
            access_needs=said.get("access_needs", ""),
            manager_declared=bool(said.get("manager_declared")),
            approver_name=said.get("approver_name", ""),
            approver_email=said.get("approver_email", ""),
            evidence=said.get("evidence", ""),
            grant_code=said.get("grant_code", ""),
            submission=said.get("submission", ""),
        )

    @property
    def waits_if_full(self) -> bool:
        """Whether the person agreed to wait, by the box or by asking for the waiting list itself."""
        return self.asks.full or bool(self.cleaned_data.get("wait_if_full"))
