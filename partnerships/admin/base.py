"""What every admin page of a partnership's tables has in common.

Rows, and the choices of foreign keys, are the active partnership's: managers are scoped, and PostgreSQL hides
the rest. Roles' permissions say who can do what, never Django's own permission tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from govuk.admin import AccessibleAdminMixin
from govuk.admin_choices import WithoutScriptMixin
from partnerships.access import membership_or_none
from partnerships.admin.lists import StrictLists
from partnerships.admin.references import ReachableReferences
from partnerships.forms.base import TenantModelForm
from partnerships.rules.roles import Permission
from tenancy.history import history_of

Permissions = frozenset[Permission]

TRAINING: Permissions = frozenset({Permission.RUN_TRAINING})
PEOPLE: Permissions = frozenset({Permission.MANAGE_PEOPLE})
RULES: Permissions = frozenset({Permission.MANAGE_PARTNERSHIP})
NOBODY: Permissions = frozenset()
CHANGES_A_PAGE = 50


def holds(request: HttpRequest, permissions: Permissions) -> bool:
    """Whether the person has one of the permissions in the partnership that the address names."""
    membership = membership_or_none(request)
    return membership is not None and bool(membership.permissions & permissions)


MOST_ROWS_SENT = 100  # new rows of one inline


class TenantInlineMixin(ReachableReferences, WithoutScriptMixin):
    """Rows that are edited with their parent, by anyone who can edit the parent."""

    extra = 0
    max_num: int | None = MOST_ROWS_SENT
    view_permissions: ClassVar[Permissions | None] = None
    change_permissions: ClassVar[Permissions | None] = None
    delete_permissions: ClassVar[Permissions | None] = None
    admin_site: Any
    parent_model: Any

    def allows(self, request: HttpRequest, kind: str) -> bool:
        """The inline's own permissions if it has any, otherwise the parent's."""
        parent = self.admin_site.get_model_admin(self.parent_model)
        own = getattr(self, f"{kind}_permissions")
        return holds(request, getattr(parent, f"{kind}_permissions") if own is None else own)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """At most as many rows as a person would fill in; Django would make 2,000 forms if asked to."""
        formset: Any = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        if request.method == "POST":
            formset.absolute_max = MOST_ROWS_SENT + self.rows_of(request, formset, obj)
        return formset

    def rows_of(self, request: HttpRequest, formset: Any, obj: Any) -> int:
        """How many rows the parent has."""
        rows: Any = self.get_queryset(request)  # type: ignore[attr-defined]
        return 0 if obj is None else rows.filter(**{formset.fk.name: obj}).count()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.allows(request, "view") or self.allows(request, "change")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.allows(request, "change")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.allows(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Anyone who can change the list can delete a line of it, unless stated otherwise."""
        return self.allows(request, "change" if self.delete_permissions is None else "delete")


class TenantTabularInline(TenantInlineMixin, admin.TabularInline):  # type: ignore[type-arg]
    """Rows in a table."""

    form = TenantModelForm


class TenantStackedInline(TenantInlineMixin, admin.StackedInline):  # type: ignore[type-arg]
    """Rows one below the other."""

    form = TenantModelForm


class TenantAdmin(
    StrictLists,
    ReachableReferences,
    WithoutScriptMixin,
    AccessibleAdminMixin,
    admin.ModelAdmin,  # type: ignore[type-arg]
):
    """A table of the partnership.

    Anyone who can change rows can add them. No one can delete them unless ``delete_permissions`` says so.
    ``may_add = False`` is for rows that only operations make. Operations change state, so keep state columns in
    ``readonly_fields``.
    """

    view_permissions: ClassVar[Permissions] = TRAINING
    change_permissions: ClassVar[Permissions] = TRAINING
    delete_permissions: ClassVar[Permissions] = NOBODY
    may_add: ClassVar[bool] = True
    hidden_from_history: ClassVar[Sequence[str]] = ()
    form = TenantModelForm
    list_per_page = 30
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds(request, self.view_permissions | self.change_permissions)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_add and holds(request, self.change_permissions)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds(request, self.change_permissions)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return holds(request, self.delete_permissions)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Straight to the page of the row; Django's own detour goes through a table of all partnerships."""
        if obj is None or not hasattr(obj, "get_absolute_url"):
            return None
        address: str = obj.get_absolute_url()
        return address

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The database keeps the history; Django's log would mix partnerships."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """See ``log_addition``."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """See ``log_addition``."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """A safety net below the forms: what only the database can see, such as two rows saved at once."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            text = "Your changes were not saved because they conflict with another entry. Check the list and try again."
            self.message_user(request, text, messages.ERROR)
            return redirect(request.get_full_path())

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Who changed what and when, as the database recorded it."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        pages = Paginator(history_of(obj, hide=self.hidden_from_history), CHANGES_A_PAGE)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj}",
            "subtitle": None,
            "opts": self.opts,
            "object": obj,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "page": pages.get_page(request.GET.get("p")),
            "preserved_filters": self.get_preserved_filters(request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "partnerships/manage/history.html", context)
