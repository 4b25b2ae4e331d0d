"""Makes Django's admin usable with a keyboard and a screen reader.

Django labels the fields of a plain change form, but not the inputs of an editable list or of a tabular
inline: there the column heading is only near, not named. The mixin names each "column: row".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

PARTS = ("date", "time")


def name_widget(widget: forms.Widget, name: str) -> None:
    """Give a widget, and every part of a composed one, an accessible name of its own."""
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    if isinstance(widget, forms.MultiWidget):
        for number, part in enumerate(widget.widgets):
            words = PARTS[number] if number < len(PARTS) else str(number + 1)
            part.attrs.setdefault("aria-label", f"{name}, {words}")
    else:
        widget.attrs.setdefault("aria-label", name)


class NamesItsRows:
    """A form set whose inputs say which column and row they belong to."""

    def add_fields(self, form: forms.ModelForm[Any], index: int | None) -> None:
        """Called last for each row, when the delete box is among the fields."""
        super().add_fields(form, index)  # type: ignore[misc]
        row = str(form.instance) if form.instance.pk else "new"
        for name, field in form.fields.items():
            if not field.widget.is_hidden:
                name_widget(field.widget, f"{field.label or name}: {row}")


def naming(formset: type[BaseModelFormSet[Any, Any]]) -> type[BaseModelFormSet[Any, Any]]:
    """The same form set class, with its rows' inputs named."""
    if issubclass(formset, NamesItsRows):
        return formset
    return type(f"Named{formset.__name__}", (NamesItsRows, formset), {})


class AccessibleAdminMixin(Base):
    """Put this before ModelAdmin: `class CourseAdmin(AccessibleAdminMixin, admin.ModelAdmin)`.

    Its inlines need no mixin of their own.
    """

    def formfield_for_dbfield(
        self, db_field: models.Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The two boxes of a moment share one label, so each gets a name."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, forms.MultiWidget):
            name_widget(field.widget, str(field.label or db_field.name))
        return field

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        """The rows of an editable list."""
        return naming(super().get_changelist_formset(request, **kwargs))

    def get_formsets_with_inlines(
        self, request: HttpRequest, obj: Any = None
    ) -> Iterator[tuple[Any, Any]]:
        """The rows of every inline."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            yield naming(formset), inline
