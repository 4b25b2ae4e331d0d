"""For a real site. Secrets come from the environment; if one is missing, the site says which and does not start."""

import os
from email.utils import parseaddr

from config.settings.base import *  # noqa: F403
from config.settings.environment import (
    broker,
    cache,
    database,
    database_owner,
    required,
    whole_number,
)

SECRET_KEY = required("SECRET_KEY", "a long random text that signs sessions and links")
ALLOWED_HOSTS = required("ALLOWED_HOSTS", "the site's host names, separated by commas").split(",")
SITE_URL = required("SITE_URL", "the site's address, such as https://training.example.org")
DATABASES = {
    "default": database(required("DATABASE_URL", "postgresql://user:password@host:5432/name"))
}
DATABASE_OWNER = database_owner()  # only for `manage.py migrate`
ONE_DATABASE_ROLE_WILL_DO = False
REDIS_URL = required("REDIS_URL", "redis://host:6379/0, for the task queue and the cache")
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "the address that emails come from")
# An address beginning with mailto: or https:
SECURITY_CONTACT = (
    os.environ.get("SECURITY_CONTACT") or f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}"
)
EMAIL_HOST = required("EMAIL_HOST", "the host name of the mail server")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"

# The proxies in front say who is asking. If their number were wrong, everyone would seem to come from one address,
# and one person's wrong passwords would lock everyone out.
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number(
    "TRUSTED_PROXIES",
    "how many proxies in front of the site add to X-Forwarded-For: 0, 1 or more",
)

CELERY_BROKER_URL = broker(REDIS_URL)
CACHES = cache(REDIS_URL)

# A proxy that ends TLS in front says so; set INSECURE_HTTP=1 only to try the production image on one machine.
HTTPS = os.environ.get("INSECURE_HTTP", "") != "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
if HTTPS:  # browsers take such cookies over TLS only, and from this very host
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
