"""The web server's entry."""

import gc
import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()


def plan_once(connection: Any, **_signal: Any) -> None:
    """Pages ask the same questions all day, each about a few rows: one plan does for all values.

    Left alone, PostgreSQL plans half of them anew each time. Sweeps, which ask about whole tables, are left alone.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET plan_cache_mode = force_generic_plan")


connection_created.connect(plan_once, dispatch_uid="config.plan_once")

# Views are loaded before the server's processes part: none of them makes its first visitor wait for that, and
# they share the memory. What is frozen is not looked through again for garbage, which would unshare it.
for urls in (settings.ROOT_URLCONF, "config.tenant_urls"):
    get_resolver(urls).reverse_dict  # noqa: B018 - reading it is what loads them
gc.freeze()
