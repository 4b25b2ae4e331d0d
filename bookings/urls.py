"""Addresses of this app."""

from django.urls import path

from bookings.views import (
    board,
    booking,
    catalogue,
    charging,
    event_page,
    register,
    restrictions,
    waiting,
)

urlpatterns = [
    # The public catalogue: nouns of courses, with our places and prices.
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("events/", catalogue.events, name="events"),
    path("events.csv", catalogue.events_csv, name="events_csv"),
    path("events/<str:reference>/", event_page.event, name="event"),
    path("charges/", charging.charging, name="charging"),
    # Registers: trainers' own, coordinators' all.
    path("register/", register.registers, name="registers"),
    path("register/<str:reference>/", register.register, name="register"),
    path("register/<str:reference>/walk-in/", register.walk_in, name="walk_in"),
    path("register/<str:reference>/close/", register.close, name="close_register"),
    path("register/<str:reference>/reopen/", register.reopen, name="reopen_register"),
    path("register/<str:reference>.pdf", register.sign_in_sheet_pdf, name="sign_in_sheet"),
    # A booking: its delegate, the person who booked it, the agency's lead, the training team.
    path("bookings/<str:reference>/", booking.booking, name="booking"),
    path("bookings/<str:reference>/booking.ics", booking.ics, name="booking_ics"),
    path("bookings/<str:reference>/cancel/", booking.cancel, name="cancel_booking"),
    path("bookings/<str:reference>/colleague/", booking.send_colleague, name="send_colleague"),
    path("bookings/<str:reference>/settle/", booking.settle, name="settle_booking"),
    # The waiting list; the two links from emails need no sign-in.
    path("events/<str:reference>/wait/", waiting.wait, name="wait"),
    path("waiting/<int:pk>/leave/", waiting.leave, name="leave_waiting_list"),
    path("offer/<str:token>/", waiting.offer, name="offer"),
    path("approve/<str:token>/", waiting.approve, name="approve"),
    # Restrictions: the person's own, and all of them for the training team.
    path("my/restriction/", restrictions.my_restriction, name="my_restriction"),
    path("restrictions/", restrictions.restrictions, name="restrictions"),
    path("restrictions/<int:pk>/", restrictions.restriction, name="restriction"),
    # Running an event: the training team; agency leads book for their own staff.
    path("events/<str:reference>/board/", board.board, name="event_board"),
    path("events/<str:reference>/cancel/", board.cancel, name="cancel_event"),
    path("events/<str:reference>/move/", board.move, name="move_event"),
    path("events/<str:reference>/book-for/", board.find_person, name="book_for"),
]
