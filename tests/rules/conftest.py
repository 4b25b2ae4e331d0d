"""Rules are tested on a machine that stands far away: no rule may ask it for its zone."""

import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

# How long one example takes says more about the machine than about the rule.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")


@pytest.fixture(autouse=True)
def machine_elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Half a day ahead of London, where nothing that a rule says is true by accident."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Pacific/Auckland")
        time.tzset()
        yield
    time.tzset()
