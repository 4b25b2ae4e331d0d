"""The web server's entry."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.database_roles import refuse_owner

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()
refuse_owner()

# Views are loaded before the server forks, so no process makes its first visitor wait for that, and the processes
# share the memory. What is frozen is not searched for garbage again, which would unshare it.
for urls in (settings.ROOT_URLCONF, "config.tenant_urls"):
    get_resolver(urls).reverse_dict  # noqa: B018 - reading it is what loads them
gc.freeze()
