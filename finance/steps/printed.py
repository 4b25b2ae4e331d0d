"""A finance document, or a refusal that says which characters cannot be printed."""

from collections.abc import Callable

from partnerships.rules.printing import Unprintable, unprintable
from partnerships.rules.refused import Refused


def printed(what: str, make: Callable[[], bytes]) -> bytes:
    """The document that ``make`` returns; refused, with its name, if our fonts lack a character in it."""
    try:
        return make()
    except Unprintable as found:
        raise Refused(unprintable(what, found.signs)) from found
