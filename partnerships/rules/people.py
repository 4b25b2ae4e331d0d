"""Whether an email address speaks for an agency."""

from collections.abc import Iterable


def email_domain(address: str) -> str:
    """The part after the last @, in small letters; empty when there is none."""
    _, at, domain = address.strip().rpartition("@")
    return domain.lower() if at else ""


def belongs_to_domains(address: str, domains: Iterable[str]) -> bool:
    """Whether the address is at exactly one of the agency's domains.

    Exact matches only: anyone may have a name under a shared parent (``x.sch.example.org``), so a
    subdomain proves nothing about its parent, and the parent proves nothing about it.
    """
    known = {domain.strip().lower().removeprefix("@") for domain in domains} - {""}
    return email_domain(address) in known
