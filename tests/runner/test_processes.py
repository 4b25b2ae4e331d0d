"""Children stop when asked, are made to when they do not, and never outlive their group."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from tools.runner.processes import Child, Stop, first_to_end, stop_all

SLEEPS = ["sleep", "60"]
DEAF = ["sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done"]


@pytest.fixture
def stop() -> Iterator[Stop]:
    """The real signal handlers, put back afterwards."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    yield Stop()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_child_that_listens_stops_at_once() -> None:
    child = Child("sleeper", SLEEPS)
    started = time.monotonic()
    stop_all([child], seconds=5)
    assert time.monotonic() - started < 2
    assert child.exit_code == 128 + signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended_when_its_time_is_up() -> None:
    child = Child("deaf", DEAF)
    stop_all([child], seconds=0.3)
    assert child.exit_code is not None


def test_what_a_child_started_goes_with_it() -> None:
    read, write = os.pipe()
    with os.fdopen(write, "wb") as output:
        child = Child("parent", ["sh", "-c", "sleep 60 & echo $!; exit 0"], output=output)
    with os.fdopen(read) as told:
        grandchild = int(told.readline())
    assert child.wait(seconds=5)
    stop_all([child], seconds=1)
    assert _is_gone(grandchild)


def _is_gone(pid: int) -> bool:
    """Killed, and buried by the system: that can take a moment."""
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_the_first_child_to_end_is_named(stop: Stop) -> None:
    quick, slow = Child("quick", ["sh", "-c", "exit 3"]), Child("slow", SLEEPS)
    ended = first_to_end([slow, quick], stop)
    stop_all([slow], seconds=5)
    assert ended is quick
    assert quick.exit_code == 3


def test_ctrl_c_ends_the_watch_and_reaches_no_child(stop: Stop) -> None:
    child = Child("sleeper", SLEEPS)
    os.kill(os.getpid(), signal.SIGINT)
    assert first_to_end([child], stop) is None
    assert child.exit_code is None
    stop_all([child], seconds=5)


def test_a_child_leads_a_process_group_of_its_own() -> None:
    child = Child("sleeper", SLEEPS)
    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)
    stop_all([child], seconds=5)
