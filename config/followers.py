"""Whom a change of an event concerns, from every app that keeps such people."""

from bookings.operations.tell_changed import tell_changed
from bookings.reports.concerned import concerned, marked, taken
from courses.followers import Follower

# Each app that has somebody to tell is listed here.
FOLLOWERS: tuple[Follower, ...] = (Follower(concerned, taken, marked, tell_changed),)
