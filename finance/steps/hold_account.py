"""One at a time decides under which order numbers an agency is invoiced."""

from __future__ import annotations

from partnerships.models import Agency


def hold_account(agency: Agency) -> Agency:
    """The agency as it is now. Until the transaction ends, no one else invoices it or changes its order numbers.

    Bookings and charges of the agency go on meanwhile: the lock leaves the row's key alone.
    """
    held: Agency = Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    return held
