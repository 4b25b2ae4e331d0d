"""What the questions of a charging policy are, and the form that asks one part of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models

from govuk.forms import GovukFormMixin, PrefixedInput, Radios
from partnerships.forms.base import TenantModelForm

YES_OR_NO = [(True, "Yes"), (False, "No")]
FEW = 4  # choices that fit on radio buttons
NOTICE_FIELDS = (
    *("is_charged", "notice", "unit", "counting", "clear_days", "skip_bank_holidays"),
    "cut_off",
)
REGISTER_SECTIONS = (
    (
        "If people arrive late",
        ("grace_minutes", "late_admitted", "late_certificate", "late_charged"),
    ),
    (
        "If people leave early",
        ("early_minutes", "early_counts", "early_certificate", "early_charged"),
    ),
    (
        "If people come without a booking",
        ("walk_in_admitted", "walk_in_certificate", "walk_in_charged"),
    ),
)
REGISTER_FIELDS = tuple(name for _, names in REGISTER_SECTIONS for name in names)
SCOPE_FIELDS = (
    *("course", "payer_class", "sector", "area", "group", "event_type", "delivery"),
    *("shortest", "longest"),
)
# What a field asks, where its model has only a name for it, with a hint.
QUESTIONS: dict[str, tuple[str, str]] = {
    "valid_from": ("When does it apply from?", ""),
    "counts_from": ("Which places does it apply to from that day?", ""),
    "is_example": ("Are the amounts made-up examples?", ""),
    "is_charged": ("Do you charge for late cancellations and non-attendance?", ""),
    "notice": ("How much notice do people have to give?", "A number of days or hours."),
    "unit": ("What do you count it in?", ""),
    "counting": ("When do you charge?", ""),
    "clear_days": (
        "Do you count clear days?",
        "If you do, people have to give one more day, because the day of their message is not counted.",
    ),
    "skip_bank_holidays": (
        "Do you leave out bank holidays and days when you are closed?",
        "This only matters if you count working days.",
    ),
    "cut_off": (
        "By what time on the last day?",
        "Leave this empty for the end of the day. It does not matter if you count hours.",
    ),
    "keep_late_charge": (
        "If you cancel the event later, do people who cancelled late still pay?",
        "",
    ),
    "move_grace_hours": (
        "After you move an event, for how many hours can people cancel free of charge?",
        "",
    ),
    "half_day_minutes": (
        "How long can a half day be, in minutes?",
        "If a price is by the day or half day, longer sessions count as a day.",
    ),
    "closing_notice": (
        "How long before an event do bookings close?",
        "A number of days or hours. Leave this empty if people can book until it starts.",
    ),
    "closing_unit": ("What do you count that in?", ""),
    "closing_skip_bank_holidays": (
        "Do you leave out bank holidays and days when you are closed when you count that?",
        "This only matters if you count working days.",
    ),
    "closing_cut_off": (
        "What is the latest time on that day that people can book?",
        "Leave this empty for the end of the day.",
    ),
    "who_cancels": ("Who can cancel a place?", ""),
    "cancel_channel": (
        "How do people have to cancel?",
        "Such as “on this site”, or “by email to training@example.org”. We tell people this, but do not check it.",
    ),
    "approval": ("Does a manager have to agree?", ""),
    "unknown_group": ("What happens if we do not know someone’s group?", ""),
    "substitution_hours": (
        "Until how many hours before the event can people send a colleague?",
        "0 means until it starts.",
    ),
    "offer_grace_hours": (
        "After someone accepts an offered place, for how many hours can they cancel free of charge?",
        "",
    ),
    "grace_minutes": (
        "How many minutes late can people arrive without any consequence?",
        "Leave this empty if the trainer decides.",
    ),
    "early_minutes": (
        "How many minutes early can people leave without any consequence?",
        "Leave this empty for no limit.",
    ),
    "name": ("What do you call these places?", "Such as “briefings” or “full days”."),
    "course": ("Which course?", ""),
    "payer_class": ("Which payer class?", ""),
    "sector": ("Which sector?", ""),
    "area": ("Which area?", ""),
    "group": ("Which group is the course for?", ""),
    "event_type": ("Which type of event?", ""),
    "delivery": ("Which way of taking part?", ""),
    "shortest": ("How long is the event at least, in minutes?", ""),
    "longest": ("How long is the event at most, in minutes?", ""),
    "kind": ("What is it for?", ""),
    "outcome": ("What does it cost?", ""),
    "amount": ("How much?", "In pounds, or as a percentage."),
    "base": ("How does the amount apply?", ""),
    "notice_under": (
        "Does it only apply if notice is less than this?",
        "For late cancellations. Use the unit of the notice. Leave this empty if the price does not depend on notice.",
    ),
    "less": ("How much is taken off?", "Such as a booking fee that has been paid."),
    "at_least": ("What is the lowest amount?", ""),
    "at_most": ("What is the highest amount?", ""),
    "rounding": ("How is it rounded?", ""),
    "plus_extras": ("Are the booking’s extra costs added?", "Such as an interpreter."),
}
# What errors call the answer, where the name of the column would not say.
IN_ERRORS = {
    "half_day_minutes": "Longest half day",
    "move_grace_hours": "Number of hours after a move",
    "closing_notice": "How long before the event bookings close",
    "closing_cut_off": "Time when bookings close",
    "substitution_hours": "Number of hours before the event",
    "offer_grace_hours": "Number of hours after an offer",
    "grace_minutes": "Number of minutes late",
    "early_minutes": "Number of minutes early",
    "name": "Name of these places",
    "kind": "What the price is for",
    "outcome": "What it costs",
    "notice_under": "Notice",
    "shortest": "Shortest length",
    "longest": "Longest length",
    "at_least": "Lowest amount",
    "at_most": "Highest amount",
}
IN_POUNDS = ("less", "at_least", "at_most")


def unread(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """The form field of a column. What it links to is read for each form, in the partnership that asks."""
    if isinstance(field, models.ForeignKey):
        return forms.ModelChoiceField(None, required=not field.blank)
    if field.name in IN_ERRORS:
        kwargs["label"] = IN_ERRORS[field.name]
    return field.formfield(**kwargs)


class Asked:
    """How the forms of a policy make their fields."""

    formfield_callback = staticmethod(unread)


class QuestionsForm(GovukFormMixin, TenantModelForm):
    """One part of a policy as questions, with radio buttons wherever the answers are few.

    ``sections`` puts headings over some of them; the others come before.
    """

    sections: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                linked = self._meta.model._meta.get_field(name).related_model
                field.queryset = linked.objects.all()
            if name == "clause":
                continue
            label, hint = QUESTIONS.get(name, (str(field.help_text), ""))
            self.fields[name] = asked_plainly(name, field, label, hint)

    @property
    def sectioned(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Every question, under the heading of its section."""
        under = {name for _, names in self.sections for name in names}
        before = ("", tuple(name for name in self.fields if name not in under))
        return [
            (title, [self[name] for name in names]) for title, names in (before, *self.sections)
        ]


def asked_plainly(name: str, field: forms.Field, label: str, hint: str) -> forms.Field:
    """The field with its question: yes or no, a few radio buttons, or as it is."""
    if isinstance(field, forms.BooleanField):
        return forms.TypedChoiceField(
            label=label,
            help_text=hint,
            choices=YES_OR_NO,
            coerce=lambda said: said == "True",
            widget=Radios(small=True),
        )
    field.label, field.help_text = label, hint
    options = list(
        iter(getattr(field, "choices", ()))
    )  # asking how many there are would be a query
    if isinstance(field, forms.TypedChoiceField) and len(options) <= FEW + 1 and field.required:
        field.widget = Radios(small=True, choices=[one for one in options if one[0]])
    if name in IN_POUNDS:
        field.widget = PrefixedInput(prefix="£")
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        field.widget.attrs.setdefault("class", "govuk-input--width-5")
    if isinstance(field, forms.ModelChoiceField | forms.TypedChoiceField) and not field.required:
        any_one = [("", "Any"), *(one for one in options if one[0])]
        field.choices = any_one
    elif isinstance(field.widget, forms.Select) and options[0][0] == "":
        field.choices = [("", "Choose one"), *options[1:]]  # type: ignore[attr-defined]
    return field
