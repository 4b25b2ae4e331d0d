"""Forms about financial years: which one, costs of events, contributions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from finance.forms.pages import KeyedForm, money
from finance.rules.costs import CostKind
from finance.rules.years import FinancialYear
from govuk.forms import DateField, GovukForm
from partnerships.models import Agency


class YearFilter(GovukForm):
    """A financial year. One that is not offered is left out."""

    mark_optional = False
    year = forms.ChoiceField(label="Financial year", required=False)

    def __init__(self, *args: Any, years: Sequence[FinancialYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        choices = [(str(year.begins), year.label) for year in years]
        self.fields["year"].choices = choices  # type: ignore[attr-defined]
        self.fields["year"].initial = choices[0][0]

    @property
    def wanted(self) -> FinancialYear:
        """The year that was asked for, or else the newest."""
        self.is_valid()
        said = self.cleaned_data.get("year")
        return FinancialYear(int(said)) if said else self.years[0]


class CostForm(KeyedForm):
    """One cost of an event."""

    kind = forms.ChoiceField(label="What was it for?", choices=CostKind.choices())
    description = forms.CharField(max_length=200)
    amount = money("Amount, excluding VAT", min_value=Decimal("0.01"))
    incurred_on = DateField(label="Date")


class ContributionForm(KeyedForm):
    """Money from an agency for a year."""

    agency = forms.ModelChoiceField(queryset=Agency.objects.none(), empty_label="Choose an agency")
    year = forms.TypedChoiceField(label="Financial year", coerce=int)
    amount = money("Amount", min_value=Decimal("0.01"))
    note = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, years: Sequence[FinancialYear], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(year.begins, year.label) for year in years]
        self.fields["year"].choices = offered  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.active().order_by("name")  # type: ignore[attr-defined]
