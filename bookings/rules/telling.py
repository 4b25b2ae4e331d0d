"""Who is told about a change, in words."""

from govuk.rules.phrases import counted, listed


def who_is_told(booked: int, waiting: int, offered: int) -> str:
    """12 people who are booked, 3 on the waiting list and 1 with an offer; empty if there is no one."""
    parts = [
        (booked, "who is booked", "who are booked"),
        (waiting, "on the waiting list", "on the waiting list"),
        (offered, "with an offer", "with an offer"),
    ]
    found = [(number, one if number == 1 else more) for number, one, more in parts if number]
    if not found:
        return ""
    (first, how), *others = found
    words = f"{counted(first, 'person', 'people')} {how}"
    return listed([words, *(f"{number:,} {how}" for number, how in others)])
