"""Forms that change a booking, a place on the waiting list or an event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from govuk.forms import DateTimeInput, GovukForm


class CancelForm(GovukForm):
    """Cancel a place. Only the training team can say when someone's message arrived, and how they know."""

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
        """When the message arrived, if someone has said; otherwise now."""
        said = getattr(self, "cleaned_data", {}).get("received_at")
        return said or now

    def shows(self, consequence: str) -> None:
        """Note which consequence the page now shows."""
        if self.is_bound:
            self.say(shown=consequence)
        else:
            self.initial["shown"] = consequence


class SubstituteForm(GovukForm):
    """Name a colleague by email address, so that no one is shown a list of people."""

    email = forms.EmailField(
        label="Your colleague’s email address",
        help_text="The email address your colleague signs in with. They must work for the same agency.",
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
    """A short reason."""

    reason = forms.CharField(label="Reason", required=False, max_length=280)


class CancelEventForm(GovukForm):
    """Cancel an event. The reason is emailed to everyone."""

    reason = forms.CharField(
        label="Reason",
        help_text="We will email this to everyone who is booked or waiting.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveEventForm(GovukForm):
    """Give an event a new start. Its sessions move by the same amount."""

    starts_at = forms.DateTimeField(label="New start date and time", widget=DateTimeInput())


class FindColleagueForm(GovukForm):
    """Look for someone to book for."""

    q = forms.CharField(label="Name or email address", max_length=150, required=False)
    mark_optional = False
