"""A request for a place: who asks, in which job, for whom, and what the form said."""

from __future__ import annotations

from dataclasses import dataclass

from bookings.models.request import Details
from bookings.terms.desk import Desk, consents_for_manager, name_for
from courses.models import Event
from partnerships.models import Employment, Membership
from partnerships.rules.reasons import Reason
from partnerships.rules.refused import refuse


@dataclass(frozen=True)
class BookingRequest:
    """``by`` asks for a place at the event for ``membership``, in the job of ``employment``.

    ``override`` is the training team's reason for setting aside what may be set aside.
    """

    event: Event
    membership: Membership
    employment: Employment
    by: Membership
    details: Details = Details()  # noqa: RUF009 - frozen, and empty
    override: str = ""

    def reasons(self, desk: Desk) -> tuple[Reason, ...]:
        """Every reason against a place, or to know before booking, when ``by`` asks for it."""
        if self.employment.membership_id != self.membership.pk:
            raise refuse("employment_unknown", "Choose one of the person’s own jobs.")
        return desk.reasons(
            desk.person(self.membership),
            self.employment,
            manager_approved=consents_for_manager(self.by, self.membership),
            override=bool(self.override),
            name=name_for(self.by, self.membership),
        )
