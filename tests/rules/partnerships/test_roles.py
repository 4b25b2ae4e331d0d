"""Who may do what."""

import pytest

from govuk.rules.choice import Choice
from partnerships.rules.agencies import Nation
from partnerships.rules.roles import (
    PERMISSIONS,
    Permission,
    Role,
    is_staff,
    permissions_of,
    permissions_without_staff_powers,
)


@pytest.mark.parametrize(
    ("role", "forbidden"),
    [
        pytest.param(Role.FINANCE_OFFICER, Permission.READ_ANSWERS, id="finance reads no answers"),
        pytest.param(Role.FINANCE_OFFICER, Permission.READ_INSIGHT, id="nor results"),
        pytest.param(Role.SUBGROUP_MEMBER, Permission.READ_ANSWERS, id="subgroup, results only"),
        pytest.param(Role.TRAINER, Permission.RUN_TRAINING, id="trainer, own registers only"),
        pytest.param(Role.COORDINATOR, Permission.MANAGE_MONEY, id="coordinator, no invoices"),
        pytest.param(Role.AGENCY_LEAD, Permission.MANAGE_PEOPLE, id="lead, own staff only"),
        pytest.param(Role.FINANCE_CONTACT, Permission.ANSWER_FOR_AGENCY, id="invoices, not staff"),
    ],
)
def test_what_a_role_may_not_do(role: Role, forbidden: Permission) -> None:
    assert forbidden not in permissions_of([role])


def test_roles_add_up_and_unknown_ones_give_nothing() -> None:
    both = permissions_of(["trainer", "finance_officer", "wizard"])
    assert both == PERMISSIONS[Role.TRAINER] | PERMISSIONS[Role.FINANCE_OFFICER]


def test_every_role_may_book_for_itself() -> None:
    assert all(Permission.BOOK_FOR_SELF in permissions_of([role]) for role in Role)


def test_an_administrator_may_do_everything() -> None:
    assert permissions_of(["administrator"]) == frozenset(Permission)


def test_staff_act_for_the_partnership() -> None:
    assert is_staff(["practitioner", "trainer"])
    assert not is_staff(["practitioner", "agency_lead", "line_manager", "finance_contact"])


@pytest.mark.parametrize(
    ("roles", "left"),
    [
        ([], set()),
        (["practitioner"], {"book_for_self"}),
        (["trainer"], {"book_for_self"}),
        (["administrator"], {"book_for_self"}),
        (["line_manager"], {"book_for_self", "approve_own_team"}),
        (["coordinator", "line_manager"], {"book_for_self", "approve_own_team"}),
        (
            ["administrator", "agency_lead"],
            {"book_for_self", "approve_own_team", "answer_for_agency", "pay_for_agency"},
        ),
    ],
)
def test_staff_without_a_second_factor_keep_what_they_may_do_for_themselves_and_their_agency(
    roles: list[str], left: set[str]
) -> None:
    assert permissions_without_staff_powers(roles) == left


def test_a_choice_is_its_stored_value_and_has_a_label() -> None:
    assert issubclass(Role, Choice)
    assert str(Nation.WALES) == "WLS"
    assert Nation.choices()[0] == ("ENG", "England")
    assert Nation.values() == ["ENG", "WLS", "SCT", "NIR"]
