"""Email addresses that can really be delivered to.

Django's own check lets through addresses that its mailer then fails on: a domain whose ASCII form (IDNA) is too
long. Domains may be international. The part before the @ must be ASCII, because many mail servers still accept
nothing else (SMTPUTF8, RFC 6531).
"""

from django.core.exceptions import ValidationError

LONGEST_ADDRESS = 254  # what an envelope can hold (RFC 5321, 4.5.3.1.3)
LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
LONGEST_DOMAIN = 253


def ascii_address(address: str) -> str:
    """The address as it is on the envelope. Raises UnicodeError if there is no such form."""
    local, _, domain = address.rpartition("@")
    local.encode("ascii")
    return f"{local}@{domain.encode('idna').decode('ascii')}"


def validate_deliverable(address: str) -> None:
    """Refuse, in a sentence, an address that no email can be sent to."""
    try:
        sent_to = ascii_address(address)
    except UnicodeError:
        raise ValidationError(
            "Enter an email address that exists. Parts of this one are too long or have letters that "
            "email cannot carry.",
            code="undeliverable",
        ) from None
    local, _, domain = sent_to.rpartition("@")
    if (
        len(local) > LONGEST_LOCAL_PART
        or len(domain) > LONGEST_DOMAIN
        or len(sent_to) > LONGEST_ADDRESS
    ):
        raise ValidationError(
            f"Email address must be {LONGEST_ADDRESS} characters or fewer, and the part before the @ "
            f"{LONGEST_LOCAL_PART} or fewer.",
            code="undeliverable",
        )
