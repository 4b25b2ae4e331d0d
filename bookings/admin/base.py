"""Who can see what here, and tables that only operations write."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest

from partnerships.admin.base import NOBODY, Permissions, TenantAdmin
from partnerships.rules.roles import Permission

MONEY: Permissions = frozenset({Permission.MANAGE_MONEY})


class ReadOnlyAdmin(TenantAdmin):
    """Rows to look at. They are changed on the finance and register pages."""

    view_permissions: ClassVar[Permissions] = MONEY
    change_permissions: ClassVar[Permissions] = NOBODY
    may_add = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
