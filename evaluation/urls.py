"""Addresses of this app."""

from django.urls import path

from evaluation.views import book

urlpatterns = [
    # Booking: bookings' noun; the page is here because it asks the baseline questions.
    path("events/<str:reference>/book/", book.book, name="book"),
]
