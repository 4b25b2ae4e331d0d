"""The mails that the site has sent, as their readers find them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import cast


@dataclass(frozen=True)
class Mailbox:
    """A folder with a file for each mail."""

    folder: Path

    def to(self, address: str) -> list[EmailMessage]:
        """The mails of one reader, oldest first."""
        files = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        # Parsing takes long, and demonstration data has hundreds of mails to others.
        texts = [text for file in files if address.encode() in (text := file.read_bytes())]
        mails = [self.read(text) for text in texts]
        return [mail for mail in mails if address in str(mail["To"])]

    def latest(self, address: str, about: str) -> EmailMessage:
        """The newest mail to someone with this in its subject."""
        mails = self.to(address)
        fitting = [mail for mail in mails if about.lower() in str(mail["Subject"]).lower()]
        assert fitting, f"no mail about “{about}” in {[str(mail['Subject']) for mail in mails]}"
        return fitting[-1]

    @staticmethod
    def read(text: bytes) -> EmailMessage:
        parsed = BytesParser(policy=policy.default).parsebytes(text)
        return cast(EmailMessage, parsed)


def text_of(mail: EmailMessage) -> str:
    """Its plain text."""
    body = mail.get_body(("plain",))
    assert body is not None
    return cast(str, body.get_content())


def link_in(mail: EmailMessage, containing: str) -> str:
    """The first address in the mail's text with these words."""
    for link in re.findall(r"https?://\S+", text_of(mail)):
        if containing in link:
            return cast(str, link)
    raise AssertionError(f"no link with “{containing}” in\n{text_of(mail)}")


def attached(mail: EmailMessage, kind: str) -> bytes:
    """The attachment of a content type."""
    for part in mail.walk():
        if part.get_content_type() == kind:
            return cast(bytes, part.get_payload(decode=True))
    raise AssertionError(f"no {kind} in the mail “{mail['Subject']}”")
