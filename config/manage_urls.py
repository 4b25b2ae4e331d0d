"""The pages for running a partnership's training that belong to no single app, and the admin for the rare record."""

from django.urls import path

from config.followers import FOLLOWERS
from config.manage import today
from courses.admin.event_changes import Telling
from partnerships.admin.site import manage_site

Telling.followers = FOLLOWERS

urlpatterns = [path("", today, name="manage"), path("records/", manage_site.urls)]
