"""Gathers a page's form errors for the error summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.formsets import BaseFormSet

from govuk.rendering import focus_id


@dataclass(frozen=True)
class Problem:
    """One line of the summary, and the id of the input it leads to ("" when there is none)."""

    text: str
    target: str


def form_problems(form: forms.BaseForm) -> Iterator[Problem]:
    """A form's errors in the order of its fields; those of the whole form lead to its first input."""
    visible: list[BoundField] = form.visible_fields()
    first = focus_id(visible[0]) if visible else ""
    yield from (Problem(str(text), first) for text in form.non_field_errors())
    for bound in form.hidden_fields():
        yield from (Problem(f"{bound.label}: {text}", first) for text in bound.errors)
    for bound in visible:
        yield from (Problem(str(text), focus_id(bound)) for text in bound.errors)


def formset_problems(formset: BaseFormSet[Any]) -> Iterator[Problem]:
    """The errors of every form of the set, and of the set itself."""
    targets = [
        focus_id(form.visible_fields()[0]) for form in formset.forms if form.visible_fields()
    ]
    first = targets[0] if targets else ""
    yield from (Problem(str(text), first) for text in formset.non_form_errors())
    for form in formset.forms:
        yield from form_problems(form)


def problems_in(candidates: Iterable[object]) -> list[Problem]:
    """The problems of all forms among some template variables, without repetitions."""
    found: dict[Problem, None] = {}
    seen: set[int] = set()
    for candidate in candidates:
        if id(candidate) in seen:
            continue
        seen.add(id(candidate))
        if isinstance(candidate, BaseFormSet) and candidate.is_bound:
            found.update(dict.fromkeys(formset_problems(candidate)))
        elif isinstance(candidate, forms.BaseForm) and candidate.errors:
            found.update(dict.fromkeys(form_problems(candidate)))
    return list(found)
