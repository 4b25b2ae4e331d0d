"""Five invented boards are written on the pages of the charging policy: what is saved is what the rules were given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import ChargingPolicy
from bookings.reports.policy_editor import Version, version_with
from bookings.rules.attendance import AttendanceRule
from bookings.rules.fees import PriceRule
from bookings.rules.notice import NoticePolicy
from bookings.rules.place import NAMED, AppliesTo
from courses.models import Course
from partnerships.models import Area, PayerClass, Sector, WorkforceGroup
from tests.rules.bookings import boards
from tests.rules.bookings.boards import Board
from tests.world import World, course, page_as, workforce_group

BOARDS = {name: one for name, one in vars(boards).items() if isinstance(one, Board)}
LISTS = {"payer_class": PayerClass, "sector": Sector, "area": Area}


@pytest.mark.parametrize("name", sorted(BOARDS))
def test_a_board_is_written_and_released(world: World, name: str) -> None:
    board = BOARDS[name]
    ChargingPolicy.objects.all().delete()
    administrator = page_as(world.harbour.administrator)
    administrator.post(reverse("new_policy"))
    general, *exceptions = board.notices
    send(administrator, "policy_part", ["notice"], notice_form(general) | length_form(board))
    send(administrator, "policy_part", ["register"], attendance_form(board.attendance))
    for at_some in board.register_exceptions:
        said = attendance_form(at_some) | scope_form(at_some.scope)
        send(administrator, "new_policy_register_exception", [], said)
    for rule in exceptions:
        send(administrator, "new_policy_exception", [], notice_form(rule) | scope_form(rule.scope))
    for price in board.prices:
        send(administrator, "new_policy_price", [], price_form(price) | scope_form(price.scope))
    administrator.post(reverse("release_policy", args=[1]))
    written = ChargingPolicy.objects.get()
    assert written.released_at is not None
    assert as_given(version_with(written)) == (
        (without_words(general), *sorted(map(without_words, exceptions), key=repr)),
        sorted(board.prices, key=repr),
        board.registers,
    )


def send(administrator: Client, page: str, args: list[str], said: dict[str, Any]) -> None:
    """Fill in a page and save it."""
    answer = administrator.post(reverse(page, args=[1, *args]), said)
    assert answer.status_code == 302, answer.content.decode()


def notice_form(rule: NoticePolicy) -> dict[str, Any]:
    return {
        "is_charged": rule.is_charged,
        "notice": rule.notice,
        "unit": rule.unit,
        "counting": rule.counting,
        "clear_days": rule.clear_days,
        "skip_bank_holidays": rule.skip_bank_holidays,
        "cut_off": rule.cut_off.isoformat("minutes") if rule.cut_off else "",
        "name": rule.label or "These places",
        "clause": rule.clause,
    }


def length_form(board: Board) -> dict[str, Any]:
    minutes = board.half_day_minutes
    return {"keep_late_charge": True, "move_grace_hours": 72, "half_day_minutes": minutes}


def attendance_form(rule: AttendanceRule) -> dict[str, Any]:
    answers = {name: "" if value is None else value for name, value in vars(rule).items()}
    return answers | {"name": rule.label}


def price_form(price: PriceRule) -> dict[str, Any]:
    amounts = {"amount": price.amount, "less": price.less}
    said = {name: value or "" for name, value in amounts.items()}
    limits = {name: getattr(price, name) for name in ("at_least", "at_most", "notice_under")}
    said |= {name: "" if value is None else value for name, value in limits.items()}
    words = {"kind": price.kind, "outcome": price.outcome, "base": price.base}
    return (
        said
        | words
        | {"rounding": price.rounding, "clause": price.clause, "plus_extras": price.plus_extras}
    )


def scope_form(scope: AppliesTo) -> dict[str, Any]:
    """Choices by id, where a code names an entry of a list."""
    codes = {name: getattr(scope, name) for name in NAMED}
    said = {name: entry(name, code) for name, code in codes.items() if code is not None}
    lengths = {"shortest": scope.shortest, "longest": scope.longest}
    return said | {name: minutes for name, minutes in lengths.items() if minutes is not None}


def entry(name: str, code: str) -> Any:
    """The entry that a code names, made if there is none yet."""
    if name in LISTS:
        return LISTS[name].objects.get_or_create(code=code, defaults={"name": code})[0].pk
    if name == "group":
        found = WorkforceGroup.objects.filter(code=code).first()
        return (found or workforce_group(code=code)).pk
    if name == "course":
        known = Course.objects.filter(reference=code).first()
        return (known or course(reference=code)).pk
    return code


def as_given(version: Version) -> tuple[Any, ...]:
    """A version as the boards are written."""
    general, *exceptions = version.notices
    return (
        (without_words(general), *sorted(map(without_words, exceptions), key=repr)),
        sorted(version.prices, key=repr),
        tuple(replace(rule, exception=None) for rule in version.registers),
    )


def without_words(rule: NoticePolicy) -> NoticePolicy:
    """The clause of the general rule is the policy's, and labels decide nothing."""
    return replace(rule, clause="", label="")
