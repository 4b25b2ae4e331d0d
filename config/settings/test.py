"""For the suite: real PostgreSQL with policies on; quick password hashing; mails kept in memory."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR
from config.settings.environment import broker, database, database_owner

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["*"]

DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL") or "postgresql://partnership_app@/partnership_training"
    )
}
DATABASE_OWNER = database_owner()
ONE_DATABASE_ROLE_WILL_DO = True  # tests/house/test_database_roles.py fails if there is only one
# A live server and a test share nothing but the database; connections must not outlive it.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "config.cache.partnership_key",
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ACCOUNT_RATE_LIMITS = False  # switched on by the tests that need them
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
EMAIL_FILE_PATH = VAR_DIR / "test-mail"
CELERY_BROKER_URL = broker(os.environ.get("REDIS_URL", "memory://"))
TIME_TRAVEL_ALLOWED = True
SITE_URL = "http://testserver"
