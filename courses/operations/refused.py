"""Why nothing was changed, in sentences for whoever asked for it."""

from __future__ import annotations

from partnerships.rules.reasons import Kind, Reason


class NotReady(Exception):
    """The event stays as it was; the reasons say what to do first."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(" ".join(map(str, reasons)))
        self.reasons = reasons


def not_ready(code: str, sentence: str, next_step: str = "") -> NotReady:
    """A refusal with one reason."""
    return NotReady(Reason(Kind.BLOCKS, code, sentence, next_step))
