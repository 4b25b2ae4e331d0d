"""In whose name emails go out: what the outbox has to know about a partnership."""

from __future__ import annotations

from email.utils import formataddr
from typing import Protocol, cast

from django.conf import settings
from django.urls import reverse

from govuk.addresses import ascii_address
from govuk.text import one_line
from tenancy.scope import active_tenant


class Sender(Protocol):
    """A partnership as its emails show it."""

    slug: str
    host: str
    name: str
    short_name: str
    brand_colour: str
    contact_email: str


def active_sender() -> Sender:
    """The partnership that is active; an error outside any."""
    return cast(Sender, active_tenant())


def frame_of(sender: Sender) -> dict[str, object]:
    """What the head and foot of its emails say."""
    return {
        "partnership": sender,
        "site_name": sender.name,
        "site_url": site_url(sender),
        "home_url": site_url(sender) + reverse("home"),
        "brand_colour": sender.brand_colour,
        "footer_text": f"{sender.name}, {sender.contact_email}",
    }


def site_url(sender: Sender) -> str:
    """Scheme and host that links in emails start with, without a final slash."""
    if sender.host:
        return f"https://{sender.host}"
    return settings.SITE_URL.rstrip("/")


def mailbox(name: str, address: str) -> str:
    """A name and an address as they are in an email header."""
    return formataddr((one_line(name), ascii_address(address)))


def mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
