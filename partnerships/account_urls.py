"""Signing in and up: allauth's pages, inside the partnership."""

from django.urls import include, path

urlpatterns = [
    path("2fa/", include("allauth.mfa.urls")),
    path("", include("allauth.account.urls")),
]
