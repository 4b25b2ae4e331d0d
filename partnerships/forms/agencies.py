"""How an agency pays for training, row by row."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from partnerships.forms.base import first_overlap


class PayerClassFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Checks the rows together: ending one class and beginning the next is one change."""

    def clean(self) -> None:
        super().clean()
        kept = [
            form.cleaned_data
            for form in self.forms
            if getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        ]
        spans = [(row["valid_from"], row.get("valid_to")) for row in kept if row.get("valid_from")]
        overlap = first_overlap(spans)
        if overlap is not None:
            first, second = overlap
            raise ValidationError(
                f"The class from {first:%-d %B %Y} still applies on {second:%-d %B %Y}. "
                "Enter a last day before that."
            )
