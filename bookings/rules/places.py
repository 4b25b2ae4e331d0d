"""How many places an event has left, for whom: the one arithmetic of lists, pages, offers and the door."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """How an event stands. ``booked`` hold a place, ``offered`` is held for an answer, ``waiting`` have no offer."""

    capacity: int
    booked: int
    offered: int
    waiting: int

    @property
    def free(self) -> int:
        """Places that nobody has and nobody is offered; never below 0, even where a capacity was lowered."""
        return max(0, self.capacity - self.booked - self.offered)

    def left(self, *, offers_possible: bool) -> int:
        """What a newcomer may book: a free place belongs to whoever waits, while there is time to offer it."""
        return max(0, self.free - self.waiting) if offers_possible else self.free

    @property
    def left_for_an_offer(self) -> int:
        """What may be taken by those who were offered a place; fewer than were offered once capacity is lowered."""
        return max(0, self.capacity - self.booked)

    def left_at_the_door(self, absent: int) -> int:
        """Seats for people without a booking: a booked place is free once its holder is marked absent."""
        return max(0, self.capacity - self.booked + absent)

    @property
    def somebody_waits(self) -> bool:
        """Whether anybody waits, or holds an offer that came of waiting."""
        return bool(self.waiting or self.offered)
