"""References to other rows, shown as plain text to people who cannot open them.

Django turns every read-only foreign key into a link, whoever is looking at it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest


@cache
def in_plain_words(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    """What a foreign key points to, as text, under the field's own name."""

    @admin.display(description=field.verbose_name)
    def words(row: Any) -> str:
        value = getattr(row, field.name)
        return "-" if value is None else str(value)

    return words


class ReachableReferences:
    """Put before ModelAdmin and before each inline."""

    model: Any
    admin_site: Any

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """For people who can only look: text instead of links to tables that they cannot open."""
        found = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return found
        return [
            (title, {**options, "fields": [self.shown(request, one) for one in options["fields"]]})
            for title, options in found
        ]

    def shown(self, request: HttpRequest, name: Any) -> Any:
        """The field, or what it points to in words."""
        try:
            field = self.model._meta.get_field(name)
        except (FieldDoesNotExist, TypeError):
            return name
        if not isinstance(field, models.ForeignKey):
            return name
        its_admin = self.admin_site._registry.get(field.related_model)
        reachable = its_admin is None or its_admin.has_view_permission(request)
        return name if reachable else in_plain_words(field)
