"""Dated runs of courses. Operations change states; the rest of the daily work is on the event board."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from courses.admin.event_changes import AsksBefore, SessionFormSet, Telling
from courses.models import Event, EventTrainer, Session
from courses.operations.publish_event import publish_event
from courses.operations.reschedule_event import reschedule_event
from courses.rules.states import EventState
from courses.terms.staffing import publishing_reasons, room_reasons
from govuk.admin_choices import is_key
from partnerships.admin.base import TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site
from partnerships.rules.reasons import Explanation
from partnerships.rules.refused import Refused

TOLD = frozenset({"venue", "delivery", "joining_url", "joining_notes"})


class SessionInline(TenantTabularInline):
    """The sessions. The event starts with the first and ends with the last."""

    model = Session
    formset = SessionFormSet
    fields = ("starts_at", "ends_at")


class EventTrainerInline(TenantTabularInline):
    model = EventTrainer
    autocomplete_fields = ("trainer",)


@admin.register(Event, site=manage_site)
class EventAdmin(AsksBefore, TenantAdmin):
    """A new event takes the times of its first session. Other sessions are added afterwards."""

    list_display = ("course", "reference", "starts_at", "state", "delivery", "venue", "capacity")
    list_filter = ("state", "delivery", "venue")
    list_select_related = ("course", "venue")
    search_fields = ("reference", "course__title")
    date_hierarchy = "starts_at"
    autocomplete_fields = ("course", "venue", "programme")
    actions = ("publish",)
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    fields = (
        *("course", "reference", "state", "still_needed", "starts_at", "ends_at"),
        *("bookings_close_at", "counted_close", "delivery", "venue", "capacity", "programme"),
        *("joining_url", "joining_notes"),
    )

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """The event, locked so that no one else changes it, its places or its register at the same time."""
        if request.method == "POST" and is_key(object_id):
            Event.objects.select_for_update(of=("self",)).filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Times follow the sessions once there are any. The course cannot change once people can book it."""
        times = () if obj is None else ("starts_at", "ends_at", "reference")
        course = () if obj is None or obj.state == EventState.DRAFT else ("course",)
        return ("state", "still_needed", "counted_close", *times, *course)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """A new event has no sessions to list yet."""
        return [EventTrainerInline] if obj is None else [SessionInline, EventTrainerInline]

    @admin.display(description="Still needed")
    def still_needed(self, event: Event) -> str:
        """What the event still needs before it can be published."""
        if event._state.adding:
            return "Save the event to see this."
        is_draft = event.state == EventState.DRAFT
        reasons = publishing_reasons(event, timezone.now()) if is_draft else room_reasons(event)
        if not reasons:
            return "Nothing"
        lines = ((str(each),) for each in reasons)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", lines))

    @admin.display(description="Close of bookings by the charging policy")
    def counted_close(self, event: Event) -> str:
        """What applies while no time is set by hand, and how it was worked out."""
        if event.book_by_why is None:
            return "When the event starts"
        return " ".join(Explanation.from_json(event.book_by_why).steps)

    @admin.action(description="Publish the selected events", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Event]) -> None:
        """Open them to everyone. An event that is not ready stays a draft, and we say why."""
        for event in queryset:
            Telling.follow(event, timezone.now())
            try:
                publish_event(event=event, now=timezone.now())
            except Refused as refusal:
                messages.error(request, f"{event} ({event.reference}): {refusal}")
            else:
                messages.success(request, f"{event} ({event.reference}) has been published.")

    def save_model(self, request: Any, obj: Event, form: Any, change: bool) -> None:
        """A change that people are told about is a new revision, so that calendars pick it up."""
        if change and TOLD & set(form.changed_data):
            obj.revision += 1
        super().save_model(request, obj, form, change)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """A new event gets its first session. If an event changes, we tell the people affected."""
        super().save_related(request, form, formsets, change)
        if not change:
            event = form.instance
            reschedule_event(event=event, times=[(event.starts_at, event.ends_at)])
        Telling.follow(form.instance, timezone.now())
        for formset in formsets:
            if isinstance(formset, SessionFormSet):
                formset.tell(timezone.now())
                if formset.told:
                    messages.success(request, f"We will email {formset.told}.")

    def save_formset(self, request: Any, form: ModelForm[Any], formset: Any, change: bool) -> None:
        """Sessions are set by the operation, so that the event's own times follow."""
        if formset.model is not Session:
            super().save_formset(request, form, formset, change)
            return
        formset.save(commit=False)
        formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        if formset.times != formset.before.times:
            reschedule_event(event=form.instance, times=formset.times)
