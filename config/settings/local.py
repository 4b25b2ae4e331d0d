"""For one machine: ``make run``. Needs nothing set; reads DATABASE_URL, DATABASE_OWNER_URL, REDIS_URL, PORT."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import VAR_DIR
from config.settings.environment import broker, cache, database, database_owner

SECRET_KEY = os.environ.get("SECRET_KEY", "only-for-this-machine-" + "x" * 40)
ALLOWED_HOSTS = ["*"]
INTERNAL_IPS = ["127.0.0.1"]

DATABASE_URL = os.environ.get("DATABASE_URL", "")
BUILT_IN = f"@/partnership_training?host={VAR_DIR / 'postgres' / 'run'}"
DATABASES = {"default": database(DATABASE_URL or f"postgresql://partnership_app{BUILT_IN}")}
DATABASE_OWNER = database_owner("" if DATABASE_URL else f"postgresql://partnership_owner{BUILT_IN}")
# For a first look on your own server; `make run` says what the risk is.
ONE_DATABASE_ROLE_WILL_DO = True

REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{VAR_DIR / 'queue' / 'queue.sock'}"
CELERY_BROKER_URL = broker(REDIS_URL)
CACHES = cache(REDIS_URL)

# Plain http on one machine: a secure cookie would never come back.
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # passkeys at http://localhost

EMAIL_BACKEND = "outbox.mail.FolderBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEMO_MAILBOX = True  # emails can be read at /mailbox/, because nothing leaves the machine

TIME_TRAVEL_ALLOWED = True
SITE_URL = os.environ.get("SITE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
