"""The forms of the register: one session's marks, and people who come without a booking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from bookings.rules.attendance import SessionMark
from bookings.rules.states import Mark
from bookings.terms.register import RegisterRow
from courses.models import Session
from govuk.forms import GovukForm, Radios
from partnerships.models import Employment

GONE = "gone"  # code of an error
NEEDS_MINUTES = {Mark.LATE.value: "late", Mark.LEFT_EARLY.value: "early"}


@dataclass(frozen=True)
class MarkedRow:
    """One person with the two bound fields of the form."""

    row: RegisterRow
    mark: forms.BoundField
    minutes: forms.BoundField


class RegisterForm(GovukForm):
    """The marks of one session. People without a mark are left as they are, so a register can be saved in parts."""

    mark_optional = False

    def __init__(
        self, *args: Any, rows: Sequence[RegisterRow], session: Session, **kwargs: Any
    ) -> None:
        self.rows, self.session = rows, session
        length = int((session.ends_at - session.starts_at).total_seconds() // 60)
        too_many = f"Enter {length} minutes or fewer, the length of the session"
        super().__init__(*args, **kwargs)
        for row in rows:
            name, pk = str(row.booking.membership), row.booking.pk
            known = row.marks.get(session.pk)
            mark = forms.ChoiceField(
                label=f"Attendance of {name}",
                choices=Mark.choices(),
                required=False,
                initial=known.mark.value if known else None,
            )
            minutes = forms.IntegerField(
                label=f"Minutes late or early, {name}",
                required=False,
                min_value=0,
                max_value=length,
                error_messages={"max_value": too_many},
                initial=(known.minutes_late or known.minutes_early or None) if known else None,
            )
            self.fields |= {f"mark-{pk}": mark, f"minutes-{pk}": minutes}

    def refuse_what_is_gone(self) -> None:
        """Refuse a mark for a session or a place that no longer exists, and say so."""
        if self.data.get("session_id", str(self.session.pk)) != str(self.session.pk):
            what = "That session is no longer part of the event"
        elif {name for name in self.data if name.startswith("mark-")} - self.fields.keys():
            what = "Someone you marked no longer has a place"
        else:
            return
        self.add_error(
            None, forms.ValidationError(f"{what}, so nothing was saved. Reload the page", GONE)
        )

    @property
    def people(self) -> Iterable[MarkedRow]:
        for row in self.rows:
            pk = row.booking.pk
            yield MarkedRow(row, self[f"mark-{pk}"], self[f"minutes-{pk}"])

    def clean(self) -> dict[str, Any]:
        """Late and early need the minutes, because the policy decides by them."""
        cleaned = super().clean() or self.cleaned_data
        self.refuse_what_is_gone()
        for row in self.rows:
            pk = row.booking.pk
            word = NEEDS_MINUTES.get(str(cleaned.get(f"mark-{pk}")))
            if word and not cleaned.get(f"minutes-{pk}") and f"minutes-{pk}" not in self.errors:
                sentence = f"Enter how many minutes {word} {row.booking.membership} was"
                self.add_error(f"minutes-{pk}", sentence)
        return cleaned

    def marks(self) -> dict[int, SessionMark]:
        found = {}
        for row in self.rows:
            pk = row.booking.pk
            said = self.cleaned_data.get(f"mark-{pk}")
            minutes = self.cleaned_data.get(f"minutes-{pk}") or 0
            if said:
                mark = Mark(said)
                found[pk] = SessionMark(
                    mark,
                    minutes_late=minutes if mark is Mark.LATE else 0,
                    minutes_early=minutes if mark is Mark.LEFT_EARLY else 0,
                )
        return found


class FindAtTheDoorForm(GovukForm):
    """Look for someone who came without a booking, by name."""

    name = forms.CharField(
        label="Name",
        min_length=3,
        max_length=100,
        help_text="At least three letters of the first name or surname.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
        error_messages={"min_length": "Enter at least three letters"},
    )


class WalkInForm(GovukForm):
    """Choose the person, and the job they come in."""

    employment: forms.ModelChoiceField[Employment] = forms.ModelChoiceField(
        label="Who is it?",
        queryset=None,
        widget=Radios(),
        empty_label=None,
        error_messages={"required": "Choose the person", "invalid_choice": "Choose the person"},
    )
    confirmed = forms.BooleanField(
        label="The person is here and there is room", required=False, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, jobs: Sequence[Employment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["employment"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Employment.objects.filter(pk__in=[job.pk for job in jobs]).select_related(
            "membership__user", "agency"
        )
        field.label_from_instance = lambda job: f"{job.membership}, {job.job_title}, {job.agency}"  # type: ignore[assignment]

    def ask_whether_there_is_room(self, sentence: str) -> None:
        """All places are taken, so someone has to say that this person can stay."""
        self.fields["confirmed"].widget = forms.CheckboxInput()
        self.add_error("confirmed", f"{sentence} Select the box if the person can stay")
