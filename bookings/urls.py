"""Addresses of this app."""

from django.urls import path

from bookings.views import (
    board,
    booking,
    catalogue,
    charging,
    embedded,
    event_page,
    extras,
    interest,
    manage_events,
    month,
    own_calendar,
    policies,
    policy_parts,
    register,
    restrictions,
    waiting,
)

urlpatterns = [
    # The public catalogue: nouns of courses, with our places and prices.
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("events/", catalogue.events, name="events"),
    path("calendar/", month.month, name="month"),
    path("embed/events/", embedded.embedded_events, name="embedded_events"),
    path("courses/<slug:slug>/tell-me/", interest.tell_me, name="tell_me"),
    path("manage/events/", manage_events.manage_events, name="manage_events"),
    path("manage/interest/", interest.interest, name="interest"),
    # Someone's own bookings in their calendar; the address in it needs no sign-in.
    path("my/calendar/", own_calendar.my_calendar, name="my_calendar"),
    path(
        "my/calendar/<str:token>/calendar.ics", own_calendar.my_calendar_ics, name="my_calendar_ics"
    ),
    path("events.csv", catalogue.events_csv, name="events_csv"),
    path("events/<str:reference>/", event_page.event, name="event"),
    path("charges/", charging.charging, name="charging"),
    # Writing the charging policy: versions, and the parts of a draft.
    path("policies/", policies.policy_versions, name="policies"),
    path("policies/new/", policies.new_version, name="new_policy"),
    path("policies/<int:version>/", policies.policy, name="policy"),
    path("policies/<int:version>/release/", policies.release, name="release_policy"),
    path("policies/<int:version>/withdraw/", policies.withdraw, name="withdraw_policy"),
    path("policies/<int:version>/delete/", policies.discard, name="discard_policy"),
    path("policies/<int:version>/prices/", policy_parts.policy_price_table, name="policy_prices"),
    path("policies/<int:version>/prices/new/", policy_parts.policy_price, name="new_policy_price"),
    path("policies/<int:version>/prices/<int:pk>/", policy_parts.policy_price, name="policy_price"),
    path(
        "policies/<int:version>/exceptions/new/",
        policy_parts.policy_exception,
        name="new_policy_exception",
    ),
    path(
        "policies/<int:version>/exceptions/<int:pk>/",
        policy_parts.policy_exception,
        name="policy_exception",
    ),
    path(
        "policies/<int:version>/register-exceptions/new/",
        policy_parts.policy_register_exception,
        name="new_policy_register_exception",
    ),
    path(
        "policies/<int:version>/register-exceptions/<int:pk>/",
        policy_parts.policy_register_exception,
        name="policy_register_exception",
    ),
    path(
        "policies/<int:version>/<slug:kind>/<int:pk>/remove/",
        policy_parts.remove_part,
        name="remove_policy_part",
    ),
    path("policies/<int:version>/<slug:part>/", policy_parts.policy_part, name="policy_part"),
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
    path("bookings/<str:reference>/extra-costs/", extras.extra_costs, name="extra_costs"),
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
