"""For one machine: ``make run``. Needs nothing set; DATABASE_URL, REDIS_URL and PORT are honoured."""

import os
from typing import Any

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR
from config.settings.environment import database

SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-this-machine-" + "x" * 40)
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]

DATABASES = {
    "default": database(
        os.environ.get("DATABASE_URL")
        or f"postgresql://partnership_app@/partnership_training?host={VAR_DIR / 'postgres' / 'run'}"
    )
}

REDIS_URL = os.environ.get("REDIS_URL", "")
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CACHES: dict[str, dict[str, Any]] = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_FUNCTION": "config.cache.partnership_key",
        }
    }
else:
    queue = VAR_DIR / "queue"
    CELERY_BROKER_URL = "filesystem://localhost//"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(queue / "messages"),
        "data_folder_out": str(queue / "messages"),
        "control_folder": str(queue / "control"),
        "processed_folder": str(queue / "processed"),
        "store_processed": False,
    }
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR_DIR / "cache"),
            "KEY_FUNCTION": "config.cache.partnership_key",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # sessions and throttles are not thrown away early
        }
    }

# Plain http on one machine: a secure cookie would never come back.
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys at http://localhost

EMAIL_BACKEND = "config.mail.FolderBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEMO_MAILBOX = True  # mails can be read at /mailbox/, for nothing leaves the machine

TIME_TRAVEL_ALLOWED = True
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
