"""The forms for writing a charging policy: plain questions, one part at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from bookings.forms.policy_questions import (
    NOTICE_FIELDS,
    REGISTER_FIELDS,
    REGISTER_SECTIONS,
    SCOPE_FIELDS,
    Asked,
    QuestionsForm,
)
from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.reports.policy_editor import Trial, names_in
from bookings.rules.fees import PriceRule
from bookings.rules.plain_prices import Cell, PlainPrice, is_plain, read_plain_price, written
from bookings.rules.policy_words import (
    EVERYONE_ELSE,
    exception_in_words,
    notice_in_words,
    price_in_words,
    who_it_is_for,
)
from bookings.rules.prices import QUOTED_AS, ChargeKind, FeeBase, FeeOutcome, share_wording
from courses.models import Course
from courses.rules.states import Delivery
from govuk.forms import DateField, GovukForm, TimeInput
from partnerships.models import areas, payer_classes, sectors

PLAIN_KINDS = (ChargeKind.ATTENDANCE, ChargeKind.LATE_CANCELLATION, ChargeKind.NO_SHOW)


class StartForm(QuestionsForm):
    """From when a version applies, and its text."""

    clause = forms.CharField(
        label="What do people accept when they book?",
        help_text="In plain English. If you leave this empty, we write it from the notice.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta(Asked):
        model = ChargingPolicy
        fields = ("valid_from", "counts_from", "clause", "is_example")
        field_classes = {"valid_from": DateField}

    def clean_clause(self) -> str:
        """What was typed, or the notice in words."""
        return str(self.cleaned_data["clause"] or notice_in_words(self.instance.as_rule()))


class NoticeForm(QuestionsForm):
    """The general notice rule."""

    class Meta(Asked):
        model = ChargingPolicy
        fields = (*NOTICE_FIELDS, "keep_late_charge", "move_grace_hours", "half_day_minutes")
        widgets = {"cut_off": TimeInput}


class PlacesForm(QuestionsForm):
    """How places are booked, handed over and offered."""

    class Meta(Asked):
        model = ChargingPolicy
        fields = (
            *("closing_notice", "closing_unit", "closing_skip_bank_holidays", "closing_cut_off"),
            *("approval", "unknown_group", "who_cancels", "cancel_channel"),
            *("substitution_hours", "offer_grace_hours"),
        )
        widgets = {"closing_cut_off": TimeInput}


class RegisterRulesForm(QuestionsForm):
    """What happens to people who come late, leave early or come without a booking."""

    sections = REGISTER_SECTIONS

    class Meta(Asked):
        model = ChargingPolicy
        fields = REGISTER_FIELDS


@dataclass(frozen=True)
class PolicyPart:
    """A part of a version that has a page of its own."""

    title: str
    form: type[QuestionsForm]


POLICY_PARTS = {
    "start": PolicyPart("When it applies", StartForm),
    "notice": PolicyPart("Cancelling", NoticeForm),
    "places": PolicyPart("Booking and sending a colleague", PlacesForm),
    "register": PolicyPart("At the event", RegisterRulesForm),
}


class AnyExceptionForm(QuestionsForm):
    """A rule for some places, in place of the general one."""

    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """An exception names the places it is for; without a sentence, the rule in words is used."""
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(said.get(name) for name in SCOPE_FIELDS):
            raise forms.ValidationError(
                "Choose at least one thing that these places have in common."
            )
        return said

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and not self.instance.clause:
            self.instance.clause = exception_in_words(self.instance.as_rule())


class ExceptionForm(AnyExceptionForm):
    """A notice rule for some places."""

    sections = (
        ("Which places is it for?", SCOPE_FIELDS),
        ("How much notice do they need?", NOTICE_FIELDS),
        ("What people read", ("clause",)),
    )
    clause = forms.CharField(
        label="The rule in one sentence",
        help_text="If you leave this empty, we write it.",
        required=False,
        max_length=300,
    )

    class Meta(Asked):
        model = NoticeException
        fields = ("name", *SCOPE_FIELDS, *NOTICE_FIELDS, "clause")
        widgets = {"cut_off": TimeInput}


class RegisterExceptionForm(AnyExceptionForm):
    """What happens at the event, for some places."""

    sections = (
        ("Which places is it for?", SCOPE_FIELDS),
        *REGISTER_SECTIONS,
        ("What people read", ("clause",)),
    )
    clause = forms.CharField(
        label="The rule in plain English",
        help_text="If you leave this empty, we write it.",
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta(Asked):
        model = RegisterException
        fields = ("name", *SCOPE_FIELDS, *REGISTER_FIELDS, "clause")


class PriceForm(QuestionsForm):
    """One price."""

    mark_optional = False
    sections = (
        ("Which places is it for?", SCOPE_FIELDS),
        ("Limits", ("less", "at_least", "at_most", "rounding", "plus_extras")),
        ("What people read", ("clause",)),
    )
    clause = forms.CharField(
        label="The rule in one sentence",
        help_text="If you leave this empty, we write it.",
        required=False,
        max_length=300,
    )
    less = forms.DecimalField(required=False, min_value=0, max_digits=9, decimal_places=2)

    class Meta(Asked):
        model = PriceRow
        fields = (
            *("kind", "outcome", "amount", "base", "notice_under"),
            *SCOPE_FIELDS,
            *("less", "at_least", "at_most", "rounding", "plus_extras", "clause"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("amount", "less"):
            self.fields[name].required = False
            self.initial[name] = self.initial.get(name) or None

    def clean(self) -> dict[str, Any]:
        """An amount is asked for only where the outcome is one."""
        said = super().clean() or self.cleaned_data
        if said.get("outcome") != FeeOutcome.AMOUNT:
            said["amount"] = 0
        elif not said.get("amount") and "amount" not in self.errors:
            self.add_error("amount", "Enter how much it costs")
        elif {"base", "amount"} <= said.keys():
            wrong = share_wording(FeeBase(said["base"]), said["amount"])
            if wrong:
                self.add_error("amount", wrong)
        said["less"] = said.get("less") or 0
        if (
            said.get("notice_under") is not None
            and said.get("kind") != ChargeKind.LATE_CANCELLATION
        ):
            self.add_error(
                "notice_under", "Only a late cancellation can depend on the notice given"
            )
        return said

    def _post_clean(self) -> None:
        """Without a sentence, one is made of the price itself."""
        super()._post_clean()  # type: ignore[misc]
        if not self.errors and not self.instance.clause:
            rule = self.instance.as_rule()
            who = who_it_is_for(rule.scope, names_in([self.instance]))
            title = QUOTED_AS[rule.kind]
            self.instance.clause = f"{title} ({who[0].lower()}{who[1:]}): {price_in_words(rule)}."[
                :300
            ]


class PlainPriceField(forms.CharField):
    """An amount in pounds, "free", "ask", or nothing; cleans to a plain price or None."""

    def clean(self, value: Any) -> PlainPrice | None:
        """The price, or a sentence that says what can be typed."""
        try:
            return read_plain_price(super().clean(value))
        except ValueError:
            words = f"{self.label}: enter an amount in pounds, such as 60, or “free” or “ask”"
            raise forms.ValidationError(words) from None


class PlainPricesForm(GovukForm):
    """A table of prices: a row for each payer class, a column for each kind of charge."""

    mark_optional = False

    def __init__(self, *args: Any, rules: Iterable[PriceRule], **kwargs: Any) -> None:
        plain = {
            (rule.kind.value, rule.scope.payer_class or ""): (rule.outcome.value, rule.amount)
            for rule in rules
            if is_plain(rule)
        }
        super().__init__(*args, **kwargs)
        self.rows = [*((one.code, one.name) for one in payer_classes()), ("", EVERYONE_ELSE)]
        for code, name in self.rows:
            for kind in PLAIN_KINDS:
                self.fields[f"{kind.value}.{code}"] = PlainPriceField(
                    label=f"{QUOTED_AS[kind]}, {name}",
                    required=False,
                    max_length=20,
                    initial=written(plain.get((kind.value, code))),
                    widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
                )

    @property
    def prices(self) -> dict[Cell, PlainPrice | None]:
        """What was typed, by cell."""
        found: dict[Cell, PlainPrice | None] = {}
        for name, price in self.cleaned_data.items():
            kind, _, code = name.partition(".")
            found[kind, code] = price
        return found

    @property
    def table(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each payer class with its fields."""
        return [
            (name, [self[f"{kind.value}.{code}"] for kind in PLAIN_KINDS])
            for code, name in self.rows
        ]


class TrialForm(GovukForm):
    """The event that a version is tried on. What is wrong or missing is as in the usual example."""

    mark_optional = False
    day = DateField(label="Day of the event", required=False)
    at = forms.TimeField(label="Time it starts", required=False, widget=TimeInput())
    course: forms.ModelChoiceField[Course] = forms.ModelChoiceField(
        None, required=False, empty_label="Any", to_field_name="reference"
    )
    delivery = forms.ChoiceField(
        label="Way of taking part", required=False, choices=Delivery.choices()
    )
    sector = forms.ChoiceField(required=False)
    area = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="try", **kwargs)
        self.fields["course"].queryset = Course.objects.select_related("group")  # type: ignore[attr-defined]
        for name, entries in (("sector", sectors()), ("area", areas())):
            choices = [("", "Any"), *((one.code, one.name) for one in entries)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def trial(self, usual: Trial) -> Trial:
        """What was chosen, and the usual example for the rest."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        day = said.pop("day", None) or timezone.localdate(usual.starts_at)
        at: time = said.pop("at", None) or timezone.localtime(usual.starts_at).time()
        zone = timezone.get_current_timezone()
        return Trial(starts_at=datetime.combine(day, at, zone), **said)
