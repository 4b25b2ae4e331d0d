"""What an agency's finance contact can enter, and how finance answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from courses.models import Event
from finance.forms.pages import RefusableForm, money
from finance.rules.disputes import Objection
from finance.rules.orders import OrderScope
from govuk.forms import CharacterCount, DateField, Radios
from govuk.rules.phrases import short_date
from partnerships.rules.order_numbers import LONGEST_ORDER


class OrderForm(RefusableForm):
    """A purchase order number, and for what it is."""

    number = forms.CharField(
        label="Purchase order number",
        max_length=LONGEST_ORDER,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    scope = forms.ChoiceField(
        label="What is it for?",
        choices=OrderScope.choices(),
        widget=Radios(reveals={OrderScope.EVENT: ("event",), OrderScope.PERIOD: ("first", "last")}),
    )
    event = forms.ChoiceField(
        label="Event", required=False, help_text="Only if it is for one event."
    )
    first = DateField(
        label="First day of the period",
        required=False,
        help_text="Only if it is for a period. A charge belongs to the period of its date.",
    )
    last = DateField(label="Last day of the period", required=False)

    def __init__(self, *args: Any, events: Iterable[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = {event.reference: event for event in events}
        named = [
            (
                one.reference,
                f"{one.course.title}, {short_date(timezone.localdate(one.starts_at))} ({one.reference})",
            )
            for one in self.events.values()
        ]
        self.fields["event"].choices = [("", "Choose an event"), *named]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what the answer to "What is it for?" needs."""
        cleaned = super().clean() or self.cleaned_data
        needed = {OrderScope.EVENT: ("event",), OrderScope.PERIOD: ("first", "last")}
        for name in needed.get(cleaned.get("scope", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                label = str(self.fields[name].label).lower()
                self.add_error(name, f"Enter the {label}" if name != "event" else "Choose an event")
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        """What the number is for, as the operation takes it."""
        said, scope = self.cleaned_data, self.cleaned_data["scope"]
        period: tuple[date, date] | None = None
        if scope == OrderScope.PERIOD:
            period = (said["first"], said["last"])
        event = self.events[said["event"]] if scope == OrderScope.EVENT else None
        return {"number": said["number"], "event": event, "period": period}


class DisputeForm(RefusableForm):
    """What is wrong with a line."""

    objection = forms.ChoiceField(
        label="What is wrong?", choices=Objection.choices(), widget=Radios()
    )
    text = forms.CharField(
        label="Tell us more",
        help_text="For example, the day the place was cancelled. Do not name children or families.",
        required=False,
        max_length=1000,
        widget=CharacterCount(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """Something else has to be said in words."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("objection") == Objection.OTHER and not cleaned.get("text"):
            self.add_error("text", "Tell us what is wrong")
        return cleaned


class DisputeAnswerForm(RefusableForm):
    """Whether the charge stands, or how much of it is credited."""

    outcome = forms.ChoiceField(
        label="What do you decide?",
        choices=[("stands", "The charge stands"), ("credit", "Credit all or part of it")],
        widget=Radios(),
    )
    amount = money(
        "Amount to credit, including VAT",
        min_value=Decimal("0.01"),
        required=False,
        help_text="Only if you credit it. You issue the credit note next.",
    )
    answer = forms.CharField(
        label="Reason",
        help_text="We will email it to the agency. A credit note shows it too.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """A credit has an amount; a charge that stands has none, whatever was left in the box."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == "stands":
            cleaned["amount"] = Decimal(0)
        elif cleaned.get("outcome") and not cleaned.get("amount") and "amount" not in self.errors:
            self.add_error("amount", "Enter the amount to credit")
        return cleaned
