"""Why an operation did not happen, in sentences for the person who asked for it."""

from __future__ import annotations

from partnerships.rules.reasons import Kind, Reason, codes


class Refused(Exception):
    """Nothing was changed. The reasons are typed, so that pages can say what to do next."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons

    @property
    def codes(self) -> frozenset[str]:
        return codes(self.reasons)


SHOWN_OTHERWISE = "shown_otherwise"


def check_shown(shown: str, comes: str) -> None:
    """Refuse what the page did not show; ``shown`` is empty if there was no page."""
    if shown not in {"", comes}:
        raise refuse(
            SHOWN_OTHERWISE,
            "What will happen has changed since this page was shown.",
            "Check it, then send the form again.",
        )


def refuse(code: str, sentence: str, next_step: str = "") -> Refused:
    return Refused(Reason(Kind.BLOCKS, code, sentence, next_step))


def has_left(agency: object) -> Refused:
    """A place is for the job it was requested for, and for an account that is open; ``agency`` is its name."""
    return refuse(
        "has_left",
        f"This place was requested for a job at {agency} that has ended or was refused, or the account is closed.",
    )
