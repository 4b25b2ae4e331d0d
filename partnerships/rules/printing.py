"""What no font can print is said before printing, because a box on a certificate stays there for good."""

from collections.abc import Collection

from partnerships.rules.reasons import Kind, Reason

OTHER_LETTERS = "Rewrite the name or text in other characters."


def signs_named(signs: Collection[str]) -> str:
    """Characters for a sentence, each with the code by which it can be looked up: “x” (U+0078)."""
    return ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in sorted(signs))


def unprintable(what: str, signs: Collection[str], next_step: str = OTHER_LETTERS) -> Reason:
    """Why a document is not made; ``what`` starts the sentence: “This certificate”."""
    sentence = f"{what} cannot be printed: our fonts do not include {signs_named(signs)}."
    return Reason(Kind.BLOCKS, "unprintable", sentence, next_step)


class Unprintable(Exception):
    """The document would have boxes in it, so it was not made."""

    def __init__(self, signs: Collection[str]) -> None:
        self.signs = frozenset(signs)
        self.reason = unprintable("This document", signs)
        super().__init__(str(self.reason))
