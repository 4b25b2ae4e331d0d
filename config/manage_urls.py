"""The partnership's browser admin, inside the partnership."""

from django.urls import path

from partnerships.admin.site import manage_site

urlpatterns = [path("", manage_site.urls)]
