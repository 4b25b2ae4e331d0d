"""Production settings with every outside service replaced by a folder, so that nothing has to be set up."""

import os

from config.settings.base import VAR_DIR

FOLDER = VAR_DIR / "bench"
STAND_INS = {
    "SECRET_KEY": "only-for-the-benchmark-" + "x" * 40,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SITE_URL": "http://127.0.0.1",
    "REDIS_URL": "redis://127.0.0.1:6379/0",  # required by the settings, used by nothing below
    "DEFAULT_FROM_EMAIL": "training@example.org",
    "EMAIL_HOST": "127.0.0.1",
    "INSECURE_HTTP": "1",
    "TRUSTED_PROXIES": "0",
}
for name, value in STAND_INS.items():
    os.environ[name] = value

from config.settings.production import *  # noqa: E402, F403

CELERY_BROKER_URL = "filesystem://localhost//"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "data_folder_in": str(FOLDER / "messages"),
    "data_folder_out": str(FOLDER / "messages"),
    "control_folder": str(FOLDER / "control"),
    "store_processed": False,
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(FOLDER / "cache"),
        "KEY_FUNCTION": "config.cache.partnership_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # as Redis, which throws nothing away at this size
    }
}
EMAIL_BACKEND = "outbox.mail.FolderBackend"
EMAIL_FILE_PATH = FOLDER / "mail"
