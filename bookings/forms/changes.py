"""Forms that change a booking, a place in line or an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from govuk.forms import DateTimeInput, GovukForm


class CancelForm(GovukForm):
    """Give a place back. Only the training team says when somebody's message came, and how it knows."""

    received_at = forms.DateTimeField(
        label="When did the message arrive?",
        help_text="The day and time when the person told someone. This decides whether cancelling is free.",
        widget=DateTimeInput(),
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Do not give details of anyone’s health.",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    shown = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, says_when: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if says_when:
            self.fields["reason"].help_text = (
                "If the message arrived before now, say how. We keep the reason with the booking. "
                "Do not give details of anyone’s health."
            )
        else:
            del self.fields["received_at"]

    def came_at(self, now: datetime) -> datetime:
        """When the message came, as far as somebody has said; otherwise now."""
        said = getattr(self, "cleaned_data", {}).get("received_at")
        return said or now

    def shows(self, consequence: str) -> None:
        """The page that is drawn now tells of this consequence."""
        if self.is_bound:
            self.say(shown=consequence)
        else:
            self.initial["shown"] = consequence


class SubstituteForm(GovukForm):
    """Name a colleague by address: nobody is shown a list of people."""

    email = forms.EmailField(
        label="Your colleague’s email address",
        help_text="The address that your colleague signs in with. They must work for the same agency.",
        max_length=254,
    )
    evidence = forms.CharField(
        label="What has your colleague completed elsewhere?",
        help_text="If the course requires earlier training that is not on your colleague’s record, give the course, "
        "provider and date. The training team will check it, and you keep the place until then.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    access_needs = forms.CharField(
        label="Your colleague’s access or dietary needs",
        help_text="Only the training team and the trainers see this.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, evidence_asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not evidence_asked:
            del self.fields["evidence"]


class ReasonForm(GovukForm):
    """Why, where nobody needs to say much."""

    reason = forms.CharField(label="Reason", required=False, max_length=280)


class CancelEventForm(GovukForm):
    """Cancel an event; the reason goes to everybody in a mail."""

    reason = forms.CharField(
        label="Reason",
        help_text="We will email this to everyone who is booked or waiting.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveEventForm(GovukForm):
    """Give an event a new start; its sessions move by as much."""

    starts_at = forms.DateTimeField(label="New start", widget=DateTimeInput())


class FindColleagueForm(GovukForm):
    """Look for somebody to book for."""

    q = forms.CharField(label="Name or email address", max_length=150, required=False)
    mark_optional = False
