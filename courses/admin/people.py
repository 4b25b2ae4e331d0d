"""Who delivers learning, and who has completed it."""

from __future__ import annotations

from django.contrib import admin

from courses.models import Trainer, TrainerQualification, TrainingRecord
from partnerships.admin.base import NOBODY, TRAINING, TenantAdmin, TenantTabularInline
from partnerships.admin.site import manage_site


class QualificationInline(TenantTabularInline):
    """What a trainer has completed, and when it expires."""

    model = TrainerQualification


@admin.register(Trainer, site=manage_site)
class TrainerAdmin(TenantAdmin):
    """The training pool. Trainers who leave it are made inactive."""

    list_display = ("name", "agency", "safeguarding_background", "is_active")
    list_filter = ("is_active", "safeguarding_background")
    search_fields = ("name__spelt", "email__spelt")
    autocomplete_fields = ("membership", "agency")
    inlines = (QualificationInline,)


@admin.register(TrainingRecord, site=manage_site)
class TrainingRecordAdmin(TenantAdmin):
    """Learning recorded by registers. Read only."""

    view_permissions = TRAINING
    change_permissions = NOBODY
    may_add = False
    list_display = ("title", "membership", "completed_on", "minutes", "source")
    list_filter = ("source", "participatory")
    list_select_related = ("membership__user",)
    search_fields = ("title", "membership__user__full_name__spelt")
    date_hierarchy = "completed_on"
