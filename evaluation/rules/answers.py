"""Whether an answer fits its question, in a sentence for the person answering."""

from dataclasses import dataclass

from evaluation.rules.states import QuestionKind
from govuk.rules.phrases import counted


@dataclass(frozen=True)
class AnswerRule:
    """A question as far as its answer is concerned; ``choices`` are the values to choose from."""

    kind: QuestionKind
    required: bool = False
    lowest: int = 1
    highest: int = 5
    choices: tuple[str, ...] = ()
    longest: int = 2000


def answer_problem(question: AnswerRule, answer: str) -> str | None:
    """What is wrong with the answer; None if nothing is. Empty answers are fine unless required."""
    given = answer.strip()
    if not given:
        return _missing(question) if question.required else None
    if question.kind is QuestionKind.SCALE:
        on_scale = given.isascii() and given.isdecimal() and len(given) < 4
        fits = on_scale and question.lowest <= int(given) <= question.highest
        return None if fits else f"Choose a number from {question.lowest} to {question.highest}."
    if question.kind is QuestionKind.CHOICE:
        return None if given in question.choices else "Choose one of the answers listed."
    over = len(given) - question.longest
    return f"Your answer is {counted(over, 'character')} too long." if over > 0 else None


def _missing(question: AnswerRule) -> str:
    return "Write an answer." if question.kind is QuestionKind.TEXT else "Choose an answer."
