"""Who reads and answers an agency's invoices: its finance contact, signed in or with the link in an email."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse

from bookings.access import parts_of, signed
from finance.models import LinksStopped
from partnerships.models import Agency, Employment, Membership
from partnerships.rules.roles import Permission

ACCOUNT = "finance.account"


@dataclass(frozen=True)
class Contact:
    """Someone who acts for an agency about its invoices. ``token`` is the link they came by; empty if signed in."""

    agency: Agency
    email: str
    membership: Membership | None = None
    token: str = ""

    def address(self, page: str, *args: object) -> str:
        """A page of the agency's account, by the door that this person came through."""
        if self.token:
            return reverse(f"{page}_by_link", args=[self.token, *args])
        return reverse(page, args=[self.agency.reference, *args])


def agencies_paid_for(membership: Membership, today: date) -> QuerySet[Agency]:
    """Agencies whose invoices someone may read and answer: those they work for, as finance contact or lead."""
    none: QuerySet[Agency] = Agency.objects.none()
    if not membership.may(Permission.PAY_FOR_AGENCY):
        return none
    jobs = Employment.objects.filter(membership=membership).on(today).confirmed()
    return Agency.objects.filter(pk__in=jobs.values("agency")).order_by("name")  # type: ignore[no-any-return]


def account_token(agency: Agency, at: datetime) -> str:
    """Names an agency's account to its finance office, in an email of ``at``.

    Useless once the office has another address or finance has stopped the links sent so far.
    """
    return signed(ACCOUNT, agency.pk, agency.finance_email, at.isoformat())


def contact_by_link(token: str) -> Contact | None:
    """Whoever has the link; None if it was tampered with, has expired, was stopped, or belongs elsewhere."""
    named = parts_of(ACCOUNT, token)
    if named is None:
        return None
    pk, email, sent = named
    agency = Agency.objects.filter(pk=pk, finance_email=email).exclude(finance_email="").first()
    stopped = LinksStopped.objects.filter(agency=pk, stopped_at__gte=datetime.fromisoformat(sent))
    if agency is None or stopped.exists():
        return None
    return Contact(agency, email, token=token)


def signed_in_contact(membership: Membership, reference: str, today: date) -> Contact | None:
    """Someone who works for the agency and may answer its invoices; None for anyone else."""
    agency = agencies_paid_for(membership, today).filter(reference=reference).first()
    return None if agency is None else Contact(agency, membership.user.email, membership)
