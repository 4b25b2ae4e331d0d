"""A form whose fields are grouped by hand shows every field that a person may change."""

import pytest
from django.contrib.admin.utils import flatten_fieldsets

from partnerships.admin.site import manage_site

GROUPED = {
    model: admin for model, admin in manage_site._registry.items() if admin.fieldsets is not None
}


@pytest.mark.parametrize("model", GROUPED, ids=lambda model: model._meta.label)
def test_no_field_is_forgotten(model: type) -> None:
    """One that stands in no group cannot be seen, nor changed."""
    admin = GROUPED[model]
    can_be_changed = {
        field.name
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)  # type: ignore[attr-defined]
        if field.editable and not field.auto_created
    }
    assert can_be_changed - set(admin.exclude or ()) <= set(flatten_fieldsets(admin.fieldsets))
