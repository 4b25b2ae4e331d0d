"""How many places an event has left, and for whom: the one arithmetic for lists, pages, offers and walk-ins."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Places:
    """An event's places: ``booked`` are taken, ``offered`` wait for an answer, ``waiting`` people have no offer."""

    capacity: int
    booked: int
    offered: int
    waiting: int

    @property
    def free(self) -> int:
        """Places that are neither taken nor offered; never below 0, even if the capacity was lowered."""
        return max(0, self.capacity - self.booked - self.offered)

    def left(self, *, offers_possible: bool) -> int:
        """What a newcomer may book: while there is time to make offers, free places belong to the waiting list."""
        return max(0, self.free - self.waiting) if offers_possible else self.free

    @property
    def left_for_an_offer(self) -> int:
        """What people with an offer may take; fewer than were offered if the capacity has been lowered."""
        return max(0, self.capacity - self.booked)

    def left_at_the_door(self, absent: int) -> int:
        """Seats for people without a booking: a booked place is free once its holder is marked absent."""
        return max(0, self.capacity - self.booked + absent)

    @property
    def somebody_waits(self) -> bool:
        """Whether anyone is waiting or has an offer from the waiting list."""
        return bool(self.waiting or self.offered)
