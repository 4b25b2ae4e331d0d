"""Who was asked, what they answered, and their certificates. Read only: operations write them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evaluation.models import Answer, Certificate, Response, SurveyInvitation
from evaluation.rules.certificate import spaced
from partnerships.admin.base import NOBODY, TRAINING, Permissions, TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site
from partnerships.rules.roles import Permission

ANSWERS: Permissions = frozenset({Permission.READ_ANSWERS})


@admin.register(SurveyInvitation, site=manage_site)
class InvitationAdmin(TenantAdmin):
    """Who was asked and when, how often we reminded them, and whether they answered; not what they said."""

    view_permissions = TRAINING
    change_permissions = NOBODY
    may_add = False
    list_display = (
        "membership",
        "stage",
        "event",
        "state",
        "due_on",
        "sent_on",
        "reminders_sent",
        "closes_on",
        "answered_at",
    )
    list_filter = ("stage", "state")
    list_select_related = ("membership__user", "event__course")
    search_fields = (
        "membership__user__full_name__spelt",
        "event__reference",
        "event__course__title",
    )
    date_hierarchy = "due_on"


class AnswerInline(TenantTabularInline):
    model = Answer
    can_delete = False
    view_permissions = ANSWERS
    change_permissions = NOBODY
    fields = ("question", "number", "text")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        """In the order of the questions."""
        rows = super().get_queryset(request).select_related("question")
        return rows.order_by("question__position")


@admin.register(Response, site=manage_site)
class ResponseAdmin(TenantAdmin):
    """Individual answers, for people who can read them. No one can change what someone else said."""

    view_permissions = ANSWERS
    change_permissions = NOBODY
    may_add = False
    list_display = ("event", "stage", "submitted_at")
    list_filter = ("invitation__stage",)
    list_select_related = ("invitation__event__course",)
    search_fields = ("invitation__event__reference", "invitation__event__course__title")
    date_hierarchy = "submitted_at"
    fields = ("event", "stage", "submitted_at")
    readonly_fields = ("event", "stage")
    inlines = (AnswerInline,)

    @admin.display(description="Event")
    def event(self, response: Response) -> str:
        return f"{response.invitation.event.reference}, {response.invitation.event.course}"

    @admin.display(description="Stage", ordering="invitation__stage")
    def stage(self, response: Response) -> str:
        label: str = response.invitation.get_stage_display()
        return label


@admin.register(Certificate, site=manage_site)
class CertificateAdmin(TenantAdmin):
    """Certificates as issued. They never change; each has its own page to withdraw or replace it."""

    view_permissions = TRAINING
    change_permissions = NOBODY
    may_add = False
    list_display = (
        "holder_name",
        "course_title",
        "completed_on",
        "issued_at",
        "withdrawn_at",
        "document",
    )
    list_filter = ("withdrawal",)
    search_fields = ("holder_name__spelt", "course_title", "code", "booking__reference")
    date_hierarchy = "issued_at"
    exclude: ClassVar[Any] = ("pdf",)
    readonly_fields = ("document",)
    hidden_from_history = ("pdf",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        """Without the documents: a list of 30 would hold a megabyte."""
        return super().get_queryset(request).defer("pdf")

    @admin.display(description="What to do")
    def document(self, certificate: Certificate) -> SafeString:
        address = reverse("certificate_page", args=[certificate.code])
        return format_html(
            '<a href="{}">Open, withdraw or replace {}</a>', address, spaced(certificate.code)
        )
