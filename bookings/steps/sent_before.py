"""A form that is sent twice has one effect. If it was corrected in between, it must not look as if that had worked."""

from __future__ import annotations

from typing import Any

from django.db import models

from partnerships.rules.refused import Refused, refuse

SENT_BEFORE = "sent_before"
ENDED_SINCE = "ended_since"


def refuse_if_altered(made: models.Model, *, entered: str, next_step: str, **said: Any) -> None:
    """Refuse a form that has had its effect and now says something else. Nothing that it says now is done.

    ``made`` is the row made the first time, ``said`` what the form says now by the row's columns, ``entered`` what
    was entered then, in words: "£10.00 was entered".
    """
    if any(getattr(made, column) != value for column, value in said.items()):
        raise refuse(SENT_BEFORE, f"This form has already been sent: {entered}.", next_step)


def ended_since(made: str) -> Refused:
    """The effect of a form that is sent again has ended since. Say so, instead of treating it as a new request."""
    return refuse(
        ENDED_SINCE,
        f"This form has already been sent, and the {made} it created has since ended.",
        "To ask for a place again, send the form again.",
    )
