"""The charging policy: notice, prices, how places are approved. Amounts are invented wherever there are any."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from bookings.models import ChargingPolicy, NoticeException, PriceRow
from bookings.operations.copy_policy import copy_policy
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome
from partnerships.models import PayerClass
from partnerships.rules.months import training_year
from tools.demo.reader import Facts
from tools.demo.town import Town


def load_policies(town: Town) -> None:
    """Every version, each with all the prices, and a draft of the next."""
    facts = town.seed.partnership
    since = town.at(town.long_ago, time(9))
    for row in facts["cancellation_policies"]:
        policy = charging_policy(town, row, since)
        policy.save()
        town.policies.append(policy)
        NoticeException.objects.bulk_create(exceptions(town, policy, row))
        PriceRow.objects.bulk_create(prices(town, policy, facts["prices"]))
    load_draft(town)


def load_draft(town: Town) -> None:
    """What is being discussed for the next training year where unused places cost something: £10 more for each."""
    dearer = PriceRow.objects.filter(
        policy=town.policy, kind=ChargeKind.NO_SHOW, outcome=FeeOutcome.AMOUNT
    )
    if not dearer.exists():
        return
    _, last = training_year(town.today)
    draft = copy_policy(policy=town.policy, valid_from=last + timedelta(days=1))
    for row in draft.prices.filter(kind=ChargeKind.NO_SHOW, outcome=FeeOutcome.AMOUNT):
        row.amount += 10
        row.save()


def charging_policy(town: Town, row: Facts, since: datetime) -> ChargingPolicy:
    """A version. Where the notice is for some groups only, all other courses cost nothing if a place is not used."""
    facts = town.seed.partnership
    return ChargingPolicy(
        version=row["version"],
        valid_from=town.long_ago,
        released_at=since,
        is_example=any(price["example"] for price in facts["prices"]),
        clause=row["clause"],
        is_charged=not row["groups"],
        approval=facts["approval_mode"],
        substitution_hours=24,
        closing_notice=row.get("closing_notice"),
        closing_cut_off=row.get("closing_cut_off"),
        cancel_channel=row.get("cancel_channel", ""),
        **notice(row),
    )


def exceptions(town: Town, policy: ChargingPolicy, row: Facts) -> list[NoticeException]:
    """One for each group that the notice is for."""
    groups = [town.groups[code] for code in row["groups"]]
    return [
        NoticeException(
            policy=policy,
            name=f"{group.name} courses",
            group=group,
            clause=row["clause"],
            **notice(row),
        )
        for group in groups
    ]


def notice(row: Facts) -> dict[str, object]:
    """How much notice, and how it is counted."""
    return {
        "notice": row["notice"],
        "unit": row["unit"],
        "counting": row["counting"],
        "clear_days": row["clear_days"],
        "skip_bank_holidays": row["bank_holidays"],
        "cut_off": time.fromisoformat(row["cut_off"]) if row["cut_off"] else None,
    }


def prices(town: Town, policy: ChargingPolicy, rows: list[Facts]) -> list[PriceRow]:
    classes = {one.code: one for one in PayerClass.objects.all()}
    return [
        PriceRow(
            policy=policy,
            kind=row["kind"],
            payer_class=classes.get(row["payer_class"]),
            event_type=row["event_type"],
            group=town.groups.get(row["group"]),
            outcome=row["outcome"],
            amount=Decimal(row["amount"]),
            base=row.get("base", FeeBase.FLAT),
            clause=row["clause"],
        )
        for row in rows
    ]
