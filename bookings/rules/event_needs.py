"""What an event still needs from the people who run the training, as the list of all events says it."""

from __future__ import annotations

from dataclasses import dataclass

from govuk.rules.choice import Choice
from govuk.rules.phrases import counted
from partnerships.rules.reasons import Reason


class EventStage(Choice):
    """Which events the list shows."""

    TO_COME = "to_come", "To come"
    DRAFT = "draft", "Drafts"
    REGISTER_OPEN = "register_open", "Register to close"
    OVER = "over", "Over"
    CANCELLED = "cancelled", "Cancelled"


@dataclass(frozen=True)
class EventNeeds:
    """Facts about one event; ``reasons`` are what it lacks, in the order in which they were found."""

    is_draft: bool = False
    register_open: bool = False
    waiting: int = 0
    free: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to do, the most urgent first; empty if nothing."""
        found = []
        if self.register_open:
            found.append("The register is open.")
        if self.is_draft:
            found.append("Not published yet.")
        found += [reason.sentence for reason in self.reasons]
        if self.waiting and self.free:
            people = counted(self.waiting, "person is", "people are")
            found.append(f"{people} waiting, and there are free places.")
        elif self.waiting:
            people = counted(self.waiting, "person is", "people are")
            found.append(f"{people} waiting for a place.")
        return tuple(found)
