"""We email people when an event or its venue changes. The person making the change first sees who and about what."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from courses.followers import Follower
from courses.models import Event, Session
from courses.rules.changes import EventChange, Known, mark_of, what_changed
from courses.rules.when import Times
from courses.terms.known import known
from courses.terms.new_times import check_new_times
from govuk.rules.phrases import counted, listed, long_date
from partnerships.rules.refused import Refused

AGREES = "tell"  # the checkbox; its value stands for the changes that were shown


@dataclass(frozen=True)
class Asking:
    """What is shown before a change is saved.

    ``concerned`` says who will be told of the changes; ``too_few`` that more places are taken than there would be;
    ``events`` how many events people are told about, if it is not just the event whose page this is.
    """

    changes: tuple[EventChange, ...]
    concerned: str
    too_few: str = ""
    events: str = ""

    @property
    def mark(self) -> str:
        """What the checkbox sends."""
        return mark_of(self.changes, self.too_few)


if TYPE_CHECKING:
    Base = BaseInlineFormSet[Session, Event, ModelForm[Session]]
    AdminBase = admin.ModelAdmin[Any]
else:
    Base, AdminBase = BaseInlineFormSet, object


class Telling:
    """A form or set of forms. We tell people about a change once the person making it has agreed."""

    followers: ClassVar[tuple[Follower, ...]] = ()  # set by config, which knows all apps
    data: Any
    asking: Asking | None = None
    told: str = ""  # who is told once everything is saved

    def concerned(
        self, events: Collection[Event], changes: tuple[EventChange, ...], now: datetime
    ) -> str:
        """Everyone affected by the changes at events that are not over; empty if there is no one."""
        if not changes:
            return ""
        told = (each.concerned(events, changes, now=now) for each in self.followers)
        return listed([words for words in told if words])

    @classmethod
    def follow(cls, event: Event, now: datetime) -> None:
        """Later apps bring up to date what they keep with an event."""
        for each in cls.followers:
            each.saved(event=event, now=now)

    def ask(self, asking: Asking) -> None:
        """Refuse until exactly this has been agreed to."""
        if (asking.concerned or asking.too_few) and self.data.get(AGREES) != asking.mark:
            self.asking = asking
            raise ValidationError(
                "Your changes have not been saved yet. Read the top of the page first."
            )


class AsksBefore(AdminBase):
    """Put this before TenantAdmin: the page of a row whose changes people are told about."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """If nothing is wrong but people would be told, the page says who, and about what."""
        wrong = len(context["errors"]) if context.get("errors") else 0
        formsets = (inline.formset for inline in context["inline_admin_formsets"])
        for form in (context["adminform"].form, *formsets):
            asking = getattr(form, "asking", None)
            if asking is not None and wrong == 1:
                context |= {"asking": asking, "errors": None}
        return super().render_change_form(request, context, *args, **kwargs)


class SessionFormSet(Telling, Base):
    """The sessions. The event's own fields have been read by now, so the whole change is known here."""

    before: Known

    def clean(self) -> None:
        """Refuse impossible times, and ask once before people are told."""
        super().clean()
        if any(self.errors):
            return
        stored = Event.objects.select_related("venue").get(pk=self.instance.pk)
        self.before = known(stored)
        if self.times != self.before.times:
            try:
                check_new_times(stored, self.times)
            except Refused as refusal:
                raise ValidationError(f"Your changes were not saved. {refusal}") from refusal
            self.keep_what_is_marked(stored)
        changes = what_changed(
            self.before, known(self.instance, self.times), timezone.get_current_timezone()
        )
        now = timezone.now()
        to_come = [stored] if max(self.before.times[-1][1], self.times[-1][1]) > now else []
        self.told = self.concerned(to_come, changes, now)
        self.ask(Asking(changes if self.told else (), self.told, self.too_few(stored)))

    def keep_what_is_marked(self, stored: Event) -> None:
        """A session with marks on its register cannot be moved or removed: the marks belong to that day."""
        marked = {times for each in self.followers for times in each.marked(stored)}
        if gone := sorted(marked - set(self.times)):
            day = long_date(timezone.localdate(gone[0][0]))
            raise ValidationError(
                f"Your changes were not saved. The register for {day} has marks, so you cannot change that session."
            )

    @property
    def times(self) -> tuple[Times, ...]:
        """Starts and ends of the rows that are to stay, in order."""
        rows = [row.cleaned_data for row in self.forms if row not in self.deleted_forms]
        return tuple(
            sorted((row["starts_at"], row["ends_at"]) for row in rows if row.get("starts_at"))
        )

    def too_few(self, stored: Event) -> str:
        """Says that the new number of places is below the number taken; empty if it is not, or has not changed."""
        capacity = self.instance.capacity
        if capacity is None or capacity >= stored.capacity:
            return ""
        words = listed(
            [each for each in (one.taken(stored, capacity) for one in self.followers) if each]
        )
        return f"{words}, and you have entered {counted(capacity, 'place')}." if words else ""

    def tell(self, now: datetime) -> None:
        """Email people once everything is saved."""
        for each in self.followers:
            each.tell(event=self.instance, before=self.before, now=now)
