"""What a place at an event costs each payer, before anyone has booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from bookings.rules.agreed import Quote
from bookings.rules.cancelling import cancelling_wording
from bookings.rules.deadline import Deadline
from bookings.rules.fees import Price
from bookings.rules.money import pounds
from bookings.rules.policy_words import ASK_FIRST
from bookings.rules.prices import FOR_A_WASTED_PLACE, QUOTED_AS, ChargeKind, FeeOutcome
from bookings.rules.states import BookingState
from bookings.terms.agreement import Terms
from govuk.rules.phrases import listed
from partnerships.models import Agency, Employment, Membership, areas, payer_classes, sectors
from partnerships.rules.payers import UNKNOWN_PAYER, Named, Payer

NOTHING = "Free"
EVERYBODY = "Every employer"
PAID = {ASK_FIRST: "Ask us what it costs before you book"}


@dataclass(frozen=True)
class PriceLine:
    """What the employers named in ``payers`` pay, by kind of charge."""

    payers: tuple[str, ...]
    words: Mapping[ChargeKind, str]

    @property
    def attendance(self) -> str:
        """To take part."""
        return self.words[ChargeKind.ATTENDANCE]

    @property
    def late(self) -> str:
        """To cancel late."""
        return self.words[ChargeKind.LATE_CANCELLATION]

    @property
    def titles(self) -> list[str]:
        """What people call each price."""
        return [QUOTED_AS[kind] for kind in self.words]


def price_table(terms: Terms) -> list[PriceLine]:
    """A line for each kind of employer; those that pay the same share a line."""
    together: dict[tuple[tuple[ChargeKind, str], ...], list[str]] = {}
    for name, payer in kinds_of_employer(terms):
        words = words_of(terms, terms.quote(payer))
        together.setdefault(tuple(words.items()), []).append(name)
    if len(together) < 2:
        words = words_of(terms, terms.quote(UNKNOWN_PAYER))
        return [PriceLine((EVERYBODY,), dict(one)) for one in together or [tuple(words.items())]]
    return [PriceLine(tuple(payers), dict(words)) for words, payers in together.items()]


def kinds_of_employer(terms: Terms) -> list[tuple[str, Payer]]:
    """Every payer class; also in a sector or an area that the policy names, if that makes a difference."""
    named = {(one.sector, one.area) for one in terms.scopes} - {(None, None)}
    apart = [
        (sector, area)
        for sector in (Named(), *sectors())
        for area in (Named(), *areas())
        if (sector.code or None, area.code or None) in named
    ]
    found = []
    for payer_class in payer_classes():
        plain = Payer(payer_class)
        found.append((payer_class.name, plain))
        for sector, area in apart:
            payer = Payer(payer_class, sector, area)
            if words_of(terms, terms.quote(payer)) != words_of(terms, terms.quote(plain)):
                where = ", ".join(one.name for one in (sector, area) if one.name)
                found.append((f"{payer_class.name} ({where})", payer))
    return found


def employers_of(membership: Membership, today: date) -> list[Agency]:
    """The person's employers, by name."""
    work = Employment.objects.on(today).confirmed().filter(membership=membership)
    rows = work.select_related("agency").order_by("agency__name")
    return list({one.agency.pk: one.agency for one in rows}.values())


def price_line(terms: Terms, agency: str, quote: Quote) -> PriceLine:
    """The same line for one agency."""
    return PriceLine((agency,), words_of(terms, quote))


def words_of(terms: Terms, quote: Quote) -> dict[ChargeKind, str]:
    words = {kind: wording(price) for kind, price in quote.prices.items()}
    late = ChargeKind.LATE_CANCELLATION
    return words | {late: up_to(terms, words[late])}


def wording(price: Price | None) -> str:
    """Free, £40.00, or that a person decides. None means that the policy charges nothing."""
    if price is None or price.outcome is FeeOutcome.FREE:
        return NOTHING
    return ASK_FIRST if price.outcome is FeeOutcome.DECISION else pounds(price.amount)


def up_to(terms: Terms, words: str) -> str:
    """A late fee in tiers is shown at its highest."""
    tiers = any(rule.notice_under is not None for rule in terms.prices)
    return f"Up to {words}" if tiers and words.startswith("£") else words


def in_short(lines: Sequence[PriceLine], *, own: bool) -> list[str]:
    """What taking part costs, in a sentence for each of the reader's employers; for visitors, whether it varies."""
    if not own and len(lines) > 1:
        return ["The cost depends on the employer."]
    return [f"{PAID.get(line.attendance, line.attendance)} for {name(line)}." for line in lines]


def name(line: PriceLine) -> str:
    """The employer, or every employer."""
    return EVERYBODY.lower() if line.payers == (EVERYBODY,) else listed(line.payers)


def cancelling_in_short(
    terms: Terms, deadline: Deadline, lines: Iterable[PriceLine], now: datetime
) -> str:
    """Until when a place can be cancelled free of charge."""
    return cancelling_wording(
        BookingState.BOOKED,
        late_costs=any(line.late != NOTHING for line in lines),
        cancel_by=deadline.instant,
        starts_at=terms.event.starts_at,
        now=now,
        tz=timezone.get_current_timezone(),
    )


def cancelling_costs(lines: Iterable[PriceLine]) -> bool:
    """Whether cancelling late, or not attending, can cost anyone anything."""
    return any(
        words != NOTHING
        for line in lines
        for kind, words in line.words.items()
        if kind in FOR_A_WASTED_PLACE
    )


def has_undecided(lines: Iterable[PriceLine]) -> bool:
    """Whether a person has to decide the amount for someone."""
    return any(ASK_FIRST in line.words.values() for line in lines)
