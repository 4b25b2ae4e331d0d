"""A refusal says in words why nothing was done."""

import pytest

from partnerships.rules.reasons import Kind, Reason
from partnerships.rules.refused import SHOWN_OTHERWISE, Refused, check_shown, has_left, refuse

FULL = Reason(Kind.BLOCKS, "full", "This event is full.", "Join the waiting list.")
CLOSED = Reason(Kind.BLOCKS, "register_closed", "This register is closed.")


def test_a_refusal_reads_as_all_its_reasons_with_what_to_do_next() -> None:
    refused = Refused(FULL, CLOSED)
    assert str(refused) == "This event is full. Join the waiting list. This register is closed."
    assert refused.reasons == (FULL, CLOSED)
    assert refused.codes == {"full", "register_closed"}


def test_one_reason_is_said_in_one_line() -> None:
    assert refuse("full", "This event is full.", "Join the waiting list.").reasons == (FULL,)
    assert refuse("register_closed", "This register is closed.").reasons == (CLOSED,)


@pytest.mark.parametrize(
    ("shown", "comes"),
    [
        pytest.param("3f2a", "3f2a", id="as the page said"),
        pytest.param("", "3f2a", id="there was no page"),
        pytest.param("", "", id="nothing to show"),
    ],
)
def test_what_was_shown_may_happen(shown: str, comes: str) -> None:
    check_shown(shown, comes)


@pytest.mark.parametrize("comes", ["77b0", ""])
def test_nobody_agrees_to_what_the_page_did_not_show(comes: str) -> None:
    with pytest.raises(Refused) as refused:
        check_shown("3f2a", comes)
    assert refused.value.codes == {SHOWN_OTHERWISE} == {"shown_otherwise"}
    assert refused.value.reasons == (
        Reason(
            Kind.BLOCKS,
            "shown_otherwise",
            "What will happen has changed since this page was shown.",
            "Check it, then send the form again.",
        ),
    )


def test_a_place_ends_with_the_job_it_was_asked_for_in() -> None:
    assert has_left("Hill School").reasons == (
        Reason(
            Kind.BLOCKS,
            "has_left",
            "This place was requested for a job at Hill School that has ended or was refused, or the account is "
            "closed.",
        ),
    )
