"""The forms around requests to waive a charge: asking, deciding, appealing; the list of reasons; exemptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from bookings.models import Booking
from bookings.models.waivers import LONGEST
from bookings.rules.money import pounds
from bookings.rules.prices import ChargeKind
from bookings.rules.waivers import Accepts, Asker, AskUntil, DecidedBy, WaiverRule
from finance.forms.pages import RefusableForm
from finance.models import MitigationCase
from finance.rules.evidence import LARGEST, MEGABYTE, MOST_FILES, TAKEN, SentFile
from finance.rules.requests import decided_by_rule
from finance.rules.states import MitigationState
from finance.terms.requests import Opening
from govuk.forms import Checkboxes, DateField, FilesField, Radios, TimeInput
from partnerships.models import Agency

ANOTHER, ANY_REASON = "other", "Any reason"
NO_NAMES = "Do not name children or families."
FILES = f"Up to {MOST_FILES} files of {LARGEST // MEGABYTE} MB each: {TAKEN}."


class WithFiles(RefusableForm):
    """A form that takes evidence. Browsers forget chosen files when a page is shown again, so it says so."""

    about = {"files": "attached"}
    attached = FilesField(label="Files", required=False, help_text=FILES)

    @property
    def sent_files(self) -> list[SentFile]:
        """What was sent, read once."""
        return [SentFile(one.name, one.read()) for one in self.cleaned_data.get("attached", [])]

    def add_error(self, field: str | None, error: Any) -> None:
        """Anything wrong means that files have to be chosen again. What is wrong with a hidden field is said on top."""
        is_hidden = field in self.fields and self.fields[field].widget.is_hidden
        super().add_error(None if is_hidden else field, error)
        if self.files.getlist("attached"):
            self["attached"].help_text = f"{FILES} Choose your files again."


class AskForm(WithFiles):
    """A request to waive a charge: which one, for which reason of the list, what happened, what proves it."""

    field_order = ("charge", "ground", "reason", "evidence", "attached")
    charge = forms.ChoiceField(label="Which charge?", widget=Radios())
    ground = forms.ChoiceField(
        label="What is the reason?",
        widget=Radios(),
        error_messages={"required": "Select the reason"},
    )
    reason = forms.CharField(
        label="What happened?",
        help_text=NO_NAMES,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Tell us what happened"},
    )
    evidence = forms.CharField(
        label="Evidence",
        help_text="Tell us what evidence you have. If you do not attach it, say where we can see it.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, openings: Sequence[Opening], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charges = [(one.charge.pk, charge_in_words(one)) for one in openings]
        self.fields["charge"].choices = charges  # type: ignore[attr-defined]
        offered = {rule.number: rule for one in openings for rule in one.offered}
        choices = [(str(number), rule.name) for number, rule in offered.items()]
        if any(one.takes_others for one in openings):
            choices.append((ANOTHER, "Another reason" if offered else ANY_REASON))
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]
        hints = {str(number): told_in_short(rule) for number, rule in offered.items()}
        self.fields["ground"].widget.hints = hints
        if len(openings) == 1:
            self.hide("charge", openings[0].charge.pk)
        if choices == [(ANOTHER, ANY_REASON)]:
            self.hide("ground", ANOTHER)

    def hide(self, name: str, value: object) -> None:
        """There is nothing to choose."""
        self.fields[name].widget = forms.HiddenInput()
        self.fields[name].initial = value


def charge_in_words(opening: Opening) -> str:
    charge = opening.charge
    return f"{ChargeKind(charge.kind).label}, {pounds(charge.amount)}"


def told_in_short(rule: WaiverRule) -> str:
    """What to do, what to send and until when, below the name of a reason."""
    evidence = f"Evidence: {rule.evidence}" if rule.evidence else ""
    return " ".join(filter(None, [rule.steps, evidence, rule.until_in_words]))


class WaiverAppealForm(WithFiles):
    field_order = ("reason", "attached")
    reason = forms.CharField(
        label="Why do you disagree?",
        help_text=f"Someone else will decide. {NO_NAMES}",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Tell us why you disagree"},
    )


class AnswerForm(RefusableForm):
    """What is decided on a request, and why. What the partnership's rule decides needs no reason of one's own."""

    outcome = forms.ChoiceField(label="What do you decide?", widget=Radios())
    colleague = forms.ChoiceField(label="Who took the place?", required=False)
    decision = forms.CharField(
        label="Reason",
        help_text="We will email the person who asked.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason for the decision"},
    )
    mark_optional = False  # whether a reason is needed depends on the decision
    about = {"decision_missing": "decision"}

    def __init__(
        self, *args: Any, case: MitigationCase, instead: Sequence[Booking], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_rule = decided_by_rule(case.rule)
        grant = "Accept the evidence and waive the charge" if by_rule else "Waive the charge"
        choices = [(MitigationState.GRANTED.value, grant)]
        if instead:
            took = "A colleague took the place, so waive the charge"
            choices.append((MitigationState.SUBSTITUTED.value, took))
            names = [(str(one.pk), str(one.membership)) for one in instead]
            self.fields["colleague"].choices = names  # type: ignore[attr-defined]
        else:
            del self.fields["colleague"]
        choices.append((MitigationState.REFUSED.value, "The charge stands"))
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        self.fields["decision"].required = not (by_rule or instead)
        if by_rule:
            self.fields["outcome"].widget.hints = {MitigationState.GRANTED.value: by_rule}

    @property
    def chosen(self) -> str:
        """The booking of the colleague who was named."""
        return str(self.cleaned_data.get("colleague", ""))


class WaiverReasonForm(RefusableForm):
    """One reason of the partnership's list."""

    name = forms.CharField(label="Name", max_length=100, help_text="Such as “Sickness on the day”.")
    steps = forms.CharField(
        label="What do people have to do?",
        required=False,
        max_length=1000,
        help_text="Shown on the page about charges and when people ask.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence = forms.CharField(
        label="What evidence do you need?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    evidence_needed = forms.BooleanField(
        label="People must send or describe evidence", required=False
    )
    asker = forms.ChoiceField(label="Who can ask?", choices=Asker.choices(), widget=Radios())
    until = forms.ChoiceField(
        label="What is the time limit?", choices=AskUntil.choices(), widget=Radios()
    )
    days = forms.IntegerField(
        label="Number of days",
        min_value=0,
        max_value=LONGEST,
        help_text="For a time before the event, 0 is the day of the event.",
    )
    by = forms.TimeField(
        label="By what time?",
        required=False,
        widget=TimeInput(),
        help_text="Only for a time before the event. Leave this empty for the end of the day.",
    )
    decided_by = forms.ChoiceField(
        label="Who decides?", choices=DecidedBy.choices(), widget=Radios()
    )
    is_active = forms.BooleanField(label="In use", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """A time of day means something before the event only."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("by") and said.get("until") not in {None, AskUntil.BEFORE_EVENT}:
            self.add_error("by", "Only enter a time if the limit is before the event")
        return said


class WaiverPracticeForm(RefusableForm):
    """Whether requests are answered at all, and how long people have."""

    accepts = forms.ChoiceField(
        label="Which requests do you accept?", choices=Accepts.choices(), widget=Radios()
    )
    ask_days = forms.IntegerField(
        label="Days to ask",
        min_value=1,
        max_value=LONGEST,
        help_text="After the charge, unless the reason says otherwise.",
    )
    appeal_days = forms.IntegerField(
        label="Days to appeal",
        min_value=0,
        max_value=LONGEST,
        help_text="After a refusal. Enter 0 if people cannot appeal.",
    )


class ExemptionForm(RefusableForm):
    """Which agency is charged nothing, from when to when, and why."""

    agency = forms.ChoiceField(label="Agency")
    booking = forms.CharField(
        label="Booking reference",
        required=False,
        max_length=12,
        help_text="Only if the exemption is for one place.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    reason = forms.CharField(
        label="Reason",
        max_length=200,
        help_text="The agency sees this in quotes and with its charges.",
    )
    first_day = DateField(label="First day")
    last_day = DateField(
        label="Last day",
        help_text="The exemption covers events that begin, and charges that arise, up to the end of this day.",
    )
    kinds = forms.MultipleChoiceField(
        label="Which charges?",
        required=False,
        choices=ChargeKind.choices(),
        widget=Checkboxes(),
        help_text="Do not select any if it is for every kind of charge.",
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "Choose an agency"), *((one.reference, one.name) for one in agencies)]
        self.fields["agency"].choices = named  # type: ignore[attr-defined]


class WaiverPeriodForm(RefusableForm):
    """From which day to which a report counts."""

    mark_optional = False
    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)

    def clean(self) -> dict[str, Any]:
        """The last day comes after the first."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "“To” must be the same as or after “From”")
        return said
