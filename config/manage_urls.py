"""The partnership's browser admin, inside the partnership."""

from django.urls import path

from config.attention import PROVIDERS
from config.followers import FOLLOWERS
from courses.admin.event_changes import Telling
from partnerships.admin.site import manage_site

manage_site.attention_providers = PROVIDERS
Telling.followers = FOLLOWERS

urlpatterns = [path("", manage_site.urls)]
