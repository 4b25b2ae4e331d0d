"""A document of money, or a refusal that says which characters stand in its way."""

from collections.abc import Callable

from partnerships.rules.printing import Unprintable, unprintable
from partnerships.rules.refused import Refused


def printed(what: str, make: Callable[[], bytes]) -> bytes:
    """The document as ``make`` gives it; refused, with its name, where the fonts lack something in it."""
    try:
        return make()
    except Unprintable as found:
        raise Refused(unprintable(what, found.signs)) from found
