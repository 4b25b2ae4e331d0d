"""Words and colours that several pages of this app use for states."""

from bookings.rules.states import BookingState, OfferState

BOOKING_COLOURS = {
    BookingState.PENDING: "yellow",
    BookingState.PROPOSED: "yellow",
    BookingState.BOOKED: "green",
    BookingState.CANCELLED: "grey",
    BookingState.LATE_CANCELLED: "orange",
    BookingState.DECLINED: "grey",
    BookingState.EVENT_CANCELLED: "red",
    BookingState.ATTENDED: "green",
    BookingState.PARTLY_ATTENDED: "teal",
    BookingState.NO_SHOW: "orange",
}
OFFER_COLOURS = {
    OfferState.OPEN: "yellow",
    OfferState.ACCEPTED: "green",
    OfferState.DECLINED: "grey",
    OfferState.EXPIRED: "grey",
    OfferState.WITHDRAWN: "grey",
}
# What the page of an event says to someone who has a booking there or is to take one over.
YOUR_PLACE = {
    BookingState.PENDING: "We are holding a place for you at this event. It is not confirmed until it is approved.",
    BookingState.PROPOSED: (
        "You have been named to take a colleague’s place at this event. This has not been decided yet."
    ),
    BookingState.BOOKED: "You have a place at this event.",
    BookingState.ATTENDED: "You attended this event.",
    BookingState.PARTLY_ATTENDED: "You attended part of this event.",
    BookingState.NO_SHOW: "You had a place at this event and did not attend.",
}
# What a held place waits for, by the code of the reason.
WAITS_FOR = {
    "manager_approval": "The manager has to approve it.",
    "agency_unconfirmed": "The agency has to confirm that the person works there.",
    "group_unknown": "The agency or the training team has to say which group the person is in.",
    "prerequisite_missing": "The training team has to check the evidence of earlier training.",
    "restricted": "The training team has to approve it, because places were not used before.",
}
