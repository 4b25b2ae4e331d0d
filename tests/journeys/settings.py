"""A site as on one machine, with its own folder, no throttle, and a clock that can be put forward."""

import os
from pathlib import Path

from config.settings.local import *  # noqa: F403
from config.settings.local import CACHES
from tests.journeys import clock

FOLDER = Path(os.environ["JOURNEYS_FOLDER"])
VAR_DIR = FOLDER
EMAIL_FILE_PATH = FOLDER / "mail"
CACHES["default"] = {
    "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
    "LOCATION": str(FOLDER / "cache"),
    "KEY_FUNCTION": "config.cache.partnership_key",
}
CELERY_BROKER_URL = "memory://"  # no one listens: the journeys run the sweeps themselves
ACCOUNT_RATE_LIMITS = False  # a dozen people sign in from one address within a minute
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # a third of a second each way saved
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

clock.follow(FOLDER / "clock")
