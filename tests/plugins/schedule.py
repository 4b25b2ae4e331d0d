"""Which tests share a test process: those that share something that takes long to make."""

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = (
    "tests/journeys/",  # one site and one browser, which keep a core and a half busy
    "tests/config/test_load_demo.py",  # one load of all demonstration data
)


A_DAY_OF_LOADING = "tests/config/test_demo_days.py::TestADayOfLoading"


class Together(LoadScopeScheduling):
    """Hands out tests one by one, but for those that belong together. Big groups come first."""

    def _split_scope(self, nodeid: str) -> str:
        if A_DAY_OF_LOADING in nodeid:  # one load for each day in the brackets
            return nodeid.rpartition("[")[2]
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    return Together(config, log)
