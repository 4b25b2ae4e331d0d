"""What all rows that hold typed text have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from govuk.addresses import validate_deliverable
from govuk.text import many_lines, one_line


class Typed(models.Model):
    """Tidies text as it comes in, and refuses addresses that no email could be sent to.

    For values that do not come through a form: commands, imports, other programs. Forms do the same (``govuk.forms``).
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Tidy rows that no form has checked."""
        self.tidy(kwargs.get("update_fields"))
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django does, after the text is tidied."""
        self.tidy()
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            address = getattr(self, field.attname) if isinstance(field, models.EmailField) else ""
            if not address or field.name in errors or field.name in (exclude or ()):
                continue
            try:
                validate_deliverable(address)
            except ValidationError as error:
                errors[field.name] = [error]
        if errors:
            raise ValidationError(errors)

    def tidy(self, names: Iterable[str] | None = None) -> None:
        """Control characters become spaces; line ends stay where several lines can be typed."""
        for field in self._meta.concrete_fields:
            if names is not None and field.name not in names:
                continue
            # A field that was not loaded is not changed either.
            value = self.__dict__.get(field.attname)
            if isinstance(value, str) and type(field) in TIDY:
                setattr(self, field.attname, TIDY[type(field)](value))


TIDY = {models.CharField: one_line, models.TextField: many_lines}
