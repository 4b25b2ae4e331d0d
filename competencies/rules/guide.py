"""A pathway guide: questions that lead to courses, walked by the answers chosen (seed 002, W42)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from partnerships.rules.reasons import Kind, Reason


@dataclass(frozen=True)
class Branch:
    """One answer: the courses it adds, and the question it leads to; empty if the guide ends there."""

    label: str
    leads_to: str = ""
    attend: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class GuideQuestion:
    code: str
    text: str
    answers: tuple[Branch, ...]


@dataclass(frozen=True)
class Guide:
    """Questions by code, and the one asked first."""

    first: str
    questions: tuple[GuideQuestion, ...]

    def question(self, code: str) -> GuideQuestion | None:
        return next((one for one in self.questions if one.code == code), None)


@dataclass(frozen=True)
class Walk:
    """How far the answers lead: the open question (None at the end) and the courses gathered."""

    question: GuideQuestion | None
    attend: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def ended(self) -> bool:
        """Whether there is nothing left to ask."""
        return self.question is None


def walk(guide: Guide, choices: Sequence[str]) -> Walk:
    """Follow the labels chosen from the first question. A label that is not offered is refused."""
    here = Walk(guide.question(guide.first))
    for choice in choices:
        here = _step(guide, here, choice)
    return here


def guide_reasons(guide: Guide) -> tuple[Reason, ...]:
    """Why the guide cannot be used: it must reach an end whatever people answer."""
    codes = [question.code for question in guide.questions]
    reasons: list[Reason] = []
    if len(codes) != len(set(codes)):
        reasons.append(_problem("guide_doubled", "Two questions have the same code."))
    if guide.question(guide.first) is None:
        reasons.append(_problem("guide_no_start", "The first question is missing."))
    for question in guide.questions:
        reasons.extend(_question_reasons(guide, question))
    loop = _loop(guide, guide.first, (), set())
    if loop:
        names = " to ".join(loop)
        reasons.append(_problem("guide_loop", f"The questions go round in a circle: {names}."))
    unreached = sorted(set(codes) - _reached(guide))
    if unreached:
        sentence = f"No answer leads to {', '.join(unreached)}."
        reasons.append(Reason(Kind.WARNS, "guide_unreached", sentence))
    return tuple(reasons)


def _step(guide: Guide, here: Walk, choice: str) -> Walk:
    offered = here.question.answers if here.question else ()
    answer = next((one for one in offered if one.label == choice), None)
    if here.question is None or answer is None:
        raise ValueError(f"{choice!r} is not an answer that can be given here.")
    return Walk(
        question=guide.question(answer.leads_to),
        attend=here.attend + answer.attend,
        optional=here.optional + answer.optional,
        trail=(*here.trail, (here.question.text, choice)),
    )


def _question_reasons(guide: Guide, question: GuideQuestion) -> Iterator[Reason]:
    labels = [answer.label for answer in question.answers]
    if len(labels) < 2:
        yield _problem("guide_no_choice", f"“{question.text}” needs at least two answers.")
    if len(labels) != len(set(labels)):
        yield _problem("guide_same_answer", f"“{question.text}” has the same answer twice.")
    for answer in question.answers:
        if answer.leads_to and guide.question(answer.leads_to) is None:
            sentence = f"The answer “{answer.label}” to “{question.text}” leads to a question that does not exist."
            yield _problem("guide_dead_end", sentence)


def _loop(guide: Guide, code: str, behind: tuple[str, ...], cleared: set[str]) -> tuple[str, ...]:
    """The first path found that leads back to an earlier question; empty if there is none."""
    if code in behind:
        return (*behind[behind.index(code) :], code)
    if code in cleared:
        return ()
    for following in _following(guide, code):
        if loop := _loop(guide, following, (*behind, code), cleared):
            return loop
    cleared.add(code)
    return ()


def _reached(guide: Guide) -> set[str]:
    reached: set[str] = set()
    ahead = [guide.first]
    while ahead:
        code = ahead.pop()
        if code not in reached:
            reached.add(code)
            ahead.extend(_following(guide, code))
    return reached


def _following(guide: Guide, code: str) -> tuple[str, ...]:
    question = guide.question(code)
    answers = question.answers if question else ()
    return tuple(answer.leads_to for answer in answers if answer.leads_to)


def _problem(code: str, sentence: str) -> Reason:
    return Reason(Kind.BLOCKS, code, sentence)
