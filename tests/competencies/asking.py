"""What a page costs in queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import Membership
from tests.world import page_as


def queries_of(who: Membership, address: str) -> list[str]:
    """What the page asks for: transactions and the name of the partnership are every page's."""
    browser = page_as(who)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    frame = ("SAVEPOINT", "RELEASE", "SELECT set_config")
    statements = [each["sql"] for each in captured.captured_queries]
    return [each for each in statements if not each.startswith(frame)]
