"""`{% load wording %}`: days and times in the words of the rules, in the partnership's own time zone."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from govuk.rules import phrases as wording

register = template.Library()


@register.filter
def moment(instant: datetime | None) -> str:
    """5pm on Monday 16 December 2024, or the end of that Monday."""
    return wording.moment(instant, timezone.get_current_timezone()) if instant else ""


@register.filter
def long_day(instant: datetime | date | None) -> str:
    """Monday 16 December 2024."""
    return wording.long_date(local_date(instant)) if instant else ""


@register.filter
def short_day(instant: datetime | date | None) -> str:
    """16 December 2024."""
    return wording.short_date(local_date(instant)) if instant else ""


@register.filter
def clock(instant: datetime | None) -> str:
    """9:30am."""
    return wording.clock(timezone.localtime(instant).time()) if instant else ""


@register.filter
def stamp(instant: datetime | None) -> str:
    """16 December 2024, 9:30am: when something was done."""
    return f"{short_day(instant)}, {clock(instant)}" if instant else ""


def local_date(instant: datetime | date) -> date:
    """The local day of an instant; a day is one already."""
    return timezone.localdate(instant) if isinstance(instant, datetime) else instant
