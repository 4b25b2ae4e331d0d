"""An email backend for one machine: each email becomes a file named after its Message-ID."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes emails to ``settings.EMAIL_FILE_PATH``. Sending the same email twice leaves one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            content = mail.message()
            name = hashlib.sha256(content["Message-ID"].encode()).hexdigest()[:32]
            draft = folder / f"{name}.part"
            draft.write_bytes(content.as_bytes())
            draft.rename(folder / f"{name}.eml")
        return len(email_messages)
