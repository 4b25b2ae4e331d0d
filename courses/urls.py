"""Addresses of this app. Pages that show places left belong to bookings; see bookings/urls.py."""

from django.urls import path

from courses.views import calendar, catalogue

urlpatterns = [
    path("courses.csv", catalogue.courses_csv, name="courses_csv"),
    path("courses/<slug:slug>/calendar.ics", calendar.course_calendar, name="course_calendar"),
    path("calendar.ics", calendar.calendar, name="calendar"),
    path("events/<str:reference>/event.ics", calendar.event_ics, name="event_ics"),
]
