"""What forms promise beside their fields, each with the test that holds it.

A help text that says who sees something, who is told, what is kept or what follows is a promise. A new one fails here
until it has a test.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.layout import APPS

ROOT = Path(__file__).parents[2]
PROMISES = re.compile(
    r"\b(is told|are told|told this|reads? this|see this|can read|kept|keep|held|no account|are sent|none are issued|"
    r"can be issued|do not need an account|decides? whether|are asked|you can ask|can still ask|do not see|"
    r"will not see|by its administrators|administrators can give|must be somebody|must work|we will|changes the)\b",
    re.IGNORECASE,
)
BOOKINGS, FINANCE, EVALUATION = "tests/bookings", "tests/finance", "tests/evaluation"
PEOPLE = "tests/partnerships"
HELD_BY = {
    "Only the training team and the trainers see this": (
        f"{BOOKINGS}/test_promises_kept.py::test_only_the_training_team_and_the_trainers_see_access_needs"
    ),
    "We will hold your place until then": (
        f"{BOOKINGS}/test_book_place.py::test_a_missing_course_holds_the_place_for_evidence"
    ),
    "We will email them a link. They do not need an account": (
        f"{BOOKINGS}/test_book_place.py::test_somebody_without_a_manager_names_one"
    ),
    "We keep this in the booking history": (
        f"{BOOKINGS}/test_book_place.py::test_groups_that_do_not_adjoin_are_refused_and_can_be_set_aside"
    ),
    "This decides whether cancelling is free": (
        f"{BOOKINGS}/test_cancelling.py::test_what_counts_is_when_the_message_came"
    ),
    "We keep the reason with the booking": (
        f"{BOOKINGS}/test_cancelling.py::test_the_training_team_says_how_the_message_came"
    ),
    "They must work for the same agency": (
        f"{BOOKINGS}/test_cancelling.py::test_of_another_agency_is_refused"
    ),
    "you keep the place until then": (
        f"{BOOKINGS}/test_colleague_waits.py::test_the_first_booking_stands_and_one_place_is_taken"
    ),
    "We will email this to everyone who is booked or waiting": (
        f"{BOOKINGS}/test_cancelling.py::test_every_charge_is_waived_and_everybody_is_told"
    ),
    "and email you its decision": (
        f"{BOOKINGS}/test_restricted_people.py::test_that_is_refused_stands_with_the_reason"
    ),
    "We will email it to the agency. A credit note shows it too": (
        f"{FINANCE}/test_disputes.py::test_the_reason_is_on_the_credit_note_and_in_the_email"
    ),
    "We will email the person who asked": (
        f"{BOOKINGS}/test_promises_kept.py::test_whoever_asked_for_a_waiver_is_told_the_decision"
    ),
    "No invoices can be issued until you enter it": (
        f"{FINANCE}/test_invoice_issue.py::test_an_agency_that_wants_an_order_number_is_not_invoiced_without"
    ),
    "We send invoices, credit notes and reminders there": (
        f"{FINANCE}/test_invoice_issue.py::test_the_agencys_finance_office_gets_the_very_document"
    ),
    "Their agency and people who check": (
        f"{EVALUATION}/test_certificates_withdrawn.py::test_the_reason_is_for_the_holder_and_the_training_team_alone"
    ),
    "This only changes the certificate": (
        f"{EVALUATION}/test_certificates_replaced.py::test_a_new_one_under_a_corrected_name_takes_the_place_of_the_old_one"
    ),
    "Certificates already issued keep the old name": (
        f"{EVALUATION}/test_certificates_replaced.py::test_the_name_of_an_account_changes_no_certificate"
    ),
    "Only partnership administrators can give roles that act for the partnership": (
        f"{PEOPLE}/test_manage.py::test_a_coordinator_makes_agency_leads_but_no_staff"
    ),
    "You can still ask for places": (
        f"{BOOKINGS}/test_group_not_known.py::test_a_policy_may_hold_the_place_meanwhile"
    ),
    "We will email this to the person": (
        f"{PEOPLE}/test_joining.py::test_refusing_needs_a_reason_which_the_person_is_told"
    ),
}


def help_texts() -> dict[str, str]:
    """Every help text of every form, by the place where it stands."""
    found: dict[str, str] = {}
    for app in APPS:
        for path in sorted((ROOT / app / "forms").glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                value: ast.AST | None = None
                if (isinstance(node, ast.keyword) and node.arg == "help_text") or (
                    isinstance(node, ast.Assign)
                    and getattr(node.targets[0], "attr", "") == "help_text"
                ):
                    value = node.value
                if value is not None:
                    parts = [
                        each.value for each in ast.walk(value) if isinstance(each, ast.Constant)
                    ]
                    found[f"{path.relative_to(ROOT)}:{value.lineno}"] = "".join(map(str, parts))
    return found


def test_every_promise_of_a_form_is_held_by_a_test() -> None:
    promises = {where: text for where, text in help_texts().items() if PROMISES.search(text)}
    assert len(promises) >= len(HELD_BY) / 2
    held = {where for where, text in promises.items() if any(one in text for one in HELD_BY)}
    assert set(promises) - held == set()


@pytest.mark.parametrize("promise", HELD_BY)
def test_the_promise_is_still_made_and_its_test_exists(promise: str) -> None:
    path, name = HELD_BY[promise].split("::")
    assert any(promise in text for text in help_texts().values())
    assert re.search(rf"def {name}\b", (ROOT / path).read_text("utf-8"))
