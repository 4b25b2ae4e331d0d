"""The suite's settings for processes of their own: mails become files, the queue is the test's Redis."""

import os
from pathlib import Path

from config.settings.test import *  # noqa: F403

EMAIL_BACKEND = "outbox.mail.FolderBackend"
EMAIL_FILE_PATH = Path(os.environ["MAIL_FOLDER"])
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
