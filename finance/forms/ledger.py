"""Forms of the ledger file: one column, and codes with dates."""

from __future__ import annotations

from typing import Any

from django import forms

from bookings.rules.prices import ChargeKind
from finance.forms.pages import RefusableForm
from finance.rules.ledger_files import DateStyle, FileColumn, LedgerField
from finance.rules.vat import VatCode
from govuk.forms import Radios

CODED_VALUES = {"charge": ChargeKind, "vat": VatCode}
SHORT = {"class": "govuk-input--width-10"}


class ColumnForm(RefusableForm):
    """What one column of the file is called, what stands in it and where it is."""

    heading = forms.CharField(max_length=60)
    what = forms.ChoiceField(label="What goes in this column?", choices=LedgerField.choices())
    text = forms.CharField(
        label="Text in every row",
        help_text="Only if you selected “The same text in every row”. For example, a cost centre.",
        required=False,
        max_length=60,
    )
    position = forms.IntegerField(
        help_text="1 is the first column. The columns after it move along.",
        min_value=1,
        max_value=200,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )

    @property
    def column(self) -> FileColumn:
        said = self.cleaned_data
        return FileColumn(said["heading"], LedgerField(said["what"]), said["text"])


class LedgerCodesForm(RefusableForm):
    """A code for each kind of charge and each VAT treatment, and how the file is written."""

    mark_optional = False  # every code is
    dates = forms.ChoiceField(
        label="How are dates written?", choices=DateStyle.choices(), widget=Radios()
    )
    signed = forms.BooleanField(
        label="Write credit notes and payments with a minus sign", required=False
    )
    with_payments = forms.BooleanField(
        label="Include payments, refunds and debts written off",
        help_text="Do not select this if the ledger gets them from the bank.",
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = {name: self.fields.pop(name) for name in tuple(self.fields)}
        for coded, kinds in CODED_VALUES.items():
            for kind in kinds:
                self.fields[f"{coded}_{kind.value}"] = code_field(kind.label)
        self.fields |= written

    @property
    def settings(self) -> dict[str, Any]:
        """What was entered, as the operation takes it."""
        said = self.cleaned_data
        return {
            "codes": {
                (coded, kind.value): said[f"{coded}_{kind.value}"]
                for coded, kinds in CODED_VALUES.items()
                for kind in kinds
            },
            "dates": DateStyle(said["dates"]),
            "signed": said["signed"],
            "with_payments": said["with_payments"],
        }


def code_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=f"Code for: {label}",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=SHORT),
    )
