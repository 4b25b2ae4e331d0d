"""The services tests lean on: a database, a queue, a browser.

The database comes from outside (`python -m tools.runner.testing`, which `make test` uses), the queue is the built-in
one. Chromium is used where the machine has one and fetched where not; where that fails, the closing lines say what was
not tested, in capitals.
"""

import os
from collections.abc import Iterator

import pytest

from tests.plugins.chromium import NoBrowser, find_chromium
from tools.runner.processes import stop_all
from tools.runner.queue import Queue
from tools.runner.testing import TEMPLATE_VARIABLE

NO_BROWSER = "no Chromium on this machine"
_STOP_SECONDS = 5


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated template instead of migrating in every test process."""
    from django.db import connections

    template = os.environ.get(TEMPLATE_VARIABLE)
    if template is None:
        pytest.exit("tests with a database: python -m tools.runner.testing pytest ...", 2)
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path; the test is skipped where there is none and none can be brought."""
    try:
        return find_chromium()
    except NoBrowser as why:
        pytest.skip(f"{NO_BROWSER}: {why}")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """REDIS_URL, or a built-in server of our own for as long as this test process lives."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given
        return
    queue = Queue(tmp_path_factory.mktemp("queue"))
    queue.start()
    yield queue.url
    stop_all([queue.child] if queue.child else [], seconds=_STOP_SECONDS)


def numbered(url: str, number: int) -> str:
    """One of the sixteen databases of a queue server, for tests that run at once on one."""
    if url.startswith("unix:"):
        return f"{url}?db={number}"
    return f"{url.rpartition('/')[0]}/{number}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    if why := next((text for text in skipped if NO_BROWSER in text), ""):
        reason = why.partition(f"{NO_BROWSER}: ")[2].rstrip("')")
        terminalreporter.write_line(
            f"BROWSER TESTS DID NOT RUN: {NO_BROWSER}, and {reason}. Install it (apt-get install chromium) "
            "or name one with CHROMIUM=/path/to/chromium",
            yellow=True,
            bold=True,
        )
