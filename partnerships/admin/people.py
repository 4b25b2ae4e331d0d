"""People, what they can do, and where they work."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from partnerships.access import membership_or_none
from partnerships.admin.base import PEOPLE, TRAINING, TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site
from partnerships.forms.access import AccessForm
from partnerships.models import Employment, EmploymentState, Membership
from partnerships.operations.set_access import set_access
from partnerships.rules.granting import needs_another_to_confirm
from partnerships.rules.roles import Role


class RoleFilter(admin.SimpleListFilter):
    """People who hold a role."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return Role.choices()

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = [role for role in Role if role.value == self.value()]
        return queryset.holding(chosen[0]) if chosen else queryset


class EmploymentInline(TenantTabularInline):
    """Where the person works. There is a separate page to confirm it, so that we tell the person."""

    model = Employment
    fk_name = "membership"
    fields = ("agency", "group", "job_title", "line_manager", "starts_on", "ends_on", "state")
    readonly_fields = ("state",)
    autocomplete_fields = ("agency", "line_manager")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.of_others(request, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.of_others(request, obj) and super().has_change_permission(request, obj)

    def of_others(self, request: HttpRequest, obj: Any) -> bool:
        """Only administrators can say where they themselves work. For others, a colleague or the agency does."""
        by = membership_or_none(request)
        return by is None or obj != by or not needs_another_to_confirm(by.granted)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Employments end, but are not deleted, because bookings name them."""
        return False


@admin.register(Membership, site=manage_site)
class MembershipAdmin(TenantAdmin):
    """People sign up and join by themselves; here they get their roles."""

    view_permissions = TRAINING
    change_permissions = PEOPLE
    may_add = False
    form = AccessForm
    list_display = ("name", "email", "held_roles", "is_active", "joined_at")
    list_filter = (RoleFilter, "is_active")
    list_select_related = ("user",)
    search_fields = ("user__full_name__spelt", "user__email__spelt")
    fields = ("name", "email", "roles", "is_active", "joined_at")
    readonly_fields = ("name", "email", "joined_at")
    inlines = (EmploymentInline,)

    @admin.display(ordering="user__full_name")
    def name(self, membership: Membership) -> str:
        return membership.user.full_name or membership.user.email

    @admin.display(description="Email address", ordering="user__email")
    def email(self, membership: Membership) -> str:
        return membership.user.email

    @admin.display(description="Roles")
    def held_roles(self, membership: Membership) -> str:
        return ", ".join(role.label for role in Role if role.value in membership.roles)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The form knows who is asking."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("AccessForm", (form,), {"by": membership_or_none(request)})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """By the operation, which checks once more while the administrators are locked."""
        by = membership_or_none(request)
        assert by is not None
        set_access(membership=obj, roles=obj.roles, is_active=obj.is_active, by=by)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Employments that the office enters are confirmed automatically."""
        for row in formset.save(commit=False):
            if row.pk is None:
                row.state, row.confirmed_at = EmploymentState.CONFIRMED, timezone.now()
                row.confirmed_by = membership_or_none(request)
            row.save()
        formset.save_m2m()


@admin.register(Employment, site=manage_site)
class EmploymentAdmin(TenantAdmin):
    """For looking things up. Changes are made on the person's page."""

    view_permissions = TRAINING
    change_permissions = frozenset()
    may_add = False
    list_display = ("membership", "agency", "job_title", "group", "starts_on", "ends_on", "state")
    list_filter = ("state", "group")
    list_select_related = ("membership__user", "agency", "group")
    search_fields = (
        "membership__user__full_name__spelt",
        "membership__user__email__spelt",
        "agency__name",
    )
