"""Forms about payment files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from finance.forms.pages import RefusableForm, any_of
from finance.rules.csv_tables import LARGEST_FILE, size_reasons
from finance.rules.payment_columns import Columns, Meaning
from finance.rules.sharing import Wanted, typed_shares
from finance.rules.states import ImportState
from govuk.forms import GovukForm, Radios

PAYS, ASIDE = "pays", "aside"
HINTS = {
    Meaning.AMOUNT: "If one column has both money in and, as negative amounts, money out.",
    Meaning.DETAILS: "Read together with the reference.",
}


class PaymentFileForm(RefusableForm):
    """A file to upload."""

    file = forms.FileField(
        label="Payment file",
        help_text=(
            "A CSV file from the bank or the ledger. It needs headings, and at least a date, an amount and a reference"
            f" or a payer. It can be up to {LARGEST_FILE // 1_000_000} MB."
        ),
        error_messages={
            "required": "Choose a payment file",
            "empty": "The file is empty. Choose another file.",
        },
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before it is read."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        for reason in size_reasons(sent.size or 0):
            raise forms.ValidationError(str(reason))
        return sent


class ColumnsForm(RefusableForm):
    """Which column of a file means what."""

    mark_optional = False  # which of them are needed depends on the others
    about: ClassVar[dict[str, str]] = {"columns": Meaning.DAY}

    def __init__(self, *args: Any, headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(n), heading or f"Column {n + 1}") for n, heading in enumerate(headings)]
        for column in Meaning:
            self.fields[column.value] = forms.ChoiceField(
                label=column.label,
                help_text=HINTS.get(column, ""),
                choices=[("", "Not in this file"), *named],
                required=False,
            )

    @property
    def columns(self) -> Columns:
        """What was chosen."""
        said = self.cleaned_data
        return {column: int(said[column.value]) for column in Meaning if said.get(column.value)}


class ImportedForm(RefusableForm):
    """Which invoices a payment is for, or that it is for none."""

    mark_optional = False
    outcome = forms.ChoiceField(
        label="What is this payment for?",
        choices=[(PAYS, "These invoices"), (ASIDE, "No invoice: set it aside")],
        widget=Radios(),
    )
    shares = forms.CharField(
        label="Invoice numbers",
        help_text=(
            "One number on each line. If only part of an invoice is paid, add the amount, such as INV20260001 50.00."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    hold_rest = forms.BooleanField(label="Hold any overpayment for the agency", required=False)
    reason = forms.CharField(
        label="Why are you setting it aside?",
        help_text="For example, it is for something else, or it is a refund that has already been entered.",
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted: list[Wanted] = []

    def clean(self) -> dict[str, Any]:
        """What is needed depends on the outcome."""
        said = super().clean() or self.cleaned_data
        if said.get("outcome") == ASIDE and not said.get("reason"):
            self.add_error("reason", "Enter why you are setting it aside")
        if said.get("outcome") == PAYS and "shares" in said:
            self.wanted, faults = typed_shares(said["shares"])
            for fault in faults:
                self.add_error("shares", str(fault))
        return said


class ImportedFilter(GovukForm):
    """Payments of a file by state."""

    mark_optional = False
    state = forms.ChoiceField(label="Status", required=False, choices=any_of(ImportState))

    @property
    def wanted(self) -> str:
        """The state; empty if none or no real one was asked for."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))
