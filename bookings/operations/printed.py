"""A document of money, or a refusal that says which characters stand in its way."""

from collections.abc import Callable

from bookings.operations.refused import Refused
from partnerships.rules.printing import Unprintable, unprintable


def printed(what: str, make: Callable[[], bytes]) -> bytes:
    """The document as ``make`` gives it; refused, with its name, where the fonts lack something in it."""
    try:
        return make()
    except Unprintable as found:
        raise Refused(unprintable(what, found.signs)) from found
