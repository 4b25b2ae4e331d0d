"""Addresses of this app."""

from django.urls import path

from bookings.views import catalogue, event_page, register

urlpatterns = [
    # The public catalogue: courses' nouns, with the places and prices that are ours.
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("events/", catalogue.events, name="events"),
    path("events.csv", catalogue.events_csv, name="events_csv"),
    path("events/<str:reference>/", event_page.event, name="event"),
    # Registers: trainers' own, coordinators' all.
    path("register/", register.registers, name="registers"),
    path("register/<str:reference>/", register.register, name="register"),
    path("register/<str:reference>/walk-in/", register.walk_in, name="walk_in"),
    path("register/<str:reference>/close/", register.close, name="close_register"),
    path("register/<str:reference>/reopen/", register.reopen, name="reopen_register"),
    path("register/<str:reference>.pdf", register.sign_in_sheet_pdf, name="sign_in_sheet"),
]
