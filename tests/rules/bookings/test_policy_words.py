"""A charging policy in plain words."""

from datetime import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.money import Rounding
from bookings.rules.notice import Counting, NoticePolicy, NoticeUnit
from bookings.rules.place import AppliesTo
from bookings.rules.policy_words import (
    BASES,
    attendance_in_words,
    notice_in_words,
    price_in_words,
    tier_in_words,
    who_it_is_for,
)
from bookings.rules.prices import ChargeKind, FeeBase, FeeOutcome

NAMES = {("payer_class", "partner"): "Partner", ("event_type", "workshop"): "Workshop"}


@pytest.mark.parametrize(
    ("applies", "words"),
    [
        (AppliesTo(), "Everyone"),
        (AppliesTo(payer_class="partner"), "Partner"),
        (AppliesTo(payer_class="guild", event_type="workshop"), "guild, Workshop"),
        (AppliesTo(longest=120), "up to 2 hours"),
        (AppliesTo(shortest=241), "4 hours 1 minute or longer"),
        (
            AppliesTo(payer_class="partner", shortest=60, longest=90),
            "Partner, 1 hour to 1 hour 30 minutes",
        ),
    ],
)
def test_whom_a_price_is_for(applies: AppliesTo, words: str) -> None:
    assert who_it_is_for(applies, NAMES) == words


KIND, AMOUNT = ChargeKind.ATTENDANCE, FeeOutcome.AMOUNT


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (PriceRule(KIND, FeeOutcome.FREE), "Free"),
        (PriceRule(KIND, FeeOutcome.DECISION), "Ask us first"),
        (PriceRule(KIND, AMOUNT, Decimal("12.5")), "£12.50"),
        (PriceRule(KIND, AMOUNT, Decimal(30), base=FeeBase.PER_SESSION), "£30.00 for each session"),
        (
            PriceRule(KIND, AMOUNT, Decimal(30), base=FeeBase.PER_HALF_DAY),
            "£30.00 for each half day",
        ),
        (PriceRule(KIND, AMOUNT, Decimal(30), base=FeeBase.PER_DAY), "£30.00 for each day"),
        (
            PriceRule(
                ChargeKind.NO_SHOW, AMOUNT, Decimal("50.00"), base=FeeBase.PERCENT_OF_ATTENDANCE
            ),
            "50% of the attendance fee",
        ),
        (
            PriceRule(
                KIND,
                AMOUNT,
                Decimal("33.50"),
                base=FeeBase.PERCENT_OF_LIST_PRICE,
                less=Decimal(5),
                at_least=Decimal(10),
                at_most=Decimal(40),
                rounding=Rounding.POUND,
            ),
            "33.5% of the list price of the course, less £5.00, at least £10.00, at most £40.00,"
            " rounded to the nearest pound, with 50p rounded up",
        ),
    ],
)
def test_what_a_price_is(rule: PriceRule, words: str) -> None:
    assert price_in_words(rule) == words


def test_every_base_has_words() -> None:
    assert set(BASES) == set(FeeBase)


@pytest.mark.parametrize(
    ("under", "unit", "words"),
    [
        (None, NoticeUnit.HOURS, ""),
        (1, NoticeUnit.WORKING_DAYS, "With less than 1 working day of notice"),
        (48, NoticeUnit.HOURS, "With less than 48 hours of notice"),
    ],
)
def test_when_a_tier_applies(under: int | None, unit: NoticeUnit, words: str) -> None:
    rule = PriceRule(ChargeKind.LATE_CANCELLATION, AMOUNT, Decimal(1), notice_under=under)
    assert tier_in_words(rule, unit) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            NoticePolicy(10),
            "Cancelling is free with at least 10 working days of notice."
            " Weekends and bank holidays are not counted.",
        ),
        (
            NoticePolicy(1, skip_bank_holidays=False, cut_off=time(12)),
            "Cancelling is free with at least 1 working day of notice."
            " Weekends are not counted. Tell us by midday on the last day.",
        ),
        (
            NoticePolicy(14, NoticeUnit.CALENDAR_DAYS, Counting.MORE_THAN, cut_off=time(17)),
            "Cancelling is free with more than 14 calendar days of notice."
            " Tell us by 5pm on the last day.",
        ),
        (
            NoticePolicy(48, NoticeUnit.HOURS, cut_off=time(17)),
            "Cancelling is free with at least 48 hours of notice.",
        ),
        (NoticePolicy(10, is_charged=False), "Cancelling or not attending costs nothing."),
    ],
)
def test_how_much_notice(rule: NoticePolicy, words: str) -> None:
    assert notice_in_words(rule) == words


MAY_COME = "If you come without a booking, you can take part if there is room."


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            AttendanceRule(grace_minutes=None),
            f"If you arrive late, the trainer decides if you can take part. {MAY_COME}",
        ),
        (
            AttendanceRule(grace_minutes=15),
            "If you arrive more than 15 minutes late, you can still take part, you get no certificate"
            f" and your employer is charged as if you had not come. {MAY_COME}",
        ),
        (
            AttendanceRule(grace_minutes=1, late_certificate=True, late_charged=False),
            "If you arrive more than 1 minute late, you can still take part and you can still get a"
            f" certificate. {MAY_COME}",
        ),
        (
            AttendanceRule(grace_minutes=0, late_admitted=False),
            "If you arrive late, you cannot take part and your employer is charged as if you had not"
            f" come. {MAY_COME}",
        ),
        (
            AttendanceRule(grace_minutes=0, late_admitted=False, late_charged=False),
            f"If you arrive late, you cannot take part and your employer is not charged. {MAY_COME}",
        ),
        (
            AttendanceRule(
                grace_minutes=None,
                early_minutes=20,
                early_charged=True,
                walk_in_certificate=False,
                walk_in_charged=False,
            ),
            "If you arrive late, the trainer decides if you can take part."
            " If you leave more than 20 minutes early, you get no certificate and your employer is"
            " charged as if you had not come."
            " If you come without a booking, you can take part if there is room, you get no certificate"
            " and your employer is not charged.",
        ),
        (
            AttendanceRule(
                grace_minutes=None,
                early_minutes=0,
                early_counts=True,
                early_certificate=True,
                walk_in_admitted=False,
            ),
            "If you arrive late, the trainer decides if you can take part."
            " If you leave early, the session still counts and you can still get a certificate."
            " You cannot take part without a booking.",
        ),
    ],
)
def test_what_happens_at_the_event(rule: AttendanceRule, words: str) -> None:
    assert attendance_in_words(rule) == words


@given(
    st.builds(
        AttendanceRule,
        grace_minutes=st.sampled_from([None, 0, 32_767]),
        early_minutes=st.sampled_from([None, 0, 32_767]),
        **{
            name: st.booleans()
            for name, answer in vars(AttendanceRule()).items()
            if isinstance(answer, bool)
        },
    )
)
def test_what_happens_at_the_event_always_fits_its_column(rule: AttendanceRule) -> None:
    assert len(attendance_in_words(rule)) <= 600
