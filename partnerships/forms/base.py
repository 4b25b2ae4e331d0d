"""Forms that write rows of a partnership."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms


class TenantFormMixin:
    """Put before ModelForm: checks what must be unique within the partnership.

    Django leaves out every constraint with a column that is not on the form, and the partnership never is; the
    database would refuse the row with an error page instead of a sentence.
    """

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"partnership"}


class TenantModelForm(TenantFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """What the admin's forms are made of."""


def first_overlap(spans: list[tuple[Any, Any]]) -> tuple[Any, Any] | None:
    """Two spans of days (first, last or None for open) that share a day: the first days of both."""
    ordered = sorted(spans, key=lambda span: span[0])
    for (start, end), (next_start, _) in pairwise(ordered):
        if end is None or end >= next_start:
            return start, next_start
    return None
