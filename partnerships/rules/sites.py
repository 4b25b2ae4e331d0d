"""Which website may show our events in a frame."""

import re

from partnerships.rules.reasons import Kind, Reason

# Only a scheme, a host and a port: this text becomes part of a header (CSP level 3, host-source).
ORIGIN = re.compile(r"https://([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(:[0-9]{1,5})?\Z")


def site_reasons(site: str) -> list[Reason]:
    """Why a text does not name one website; empty if it does."""
    if ORIGIN.match(site):
        return []
    text = "Enter the start of a web address in small letters, such as https://www.example.org, with nothing after it."
    return [Reason(Kind.BLOCKS, "not_a_site", text)]
