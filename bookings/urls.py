"""Addresses of this app."""

from django.urls import path

from bookings.views import catalogue, event_page

urlpatterns = [
    # The public catalogue: courses' nouns, with the places and prices that are ours.
    path("courses/", catalogue.courses, name="courses"),
    path("courses/<slug:slug>/", catalogue.course, name="course"),
    path("events/", catalogue.events, name="events"),
    path("events.csv", catalogue.events_csv, name="events_csv"),
    path("events/<str:reference>/", event_page.event, name="event"),
]
