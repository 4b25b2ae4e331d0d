"""Gives every model that has a partnership its policy, composite keys and history automatically.

When Django says that a model class is prepared, the constraints go into its options, so that the autodetector finds
them and no tenant table can be made without them.
"""

import hashlib
from typing import Any

from django.db import models
from django.db.models.signals import class_prepared

from tenancy.fields import TenantForeignKey, TenantOneToOneField
from tenancy.policy import Island, Rule, SamePartnership, SqlConstraint

HISTORY_TABLE = "tenancy_change"
NAME_LIMIT = 60  # Postgres cuts identifiers at 63 bytes; a cut name would clash silently


def short_name(*parts: str) -> str:
    """A constraint name that fits, made unique by a digest if it had to be cut."""
    name = "_".join(parts)
    if len(name) <= NAME_LIMIT:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: NAME_LIMIT - 9]}_{digest}"


def fence(sender: type[models.Model], **kwargs: Any) -> None:
    """Append the constraints of a tenant model; others pass untouched."""
    options = sender._meta
    if options.abstract or options.proxy or sender.__module__ == "__fake__":
        return
    if not options.managed or "partnership" not in {field.name for field in options.local_fields}:
        return
    table = options.db_table
    excludes = None if table == HISTORY_TABLE else tuple(getattr(sender, "history_excludes", ()))
    added: list[SqlConstraint] = [Island(name=short_name(table, "island"), history=excludes)]
    if getattr(sender, "is_rule", False):
        added.append(Rule(name=short_name(table, "rule")))
    for field in options.local_fields:
        if isinstance(field, TenantForeignKey | TenantOneToOneField):
            added.append(
                SamePartnership(name=short_name(table, field.name, "same"), field=field.name)
            )
    options.constraints = [*options.constraints, *added]
    options.original_attrs["constraints"] = options.constraints


class_prepared.connect(fence, dispatch_uid="tenancy.fence")
