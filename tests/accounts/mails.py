"""What arrives in mailboxes, for the tests of accounts."""

from __future__ import annotations

import re

from django.core import mail
from django.utils import timezone

from config.sweeps import run_sweeps
from tests.world import outside


def send_mails() -> None:
    """What the worker does at the next knock."""
    with outside():
        for _ in run_sweeps(timezone.now()):
            pass


def link_in(message: mail.EmailMessage) -> str:
    """The path of the first link back to the site."""
    found = re.search(r"https?://testserver(\S+)", str(message.body))
    assert found is not None, message.body
    return found.group(1)


def mails_to(address: str) -> list[mail.EmailMessage]:
    """Everything that was sent to an address, in order."""
    send_mails()
    return [each for each in mail.outbox if each.to == [address]]
