"""Choices of the admin that work without JavaScript, and rows that can be added without it.

Django's searched select box has no options until a script asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.http import HttpRequest
from django.utils.choices import BaseChoiceIterator

LISTED = 500  # choices that a page carries; longer lists are searched, which takes JavaScript
LARGEST_KEY = 2**63 - 1
MOST_ROWS = 20


def is_key(value: Any) -> bool:
    """Whether this can be the id of a row."""
    text = str(value)
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_KEY


class ListedSelect(AutocompleteSelect):
    """Django's searched select box, with the choices in it unless there are too many.

    A value that cannot be an id selects nothing; Django would fail on it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The choices, once read; shared with the copies that the rows of a formset get.
        self.read: list[list[Any]] = []

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """One group: an empty choice, then every choice, or only the chosen one of a long list."""
        chosen = {str(each) for each in value if is_key(each)}
        options = [] if self.is_required and chosen else [("", "")]
        rows = self.rows()
        if not self.read:
            self.read.append(list(rows[: LISTED + 1]))
        [found] = self.read
        if len(found) > LISTED:
            found = list(rows.filter(pk__in=chosen))
        label = self.choices.field.label_from_instance
        options += [(str(row.pk), label(row)) for row in found]
        return [
            (
                None,
                [
                    self.create_option(name, key, text, key in chosen, number)
                    for number, (key, text) in enumerate(options)
                ],
                0,
            )
        ]

    def rows(self) -> Any:
        """The choices, with what their names are made of."""
        rows = self.choices.queryset.using(self.db)
        remote: Any = self.admin_site.get_model_admin(rows.model)
        named_by = remote.list_select_related
        return rows.select_related(*named_by) if isinstance(named_by, tuple) else rows


class ReadOnce(BaseChoiceIterator):
    """Choices that are read from the database when first asked for; the rows of a formset share them."""

    def __init__(self, choices: Iterable[Any]) -> None:
        self.choices = choices
        self.read: list[list[Any]] = []

    def __iter__(self) -> Iterator[Any]:
        if not self.read:
            self.read.append(list(self.choices))
        return iter(self.read[0])


class WithoutScriptMixin:
    """Put before ModelAdmin and before each inline."""

    admin_site: Any
    extra: int

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A searched select box that has its choices; those of the others are read once."""
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:  # type: ignore[attr-defined]
            kwargs["widget"] = ListedSelect(db_field, self.admin_site, using=kwargs.get("using"))
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and not isinstance(field.widget, ListedSelect):
            field.choices = ReadOnce(field.choices)
        return field

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Of an inline: as many empty rows as ``?rows=`` asks for; with JavaScript they are added on the page."""
        asked = request.GET.get("rows", "")
        return min(int(asked), MOST_ROWS) if is_key(asked) else self.extra
