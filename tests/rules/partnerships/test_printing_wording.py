"""What no font can print is named, each character with its code."""

from partnerships.rules.printing import Unprintable, signs_named, unprintable
from partnerships.rules.reasons import Kind, Reason


def test_each_character_is_named_with_the_code_by_which_it_can_be_looked_up() -> None:
    assert signs_named({"x"}) == "“x” (U+0078)"
    assert signs_named({"😀", "한", "x"}) == "“x” (U+0078), “한” (U+D55C), “😀” (U+1F600)"


def test_why_a_document_is_not_made_and_what_to_do_about_it() -> None:
    sentence = "This certificate cannot be printed: our fonts do not include “한” (U+D55C)."
    assert unprintable("This certificate", "한") == Reason(
        Kind.BLOCKS, "unprintable", sentence, "Rewrite the name or text in other characters."
    )
    assert unprintable("This certificate", "한", "Ask us.").next_step == "Ask us."


def test_a_document_that_would_have_boxes_in_it_says_which_characters_they_would_be() -> None:
    fault = Unprintable({"한", "글"})
    sentence = (
        "This document cannot be printed: our fonts do not include “글” (U+AE00), “한” (U+D55C)."
    )
    assert fault.signs == {"한", "글"}
    assert (fault.reason.code, fault.reason.sentence) == ("unprintable", sentence)
    assert str(fault) == f"{sentence} Rewrite the name or text in other characters."
