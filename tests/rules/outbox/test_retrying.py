"""When something that failed is tried again, and how its fault is kept."""

from datetime import timedelta

import pytest

from outbox.rules.retrying import fault_in_words, pause_after

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("attempts", "pause"),
    [
        pytest.param(1, timedelta(minutes=1), id="first failure"),
        pytest.param(2, timedelta(minutes=2), id="twice as long"),
        pytest.param(3, timedelta(minutes=4), id="and again"),
        pytest.param(11, timedelta(hours=17, minutes=4), id="the last pause below a day"),
        pytest.param(12, timedelta(days=1), id="a day at most"),
        pytest.param(10_000, timedelta(days=1), id="however often"),
    ],
)
def test_each_pause_is_twice_as_long_and_a_day_at_most(attempts: int, pause: timedelta) -> None:
    assert pause_after(attempts, MINUTE) == pause


def test_a_first_pause_of_more_than_a_day_is_a_day() -> None:
    assert pause_after(1, timedelta(days=2)) == timedelta(days=1)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no such address"), "ValueError: no such address"),
        (OSError(), "OSError: "),
        (ValueError("two\nlines\x00and nothing"), "ValueError: two lines and nothing"),
        (ValueError("naïve café"), "ValueError: naïve café"),
    ],
)
def test_a_fault_is_kept_without_what_cannot_be_stored(error: Exception, words: str) -> None:
    assert fault_in_words(error) == words


def test_a_long_fault_is_cut() -> None:
    assert fault_in_words(ValueError("x" * 2000)) == "ValueError: " + "x" * 988
    assert fault_in_words(ValueError("abc"), longest=12) == "ValueError: "
