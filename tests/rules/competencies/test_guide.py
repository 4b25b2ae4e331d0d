"""A guide of questions that lead to courses."""

import pytest

from competencies.rules.guide import Branch, Guide, GuideQuestion, guide_reasons, walk
from partnerships.rules.reasons import Kind, Reason, codes


def question(code: str, *answers: Branch) -> GuideQuestion:
    return GuideQuestion(code, f"{code}?", answers)


THREE_MORE = ("Return interviews", "Skills and practice", "Working with parents")
# Shaped after North Somerset's pathway (seed 002), in words of our own.
CSE = Guide(
    "contact",
    (
        question("contact", Branch("yes", "leads"), Branch("no")),
        question(
            "leads",
            Branch("yes", "affected", attend=("Advanced",)),
            Branch("no", "affected", attend=("Awareness",)),
        ),
        question("affected", Branch("yes", optional=THREE_MORE), Branch("no")),
    ),
)


@pytest.mark.parametrize(
    ("choices", "attend", "optional"),
    [
        pytest.param(("no",), (), (), id="W42 no contact"),
        pytest.param(("yes", "no", "no"), ("Awareness",), (), id="W42 teaching assistant"),
        pytest.param(("yes", "yes", "no"), ("Advanced",), (), id="W42 lead"),
        pytest.param(("yes", "yes", "yes"), ("Advanced",), THREE_MORE, id="W42 lead, affected"),
    ],
)
def test_w42_the_guide_leads_to_courses(
    choices: tuple[str, ...], attend: tuple[str, ...], optional: tuple[str, ...]
) -> None:
    found = walk(CSE, choices)
    assert found.ended
    assert (found.attend, found.optional) == (attend, optional)
    assert [choice for _, choice in found.trail] == list(choices)


def test_half_way_the_next_question_is_open() -> None:
    found = walk(CSE, ("yes",))
    assert not found.ended
    assert found.question is not None
    assert found.question.code == "leads"
    assert found.trail == (("contact?", "yes"),)


@pytest.mark.parametrize("choices", [("perhaps",), ("no", "yes")])
def test_an_answer_not_offered_is_refused(choices: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        walk(CSE, choices)


YES_NO = (Branch("yes"), Branch("no"))


@pytest.mark.parametrize(
    ("guide", "expected"),
    [
        pytest.param(CSE, set(), id="good"),
        pytest.param(Guide("a", ()), {"guide_no_start"}, id="empty"),
        pytest.param(Guide("a", (question("a", Branch("yes")),)), {"guide_no_choice"}, id="one"),
        pytest.param(
            Guide("a", (question("a", Branch("yes"), Branch("yes")),)),
            {"guide_same_answer"},
            id="same answer twice",
        ),
        pytest.param(
            Guide("a", (question("a", Branch("yes", "z"), Branch("no")),)),
            {"guide_dead_end"},
            id="leads nowhere",
        ),
        pytest.param(
            Guide("a", (question("a", Branch("yes", "a"), Branch("no")),)),
            {"guide_loop"},
            id="to itself",
        ),
        pytest.param(
            Guide(
                "a",
                (
                    question("a", Branch("yes", "b"), Branch("no")),
                    question("b", Branch("yes", "c"), Branch("no")),
                    question("c", Branch("yes", "b"), Branch("no")),
                ),
            ),
            {"guide_loop"},
            id="in a circle",
        ),
        pytest.param(
            Guide("a", (question("a", *YES_NO), question("b", *YES_NO))),
            {"guide_unreached"},
            id="never asked",
        ),
        pytest.param(
            Guide("a", (question("a", *YES_NO), question("a", *YES_NO))),
            {"guide_doubled"},
            id="same code twice",
        ),
    ],
)
def test_a_guide_reaches_an_end_whatever_is_answered(guide: Guide, expected: set[str]) -> None:
    assert codes(guide_reasons(guide)) == expected


@pytest.mark.parametrize(
    ("guide", "kind", "code", "sentence"),
    [
        pytest.param(
            Guide("a", (question("a", *YES_NO), question("a", *YES_NO))),
            *(Kind.BLOCKS, "guide_doubled", "Two questions have the same code."),
            id="same code twice",
        ),
        pytest.param(
            Guide("a", ()),
            *(Kind.BLOCKS, "guide_no_start", "The first question is missing."),
            id="empty",
        ),
        pytest.param(
            Guide("a", (question("a", Branch("yes")),)),
            *(Kind.BLOCKS, "guide_no_choice", "“a?” needs at least two answers."),
            id="one answer",
        ),
        pytest.param(
            Guide("a", (question("a", Branch("yes"), Branch("yes")),)),
            *(Kind.BLOCKS, "guide_same_answer", "“a?” has the same answer twice."),
            id="same answer twice",
        ),
        pytest.param(
            Guide("a", (question("a", Branch("yes", "z"), Branch("no")),)),
            *(Kind.BLOCKS, "guide_dead_end"),
            "The answer “yes” to “a?” leads to a question that does not exist.",
            id="leads nowhere",
        ),
        pytest.param(
            Guide(
                "a",
                (
                    question("a", Branch("yes", "b"), Branch("no")),
                    question("b", Branch("yes", "a"), Branch("no")),
                ),
            ),
            *(Kind.BLOCKS, "guide_loop", "The questions go round in a circle: a to b to a."),
            id="in a circle",
        ),
        pytest.param(
            Guide("a", (question("a", *YES_NO), question("c", *YES_NO), question("b", *YES_NO))),
            *(Kind.WARNS, "guide_unreached", "No answer leads to b, c."),
            id="never asked",
        ),
    ],
)
def test_what_is_wrong_with_a_guide_in_words(
    guide: Guide, kind: Kind, code: str, sentence: str
) -> None:
    assert guide_reasons(guide) == (Reason(kind, code, sentence),)


def test_a_long_guide_of_shared_branches_is_checked_at_once() -> None:
    steps = tuple(
        question(f"q{at}", Branch("yes", f"q{at + 1}"), Branch("no", f"q{at + 1}"))
        for at in range(60)
    )
    assert guide_reasons(Guide("q0", (*steps, question("q60", *YES_NO)))) == ()
