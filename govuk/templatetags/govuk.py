"""`{% load govuk %}`: the tags for forms and components. Each docstring shows its use."""

from __future__ import annotations

from django import template

from govuk.tags import blocks, charts, fields, navigation, pieces

register = template.Library()

for module in (fields, pieces, blocks, navigation, charts):
    register.tags.update(module.register.tags)
    register.filters.update(module.register.filters)
