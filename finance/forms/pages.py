"""The forms of finance: filters, decisions, issuing, payments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone

from bookings.rules.money import pounds
from bookings.rules.prices import ChargeKind
from bookings.steps.sent_before import SENT_BEFORE
from courses.models import Event
from finance.models import Charge, Invoice
from finance.rules.debt import InvoiceStatus
from finance.rules.invoicing import CREDIT_NOTE_DAYS
from finance.rules.ledger_files import KnownAs
from finance.rules.review import ReviewFlag
from finance.rules.states import WAITING, ChargeState
from govuk.forms import Checkboxes, DateField, GovukForm, PrefixedInput, Radios
from govuk.rules.choice import Choice
from govuk.rules.phrases import short_date
from partnerships.models import Agency
from partnerships.rules.electronic_addresses import (
    AddressScheme,
    ElectronicAddress,
    address_reasons,
    compact_address,
)
from partnerships.rules.refused import Refused

MOST = Decimal("9999999.99")


def any_of(choice: type[Choice]) -> list[tuple[str, str]]:
    """Choices of a filter, with "All" first."""
    return [("", "All"), *choice.choices()]


def month_choices(months: Iterable[date]) -> list[tuple[str, str]]:
    """Months by their first day."""
    return [("", "All"), *((first.isoformat(), f"{first:%B %Y}") for first in months)]


def money(label: str, **said: Any) -> forms.DecimalField:
    """An amount in pounds and pence."""
    return forms.DecimalField(
        label=label,
        max_digits=9,
        decimal_places=2,
        max_value=MOST,
        widget=PrefixedInput(prefix="£", attrs={"class": "govuk-input--width-5"}),
        **said,
    )


class MoneyFilter(GovukForm):
    """Filters that both lists share. A value that does not exist is left out, and the page says so."""

    mark_optional = False
    agency = forms.ChoiceField(required=False)
    month = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], months: Iterable[date], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "All"), *((agency.reference, agency.name) for agency in agencies)]
        self.fields["agency"].choices = named  # type: ignore[attr-defined]
        self.fields["month"].choices = month_choices(months)  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid filters, for the report."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if "month" in said:
            said["month"] = date.fromisoformat(said["month"])
        return said


class ChargeFilter(MoneyFilter):
    """Charges by state, what is unusual, agency, event, month and kind; grouped by agency or by event."""

    state = forms.ChoiceField(
        label="Status", required=False, choices=[*any_of(ChargeState), WAITING]
    )
    flag = forms.ChoiceField(
        label="Unusual charges",
        required=False,
        choices=[("", "All"), ("any", "Anything unusual"), *ReviewFlag.choices()],
    )
    event = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(label="Kind of charge", required=False, choices=any_of(ChargeKind))
    group = forms.ChoiceField(
        label="Group by", required=False, choices=[("", "Agency"), ("event", "Event")]
    )
    field_order = ("state", "flag", "agency", "event", "month", "kind", "group")

    def __init__(self, *args: Any, events: Iterable[Event], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.reference, named_with_day(one)) for one in events]
        self.fields["event"].choices = [("", "All"), *named]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """The valid filters, for the report."""
        said = super().wanted
        return {name: value for name, value in said.items() if name != "group"} | {
            "by_event": "group" in said
        }


def named_with_day(event: Event) -> str:
    """An event as a choice."""
    return f"{event.course.title}, {short_date(timezone.localdate(event.starts_at))}"


class ApproveForm(GovukForm):
    """The charges that were ticked, or those of the button that approves several: its sum, then their ids."""

    entry_key = forms.UUIDField(required=False)
    together = forms.RegexField(r"^\d+\.\d\d( \d{1,18})+$", required=False)

    @property
    def shown(self) -> Decimal | None:
        """The sum that the button named."""
        said = self.cleaned_data.get("together")
        return Decimal(said.split()[0]) if said else None

    @property
    def chosen(self) -> list[int]:
        """Ids of charges; anything else that was sent is left out."""
        said = self.cleaned_data.get("together")
        ids = said.split()[1:] if said else self.data.getlist("charge")  # type: ignore[attr-defined]
        return [int(pk) for pk in ids if re.fullmatch(r"[0-9]{1,18}", pk)]


class InvoiceFilter(MoneyFilter):
    """Invoices by status, agency and month of issue."""

    state = forms.ChoiceField(label="Status", required=False, choices=any_of(InvoiceStatus))
    field_order = ("state", "agency", "month")


class RefusableForm(GovukForm):
    """A form whose operation may still refuse it. Each reason is shown next to the field that it names."""

    about: ClassVar[dict[str, str]] = {}  # fields of reasons whose codes are not a field's name

    def refuse(self, refused: Refused) -> None:
        """Show why, with what to do next. A reason about no field of this form is shown above it."""
        for reason in refused.reasons:
            field = self.about.get(reason.code, reason.code)
            words = str(reason)
            self.add_error(field if field in self.fields else None, words)


class DecideForm(RefusableForm):
    amount = money("Amount", min_value=0, help_text="Enter 0 if there is nothing to pay.")
    reason = forms.CharField(
        label="Reason", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class IssueForm(RefusableForm):
    """Which charges of an agency go on one invoice."""

    charges = forms.TypedMultipleChoiceField(
        label="Charges",
        coerce=int,
        widget=Checkboxes(),
        error_messages={"required": "Select at least one charge"},
    )

    def __init__(self, *args: Any, charges: Iterable[Charge], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(charge.pk, in_a_line(charge)) for charge in charges]
        self.fields["charges"].choices = choices  # type: ignore[attr-defined]
        self.fields["charges"].initial = [pk for pk, _ in choices]


def in_a_line(charge: Charge) -> str:
    """A charge as a choice."""
    booking = charge.booking
    kind = ChargeKind(charge.kind).label
    return f"{pounds(charge.amount)}, {kind}: {booking.event.course.title}, {booking.membership}"


class KeyedForm(RefusableForm):
    """A form whose effect must not happen twice, however often it is sent."""

    about = {SENT_BEFORE: "amount"}
    entry_key = forms.CharField(max_length=36, widget=forms.HiddenInput, initial=uuid4)

    def clean_entry_key(self) -> UUID:
        """Names this filled-in form."""
        try:
            return UUID(self.cleaned_data["entry_key"])
        except ValueError as error:
            raise forms.ValidationError("Open this form again.") from error

    def refuse(self, refused: Refused) -> None:
        """If the form was sent before, say so and keep what was typed. Sent again, it counts as a new form."""
        super().refuse(refused)
        if SENT_BEFORE in refused.codes:
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("entry_key")] = str(uuid4())  # type: ignore[index]


class CreditForm(KeyedForm):
    """How much of a line is credited, and why."""

    amount = money("Amount to credit, including VAT", min_value=Decimal("0.01"))
    reason = forms.CharField(
        label="Reason", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed_on = DateField(
        label="When was the reduction agreed?",
        help_text=f"You must issue the credit note within {CREDIT_NOTE_DAYS} days, counting that day.",
    )


class PaymentForm(KeyedForm):
    amount = money("Amount received", min_value=Decimal("0.01"))
    received_on = DateField(label="When did it arrive?")
    reference = forms.CharField(label="Bank reference", required=False, max_length=100)


class RefundForm(KeyedForm):
    amount = money("Amount paid back", min_value=Decimal("0.01"))
    received_on = DateField(label="When was it paid?")
    reference = forms.CharField(
        label="Bank reference", help_text="So that the agency can recognise it.", max_length=100
    )


class SetAgainstForm(KeyedForm):
    """Which invoice is paid with money held."""

    invoice = forms.ChoiceField(label="Which invoice?", widget=Radios())
    amount = money("Amount", min_value=Decimal("0.01"))

    def __init__(self, *args: Any, invoices: Iterable[Invoice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.number, f"{one.number}, {pounds(one.owed)} owed, due {short_date(one.due_on)}")
            for one in invoices
        ]
        self.fields["invoice"].choices = choices  # type: ignore[attr-defined]


class ReverseForm(RefusableForm):
    """Why an entry is reversed."""

    reason = forms.CharField(
        label="Reason", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class WriteOffForm(KeyedForm):
    """Why a debt is written off."""

    reason = forms.CharField(label="Reason", max_length=100, widget=forms.TextInput())


class BillingDetailsForm(RefusableForm):
    """Where an agency's invoices go, and the order number that it wants on them."""

    about = {"number": "purchase_order"}

    address = forms.CharField(
        label="Address",
        help_text="Invoices must show it. No invoices can be issued until you enter it.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    postcode = forms.CharField(
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    finance_email = forms.EmailField(
        label="Finance office email address",
        help_text="We send invoices, credit notes and reminders there.",
        required=False,
    )
    purchase_order = forms.CharField(
        label="Standing purchase order number",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )
    purchase_order_required = forms.BooleanField(
        label="The agency will not pay without an order number", required=False
    )
    electronic_scheme = forms.ChoiceField(
        label="Kind of electronic address",
        help_text="For e-invoices, if the agency takes them in through Peppol.",
        required=False,
        choices=[("", "None"), *AddressScheme.choices()],
    )
    electronic_address = forms.CharField(
        label="Electronic address",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    ledger_code = forms.CharField(
        label="Code in the ledger",
        help_text="What your accounting system calls the agency, if the ledger file has a column for it.",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
    )

    def clean(self) -> dict[str, Any]:
        """The two make one address, or there is none."""
        said = super().clean() or self.cleaned_data
        if {"electronic_scheme", "electronic_address"} <= said.keys():
            scheme, identifier = said.pop("electronic_scheme"), said.pop("electronic_address")
            for reason in address_reasons(scheme, identifier):
                self.add_error(reason.code, str(reason))
            known = AddressScheme(scheme) if scheme else None
            compact = compact_address(scheme, identifier)
            electronic = ElectronicAddress(known, compact) if known else None
            said["known_as"] = KnownAs(electronic, said.pop("ledger_code", ""))
        return said


class ReleaseForm(GovukForm):
    """What finance saw before releasing a run."""

    count = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    total = forms.DecimalField(widget=forms.HiddenInput, max_digits=12, decimal_places=2)


class SendForm(KeyedForm):
    """A press of a button that must not act twice."""


class SendAllForm(SendForm, ReleaseForm):
    """What finance saw before sending statements to all."""

    total = forms.DecimalField(widget=forms.HiddenInput, max_digits=12, decimal_places=2)


class MonthForm(GovukForm):
    """The month of a run, by its first day."""

    month = forms.DateField(input_formats=["%Y-%m-%d"])
