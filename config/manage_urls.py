"""The partnership's browser admin, inside the partnership."""

from django.urls import path

from config.attention import PROVIDERS
from partnerships.admin.site import manage_site

manage_site.attention_providers = PROVIDERS

urlpatterns = [path("", manage_site.urls)]
