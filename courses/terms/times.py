"""When events are, added to rows of a list."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import DateTimeField, ExpressionWrapper, F, Func, OuterRef

from courses.models import Session


def session_times(event: str = "pk") -> ArraySubquery:
    """Start and end of each session of the event that a column names, for :attr:`Event.times`."""
    pair = Func(F("starts_at"), F("ends_at"), template="ARRAY[%(expressions)s]")
    rows = Session.objects.filter(event=OuterRef(event)).order_by("starts_at")
    pairs = rows.values(pair=ExpressionWrapper(pair, output_field=ArrayField(DateTimeField())))
    return ArraySubquery(pairs)
