"""The services tests lean on: a database, a Redis, a browser.

The database comes from outside (`python -m config.runner.testing`, which `make test` uses).
Redis and Chromium are used where the machine has them. A Chromium is fetched where not; where that fails, and where
there is no Redis, the closing lines say what was not tested, in capitals.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
import redis

from config.runner.testing import TEMPLATE_VARIABLE
from tests.plugins.chromium import NoBrowser, find_chromium

NO_BROWSER = "no Chromium on this machine"
_REDIS_START_SECONDS = 10


def can_have_redis() -> bool:
    return bool(os.environ.get("REDIS_URL") or shutil.which("redis-server"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Copy the migrated template instead of migrating in every test process."""
    from django.db import connections

    template = os.environ.get(TEMPLATE_VARIABLE)
    if template is None:
        pytest.exit("tests with a database: python -m config.runner.testing pytest ...", 2)
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = template


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser's path; the test is skipped where there is none and none can be brought."""
    try:
        return find_chromium()
    except NoBrowser as why:
        pytest.skip(f"{NO_BROWSER}: {why}")


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """REDIS_URL, or a server of our own on a free port for as long as this test process lives."""
    given = os.environ.get("REDIS_URL")
    if given:
        yield given
        return
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no Redis on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    url = f"redis://127.0.0.1:{port}/0"
    try:
        _wait_for(url)
        yield url
    finally:
        server.terminate()
        server.wait(_REDIS_START_SECONDS)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _REDIS_START_SECONDS
    with redis.Redis.from_url(url) as client:
        while True:
            try:
                client.ping()
            except redis.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
            else:
                return


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
    if not can_have_redis():
        terminalreporter.write_line(
            "BROKER TESTS DID NOT RUN: no Redis. Install it (apt-get install redis-server) "
            "or name one with REDIS_URL=redis://...",
            yellow=True,
            bold=True,
        )
