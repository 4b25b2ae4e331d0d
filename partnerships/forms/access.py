"""What a person may do here."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from partnerships.forms.base import TenantModelForm
from partnerships.models import Membership
from partnerships.rules.roles import Role
from partnerships.terms import access_reasons


class AccessForm(TenantModelForm):
    """Roles as a list of checkboxes. ``by``, the person making the change, is set by the admin for each request."""

    by: ClassVar[Membership | None] = None

    roles = forms.MultipleChoiceField(
        choices=Role.choices(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Only partnership administrators can give roles that act for the partnership.",
    )

    class Meta:
        model = Membership
        fields = ("roles", "is_active")

    def clean(self) -> dict[str, Any] | None:
        """Refuse roles that the person may not give or take away."""
        cleaned = super().clean()
        if self.by is not None and not self.errors:
            for reason in access_reasons(
                membership=self.instance,
                roles=self.cleaned_data["roles"],
                is_active=self.cleaned_data["is_active"],
                by=self.by,
            ):
                self.add_error("roles", str(reason))
        return cleaned
