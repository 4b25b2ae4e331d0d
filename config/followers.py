"""Who is affected when an event changes, from every app that knows such people."""

from bookings.operations.count_close_of_bookings import count_close_of_bookings
from bookings.operations.tell_changed import tell_changed
from bookings.terms.concerned import concerned, marked, taken
from courses.followers import Follower

# Each app that has someone to tell is listed here.
FOLLOWERS: tuple[Follower, ...] = (
    Follower(concerned, taken, marked, tell_changed, count_close_of_bookings),
)
