"""A form that is sent twice has one effect; one that was corrected in between must not look as if it had another."""

from __future__ import annotations

from typing import Any

from django.db import models

from partnerships.rules.refused import Refused, refuse

SENT_BEFORE = "sent_before"
ENDED_SINCE = "ended_since"


def refuse_if_altered(made: models.Model, *, entered: str, next_step: str, **said: Any) -> None:
    """Refuse a form that has had its effect and now says something else. Nothing it says now is done.

    ``made`` is the row of the first time, ``said`` what the form says now by the row's columns, ``entered`` what was
    entered then, in words: "£10.00 was entered".
    """
    if any(getattr(made, column) != value for column, value in said.items()):
        raise refuse(SENT_BEFORE, f"This form has already been sent: {entered}.", next_step)


def ended_since(made: str) -> Refused:
    """A form is sent again whose effect has come to an end meanwhile: that is told, not taken for a new wish."""
    return refuse(
        ENDED_SINCE,
        f"This form has already been sent, and the {made} it made has since ended.",
        "To ask for a place again, send the form again.",
    )
