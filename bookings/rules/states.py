"""States of bookings, the waiting list and the register, and the sets that rules read."""

from govuk.rules.choice import Choice


class BookingState(Choice):
    """Where a booking is in its life: one stored word, kept in step with its history."""

    PENDING = "pending", "Waiting for approval"
    PROPOSED = "proposed", "Waiting to take over a colleague’s place"
    BOOKED = "booked", "Booked"
    CANCELLED = "cancelled", "Cancelled in time"
    LATE_CANCELLED = "late_cancelled", "Cancelled late"
    DECLINED = "declined", "Not approved"
    EVENT_CANCELLED = "event_cancelled", "Event cancelled by the partnership"
    ATTENDED = "attended", "Attended"
    PARTLY_ATTENDED = "partly_attended", "Attended in part"
    NO_SHOW = "no_show", "Did not attend"


HOLDS_A_PLACE = frozenset(
    {
        BookingState.PENDING,
        BookingState.BOOKED,
        BookingState.ATTENDED,
        BookingState.PARTLY_ATTENDED,
        BookingState.NO_SHOW,
    }
)
# Someone still has to approve it. A proposed colleague holds no place: the person who sends them keeps it until then.
AWAITS_APPROVAL = frozenset({BookingState.PENDING, BookingState.PROPOSED})
CAN_BE_CANCELLED = AWAITS_APPROVAL | {BookingState.BOOKED}
CAN_BE_HANDED_OVER = CAN_BE_CANCELLED & HOLDS_A_PLACE
# A person has one such booking for an event.
ONE_A_PERSON = HOLDS_A_PLACE | {BookingState.PROPOSED}
WAS_PRESENT = frozenset({BookingState.ATTENDED, BookingState.PARTLY_ATTENDED})


class WaitingState(Choice):
    """Where a waiting-list entry is in its life."""

    WAITING = "waiting", "Waiting"
    OFFERED = "offered", "Offered a place"
    BOOKED = "booked", "Booked"
    LEFT = "left", "Left the waiting list"
    CLOSED = "closed", "Waiting list closed"


class OfferState(Choice):
    """An offer holds a place until it is answered or its deadline passes."""

    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Mark(Choice):
    """What the register says of one person in one session."""

    PRESENT = "present", "Present"
    LATE = "late", "Came late"
    LEFT_EARLY = "left_early", "Left early"
    ABSENT = "absent", "Absent"


COUNTS_AS_PRESENT = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY})


class UnknownGroup(Choice):
    """What happens to a booking for one group's course while we do not know which group the person is in."""

    HOLD = "hold", "Hold the place until the group is known"
    BOOK = "book", "Book straight away and confirm the group later"


class ApprovalMode(Choice):
    """How a manager's approval is asked for (docs/domain/rules.md, approval)."""

    NONE = "none", "Not needed"
    DECLARED = "declared", "The person booking confirms that their manager agrees"
    BY_LINK = "by_link", "The manager approves using an emailed link"


class CountsFrom(Choice):
    """Which places a version of the charging policy applies to from its start date."""

    BOOKINGS = "bookings", "Places booked from the start date"
    EVENTS = "events", "Events held from the start date, whenever they are booked"


class WhoCancels(Choice):
    """Who can cancel a place that is booked."""

    PERSON = (
        "person",
        "The person, whoever booked for them, the agency’s lead or the training team",
    )
    ANYONE = (
        "anyone",
        "The person, whoever booked for them, the line manager, the agency’s lead or the training team",
    )
    MANAGER = "manager", "The line manager, the agency’s lead or the training team"
    LEAD = "lead", "The agency’s lead or the training team"
    TEAM = "team", "Only the training team"


class MailTiming(Choice):
    """What the days of a planned email are counted from."""

    BEFORE = "before", "Before the event begins"
    AFTER = "after", "After the event ends"


class Audience(Choice):
    """Who gets a planned mail."""

    BOOKED = "booked", "Everyone with a place"
    ATTENDED = "attended", "Everyone who attended"


# After an event some are still "booked", until its register is closed.
READS_A_PLANNED_MAIL = {
    (MailTiming.BEFORE, Audience.BOOKED): frozenset({BookingState.BOOKED}),
    (MailTiming.AFTER, Audience.BOOKED): HOLDS_A_PLACE - {BookingState.PENDING},
    (MailTiming.AFTER, Audience.ATTENDED): WAS_PRESENT,
}
