"""Pathways with their steps, guides with their answers."""

from __future__ import annotations

from django.contrib import admin

from competencies.forms.guides import GuideAnswerFormSet
from competencies.models import GuideAnswer, Pathway, PathwayGuide, PathwayStep
from partnerships.admin.base import TRAINING, TenantAdmin, TenantStackedInline, TenantTabularInline
from partnerships.admin.site import manage_site


class StepInline(TenantTabularInline):
    """The courses in order."""

    model = PathwayStep
    autocomplete_fields = ("course",)
    fields = ("position", "course", "optional")


@admin.register(Pathway, site=manage_site)
class PathwayAdmin(TenantAdmin):
    """Courses in the order in which a role takes them."""

    delete_permissions = TRAINING
    list_display = ("title", "role_profile", "months")
    list_filter = ("role_profile",)
    list_select_related = ("role_profile",)
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    autocomplete_fields = ("role_profile",)
    inlines = (StepInline,)


class AnswerInline(TenantStackedInline):
    """One answer per row. Every answer to a question repeats the question."""

    model = GuideAnswer
    formset = GuideAnswerFormSet
    fields = (
        ("question", "question_text"),
        ("label", "position", "leads_to"),
        ("attend", "optional"),
    )


@admin.register(PathwayGuide, site=manage_site)
class PathwayGuideAdmin(TenantAdmin):
    """A few questions that lead to the right course; checked as a whole when saved."""

    delete_permissions = TRAINING
    list_display = ("title", "first")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    inlines = (AnswerInline,)
