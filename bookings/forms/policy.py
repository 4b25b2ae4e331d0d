"""The admin's form of the cancellation policy."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from bookings.models import CancellationPolicy
from partnerships.forms.base import TenantModelForm
from partnerships.models import WorkforceGroup


class PolicyForm(TenantModelForm):
    """A version of the cancellation policy; its groups must exist."""

    class Meta:
        model = CancellationPolicy
        fields = ("groups",)  # the admin page names the others

    def clean_groups(self) -> list[str]:
        """Codes of the partnership's own levels or groups."""
        codes: list[str] = self.cleaned_data["groups"] or []
        known = set(WorkforceGroup.objects.values_list("code", flat=True))
        strange = [code for code in codes if code not in known]
        if strange:
            raise ValidationError(
                f"There is no group with the code {', '.join(strange)}. The codes are: {', '.join(sorted(known))}."
            )
        return codes
