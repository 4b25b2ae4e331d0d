"""How a payment is divided over invoices, as a person typed it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bookings.rules.money import NOTHING, pounds
from finance.rules.matching import Share, Shares
from finance.rules.payment_rows import amount_of
from partnerships.rules.reasons import Kind, Reason

Wanted = tuple[str, Decimal | None]  # a number, and the amount if one was typed
SHARES_FIELD = "shares"  # the field that the reasons are about
TYPED = re.compile(r"(?P<number>[^\s,;:]+)(?:[\s,;:]+(?P<amount>\S+))?\s*")


@dataclass(frozen=True)
class Division:
    """Shares of a payment, in pounds above zero; ``excess`` is what is more than owed and is held for the agency."""

    shares: Shares
    excess: Decimal = NOTHING


def typed_shares(text: str) -> tuple[list[Wanted], tuple[Reason, ...]]:
    """Each line is a number, with an amount if not all of it is paid; and what is wrong with lines that are not."""
    found: list[Wanted] = []
    faults: list[Reason] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        match = TYPED.fullmatch(line)
        amount = amount_of(match["amount"]) if match and match["amount"] else None
        if match is None or (match["amount"] and not (amount and amount > 0)):
            step = "Enter an invoice number on each line, with an amount after it if only part of it is paid."
            faults.append(Reason(Kind.BLOCKS, SHARES_FIELD, f"“{line[:60]}” cannot be read.", step))
            continue
        number = match["number"].upper()
        if number in dict(found):
            faults.append(
                Reason(
                    Kind.BLOCKS, SHARES_FIELD, f"{number} has been entered twice.", "Enter it once."
                )
            )
        found.append((number, amount))
    if not found and not faults:
        faults.append(
            Reason(Kind.BLOCKS, SHARES_FIELD, "Enter the number of the invoice that it pays.")
        )
    return found, tuple(faults)


def in_lines(shares: Sequence[Share]) -> str:
    """Shares as a person would type them."""
    return "\n".join(f"{number} {amount:.2f}" for number, amount in shares)


def divide(
    amount: Decimal, wanted: Sequence[Wanted], open_on: Mapping[str, Decimal], *, hold_rest: bool
) -> tuple[Division, tuple[Reason, ...]]:
    """The payment over the invoices, and what is wrong with that.

    ``open_on`` is what is owed on each; for money paid out (``amount`` below zero) what is held. Amounts that were not
    typed are as much as is open, in turn. If ``hold_rest``, what is left is added to the last and held for the agency.
    """
    left = abs(amount) - sum((part for _, part in wanted if part), NOTHING)
    if left < 0:
        total, most = pounds(abs(amount) - left), pounds(abs(amount))
        sentence = f"These amounts come to {total}, more than the {most} of the payment."
        return Division(()), (Reason(Kind.BLOCKS, SHARES_FIELD, sentence, "Lower an amount."),)
    shares: list[Share] = []
    for number, part in wanted:
        if part is None:
            part = min(left, open_on[number])
            left -= part
        shares.append((number, part))
    if left and hold_rest and amount > 0:
        number, part = shares[-1]
        shares[-1], left = (number, part + left), NOTHING
    excess = sum((max(part - open_on[number], NOTHING) for number, part in shares), NOTHING)
    faults = (
        *_left_over(left, amount),
        *_unused(shares),
        *_too_much(shares, open_on, amount, hold_rest),
    )
    return Division(tuple(shares), excess), faults


def _left_over(left: Decimal, amount: Decimal) -> tuple[Reason, ...]:
    if not left:
        return ()
    step = "Add an invoice, or select “Hold any overpayment for the agency”."
    if amount < 0:
        step = "Add an invoice on which money is held, or set the payment aside."
    return (Reason(Kind.BLOCKS, SHARES_FIELD, f"{pounds(left)} of the payment is not used.", step),)


def _unused(shares: Sequence[Share]) -> tuple[Reason, ...]:
    return tuple(
        Reason(Kind.BLOCKS, SHARES_FIELD, f"None of the payment goes to {number}.", "Leave it out.")
        for number, part in shares
        if not part
    )


def _too_much(
    shares: Sequence[Share], open_on: Mapping[str, Decimal], amount: Decimal, hold_rest: bool
) -> tuple[Reason, ...]:
    """More than is owed only if it is to be held, and never more than is held."""
    if amount > 0 and hold_rest:
        return ()
    what = "is still owed on" if amount > 0 else "is held on"
    step = (
        "Enter less, or select “Hold any overpayment for the agency”."
        if amount > 0
        else "Enter less."
    )
    return tuple(
        Reason(Kind.BLOCKS, SHARES_FIELD, f"Only {pounds(open_on[number])} {what} {number}.", step)
        for number, part in shares
        if part > open_on[number]
    )
