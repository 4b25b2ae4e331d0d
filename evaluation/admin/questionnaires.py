"""Versions of questionnaires, and the plan for sending them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from evaluation.forms.questionnaires import PlanForm, QuestionForm
from evaluation.models import EvaluationPlan, Question, Questionnaire, Response
from evaluation.operations.copy_questionnaire import copy_questionnaire
from govuk.rules.phrases import counted
from partnerships.admin.base import RULES, TRAINING, TenantAdmin, TenantStackedInline
from partnerships.admin.site import manage_site


class QuestionInline(TenantStackedInline):
    """One question. Its key links one person's answers across the stages."""

    model = Question
    form = QuestionForm

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_answered(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not is_answered(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not is_answered(obj)


@admin.register(Questionnaire, site=manage_site)
class QuestionnaireAdmin(TenantAdmin):
    """A version cannot change once someone has answered it. Make changes in the next version."""

    change_permissions = TRAINING
    delete_permissions = TRAINING
    list_display = ("title", "stage", "course", "version", "valid_from", "answers")
    list_filter = ("stage",)
    list_select_related = ("course",)
    search_fields = ("title", "course__title")
    autocomplete_fields = ("course",)
    inlines = (QuestionInline,)
    actions = ("next_version",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        """With the number of answers, in the same query."""
        answered = Q(invitations__response__isnull=False)
        rows = super().get_queryset(request)
        return rows.annotate(answered=Count("invitations", filter=answered))  # type: ignore[no-any-return]

    @admin.display(description="Answered by")
    def answers(self, questionnaire: Any) -> str:
        return f"{questionnaire.answered:,}"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not is_answered(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version that no one has been asked can be deleted."""
        unused = obj is None or not obj.invitations.exists()
        return unused and super().has_delete_permission(request, obj)

    @admin.action(description="Make the next version", permissions=["add"])
    def next_version(self, request: HttpRequest, queryset: Any) -> None:
        """A copy to work on, in force from today."""
        chosen = list(queryset)
        for questionnaire in chosen:
            copy_questionnaire(questionnaire=questionnaire, valid_from=timezone.localdate())
        text = f"{counted(len(chosen), 'new version')} created. Make your changes before anyone answers."
        self.message_user(request, text, messages.SUCCESS)


@admin.register(EvaluationPlan, site=manage_site)
class EvaluationPlanAdmin(TenantAdmin):
    """When people are asked. One row. Invitations that are already planned keep their dates."""

    view_permissions = TRAINING
    change_permissions = RULES
    form = PlanForm
    list_display = (
        "__str__",
        "baseline_at_booking",
        "certificate_needs_evaluation",
        "send_on_working_days_only",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not EvaluationPlan.objects.exists()


def is_answered(questionnaire: Questionnaire | None) -> bool:
    """Whether anyone has answered this version. None is a questionnaire that does not exist yet."""
    if questionnaire is None or questionnaire.pk is None:
        return False
    known = getattr(questionnaire, "answered", None)
    if known is not None:
        return bool(known)
    answers = Response.objects.filter(invitation__questionnaire=OuterRef("pk"))
    return bool(Questionnaire.objects.filter(Exists(answers), pk=questionnaire.pk).exists())
