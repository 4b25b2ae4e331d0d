"""Who may give and take roles."""

import pytest

from partnerships.rules.granting import granting_reasons, needs_another_to_confirm
from partnerships.rules.reasons import Kind, Reason, codes
from partnerships.rules.roles import Role, permissions_of

COORDINATOR = permissions_of([Role.COORDINATOR])
ADMINISTRATOR = permissions_of([Role.ADMINISTRATOR])


@pytest.mark.parametrize(
    ("held", "wanted", "granter", "expected"),
    [
        (["practitioner"], ["practitioner", "agency_lead"], COORDINATOR, set()),
        (["practitioner", "line_manager"], [], COORDINATOR, set()),
        (["practitioner"], ["trainer"], COORDINATOR, {"role_not_yours_to_give"}),
        (["trainer"], ["practitioner"], COORDINATOR, {"role_not_yours_to_give"}),
        (["trainer"], ["trainer", "line_manager"], COORDINATOR, set()),
        (["practitioner"], ["trainer", "coordinator"], ADMINISTRATOR, set()),
        (["coordinator"], ["administrator"], COORDINATOR, {"role_not_yours_to_give"}),
        (["practitioner"], ["practitioner", "king"], ADMINISTRATOR, {"role_unknown"}),
        (["old_role"], ["old_role", "practitioner"], ADMINISTRATOR, set()),
    ],
)
def test_staff_roles_are_the_administrators_to_give(
    held: list[str], wanted: list[str], granter: frozenset[object], expected: set[str]
) -> None:
    assert codes(granting_reasons(held, wanted, granter)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "granter", "expected"),
    [
        (["coordinator", "agency_lead"], COORDINATOR, {"own_role"}),
        ([], COORDINATOR, {"own_role"}),
        (["coordinator"], COORDINATOR, set()),
        (["coordinator", "agency_lead"], ADMINISTRATOR, set()),
    ],
)
def test_nobody_but_an_administrator_changes_their_own_roles(
    wanted: list[str], granter: frozenset[object], expected: set[str]
) -> None:
    reasons = granting_reasons(["coordinator"], wanted, granter, own=True)  # type: ignore[arg-type]
    assert codes(reasons) == expected


def test_closing_the_access_of_staff_is_the_administrators() -> None:
    reasons = granting_reasons(
        ["finance_officer"], ["finance_officer"], COORDINATOR, access_changes=True
    )
    assert (
        reasons[0].sentence == "Only a partnership administrator can change who is Finance officer."
    )
    assert not granting_reasons(
        ["practitioner"], ["practitioner"], COORDINATOR, access_changes=True
    )


@pytest.mark.parametrize(
    ("wanted", "stays"), [(["practitioner"], True), (["administrator"], False)]
)
def test_the_last_administrator_stays(wanted: list[str], stays: bool) -> None:
    reasons = granting_reasons(
        ["administrator"], wanted, ADMINISTRATOR, last_administrator=True, stays=stays
    )
    assert codes(reasons) == {"last_administrator"}


def test_why_roles_cannot_be_changed_in_words() -> None:
    unknown = granting_reasons([], ["king", "queen"], ADMINISTRATOR)
    own = granting_reasons(["coordinator"], [], COORDINATOR, own=True)
    staff = granting_reasons(["trainer"], ["administrator"], COORDINATOR)
    last = granting_reasons(["administrator"], [], ADMINISTRATOR, last_administrator=True)
    assert [*unknown, *own, *staff, *last] == [
        Reason(Kind.BLOCKS, "role_unknown", "There is no such role as “king” and “queen”."),
        Reason(
            Kind.BLOCKS,
            "own_role",
            "You cannot change your own roles.",
            "Ask a partnership administrator.",
        ),
        Reason(
            Kind.BLOCKS,
            "role_not_yours_to_give",
            "Only a partnership administrator can change who is Trainer and Partnership administrator.",
        ),
        Reason(
            Kind.BLOCKS,
            "last_administrator",
            "This is the partnership’s only administrator.",
            "Make someone else an administrator first.",
        ),
    ]


def test_the_last_administrator_may_take_on_more() -> None:
    wanted = ["administrator", "trainer"]
    assert not granting_reasons(["administrator"], wanted, ADMINISTRATOR, last_administrator=True)


@pytest.mark.parametrize(
    ("roles", "waits"),
    [
        ([Role.PRACTITIONER], False),
        ([Role.AGENCY_LEAD], False),
        ([Role.COORDINATOR], True),
        ([Role.COORDINATOR, Role.AGENCY_LEAD], True),
        ([Role.ADMINISTRATOR], False),
    ],
)
def test_whoever_keeps_the_domains_of_agencies_is_not_believed_by_one(
    roles: list[Role], waits: bool
) -> None:
    assert needs_another_to_confirm(permissions_of(roles)) is waits
