"""What a place at an event costs each payer, before anyone has booked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from bookings.rules.agreed import Quote
from bookings.rules.cancelling import cancelling_wording
from bookings.rules.fees import Price
from bookings.rules.money import pounds
from bookings.rules.states import BookingState
from bookings.terms.agreement import UNKNOWN_PAYER, Terms
from courses.rules.prices import FOR_A_WASTED_PLACE, QUOTED_AS, ChargeKind, FeeOutcome
from govuk.rules.phrases import listed
from partnerships.models import AgencyPayerClass, Employment, Membership
from partnerships.rules.agencies import PayerClass

NOTHING = "Free"
EVERYBODY = "Every employer"
UNDECIDED = "Ask us first"
PAID = {UNDECIDED: "Ask us what it costs before you book"}


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
    for payer in PayerClass:
        words = words_of(terms, terms.quote(payer))
        together.setdefault(tuple(words.items()), []).append(payer.label)
    if len(together) == 1:
        return [PriceLine((EVERYBODY,), dict(words)) for words in together]
    return [PriceLine(tuple(payers), dict(words)) for words, payers in together.items()]


def employers_of(membership: Membership, today: date, day: date) -> list[tuple[str, str]]:
    """Name of each of the person's employers and its payer class on the event's ``day``; one query."""
    classes = AgencyPayerClass.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        agency=OuterRef("agency"),
        valid_from__lte=day,
    )
    payer = Coalesce(Subquery(classes.values("payer_class")[:1]), Value(UNKNOWN_PAYER))
    work = Employment.objects.on(today).confirmed().filter(membership=membership)
    rows = work.annotate(payer=payer).order_by("agency__name")
    return list(rows.values_list("agency__name", "payer").distinct())


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
    return UNDECIDED if price.outcome is FeeOutcome.DECISION else pounds(price.amount)


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


def cancelling_in_short(terms: Terms, lines: Iterable[PriceLine], now: datetime) -> str:
    """Until when a place can be cancelled free of charge."""
    return cancelling_wording(
        BookingState.BOOKED,
        late_costs=any(line.late != NOTHING for line in lines),
        cancel_by=terms.deadline.instant,
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
    return any(UNDECIDED in line.words.values() for line in lines)
