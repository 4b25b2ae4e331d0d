"""Lists that can be filtered only by the filters they offer.

Django accepts any column and any lookup of a table in the address, such as ``?text__regex=``, so anyone could find
out letter by letter what a list hides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import get_fields_from_path
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from govuk.admin_choices import is_key

# The lookups that Django's admin filters use: one value, several, none, an interval.
LOOKUPS = ("", "__exact", "__in", "__isnull")
RELATED = (*LOOKUPS, "__id__exact")
DATES = ("__gte", "__lt", "__isnull")
# Bounds of a year in a filter: others overflow somewhere between Python and PostgreSQL.
PARTS = {"__year": range(1900, 3000), "__month": range(1, 13), "__day": range(1, 32)}
LONGEST = 200


def lookups_of(field: models.Field[Any, Any]) -> tuple[str, ...]:
    """The lookups that a filter on a field uses."""
    if field.is_relation:
        return RELATED
    return (*LOOKUPS, *DATES) if isinstance(field, models.DateField) else LOOKUPS


class StrictLists:
    """Put before ModelAdmin."""

    model: Any
    date_hierarchy: ClassVar[str | None]
    message_user: Any

    def lookups_allowed(self, request: HttpRequest) -> Iterator[str]:
        """Every parameter that can filter the list."""
        for item in self.get_list_filter(request):  # type: ignore[attr-defined]
            if isinstance(item, type):
                yield from names_of(item)
                continue
            path = item if isinstance(item, str) else item[0]
            for lookup in lookups_of(get_fields_from_path(self.model, path)[-1]):
                yield f"{path}{lookup}"
        if self.date_hierarchy:
            yield from (f"{self.date_hierarchy}{part}" for part in PARTS)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list offers. A value that its filters do not have leads back to the whole list."""
        if lookup not in set(self.lookups_allowed(request)):
            return False
        if not possible(self.model, lookup, value):
            raise IncorrectLookupParameters
        return True

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Django takes any text for any field."""
        return initial_values(self.model, request.GET.dict())

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Actions are for rows of the list; something that is not an id was not selected here."""
        if request.method == "POST" and not all(
            map(is_key, request.POST.getlist("_selected_action"))
        ):
            text = "Nothing was changed because we could not read your selection. Select the rows again."
            self.message_user(request, text, messages.ERROR)
            return redirect(request.get_full_path())
        answer: HttpResponse = super().changelist_view(request, extra_context)  # type: ignore[misc]
        return answer


def initial_values(model: type[models.Model], given: dict[str, str]) -> dict[str, Any]:
    """What an address fills into the fields of a new row: only values that the fields can hold."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, models.Field) and possible(model, name, value):
            found[name] = value if field.is_relation else field.to_python(value)
    return found


def names_of(filter_class: Any) -> Iterable[str]:
    """The parameters of a custom filter."""
    return [filter_class.parameter_name] if filter_class.parameter_name else []


def possible(model: type[models.Model], lookup: str, value: str) -> bool:
    """Whether a row could have this value at all. We do not send the database values that it cannot read."""
    if "\x00" in value or len(value) > LONGEST:
        return False
    for part, bounds in PARTS.items():
        if lookup.endswith(part):
            return is_key(value) and int(value) in bounds
    path, _, last = lookup.rpartition("__")
    try:
        field = get_fields_from_path(
            model, path if last in {"exact", "in", "isnull", "gte", "lt"} else lookup
        )[-1]
    except FieldDoesNotExist:
        return True  # a custom filter, which compares it with its own choices
    if last == "isnull":
        return value in {"True", "False", "1", "0"}
    return all(fits(field, each) for each in (value.split(",") if last == "in" else [value]))


def fits(field: models.Field[Any, Any], value: str) -> bool:
    """Whether a column can hold the value."""
    if field.is_relation or isinstance(field, models.AutoField):
        return is_key(value)
    try:
        field.to_python(value)
    except Exception:  # whatever a field does with rubbish
        return False
    return True
