"""Forms that write rows of a partnership."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.forms.utils import pretty_name

from govuk.forms import tidy_text, tie_errors
from govuk.wording import use_plain_words


class TenantFormMixin:
    """Put before ModelForm: checks what must be unique within the partnership, tidies text, words errors.

    Django leaves out every constraint with a column that is not on the form, and the partnership never is; the
    database would refuse the row with an error page instead of a sentence.
    """

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            tidy_text(field)
            use_plain_words(field, str(field.label or pretty_name(name)))

    def full_clean(self) -> None:
        """Tie composed controls to their errors as well; Django only ties plain ones."""
        super().full_clean()  # type: ignore[misc]
        for name in self.errors:  # type: ignore[attr-defined]
            if name in self.fields:
                tie_errors(self[name])  # type: ignore[index]

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"partnership"}


class TenantModelForm(TenantFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What the admin's forms are made of."""


def first_overlap(spans: list[tuple[Any, Any]]) -> tuple[Any, Any] | None:
    """The first days of two spans (first, last or None for open) that overlap."""
    ordered = sorted(spans, key=lambda span: span[0])
    for (start, end), (next_start, _) in pairwise(ordered):
        if end is None or end >= next_start:
            return start, next_start
    return None
