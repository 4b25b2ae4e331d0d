"""Registers the design system with Django."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    """No models: templates, tags and form classes only."""

    name = "govuk"
    verbose_name = "Design system"
