"""What people answer: more knowledge and confidence afterwards, some of it lost later, and now and then a fall."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from evaluation.models import Question
from evaluation.rules.states import QuestionKind, Stage, Subscale
from tools.demo.town import Town

SHARE_OF_TEXTS = 0.35  # so many of the free-text questions are filled in
FALLS = 0.12  # so many people find afterwards that they knew less than they thought
# Where somebody starts on a scale from 0 to 1, and how far the stages move her.
START, SPREAD = 0.48, 0.17
GAIN = {Stage.BASELINE: 0.0, Stage.IMMEDIATE: 0.27, Stage.IMPACT: 0.2}
LEVEL = {Subscale.SATISFACTION: 0.84, Subscale.IMPACT: 0.62, Subscale.OTHER: 0.78}
TEXTS = {
    "hopes": (
        "Ask better questions when something feels wrong.",
        "Know what happens after a referral.",
        "Write clearer records.",
        "Meet people from other agencies.",
    ),
    "will_change": (
        "Write down exactly what was said, on the same day.",
        "Ring the other agency instead of waiting for an email.",
        "Bring one case to supervision every month.",
        "Ask the child alone, and in simple words.",
    ),
    "improve": (
        "More time for the case study.",
        "A longer lunch break.",
        "Fewer slides, more discussion.",
        "Please keep the groups mixed across agencies.",
    ),
    "example": (
        "I questioned a decision and the plan was looked at again.",
        "I shared my notes with the school nurse and we met the family together.",
        "Our team has a checklist on the wall now.",
    ),
    "barriers": (
        "Little time with my caseload.",
        "Nobody else in the team has been on the course yet.",
        "Our recording system has no place for it.",
    ),
    "trainer_changes": (
        "The second case study needs a newer example.",
        "Another half hour for questions.",
        "Send the reading a week earlier.",
    ),
}


def answers_of(town: Town, stage: Stage, key: str) -> Iterator[tuple[Question, str]]:
    """One response, with the optional questions often left empty.

    ``key`` names a person at an event: the same one answers alike at every stage.
    """
    person = town.chance("attitude", key)
    start, gain = person.gauss(START, SPREAD), person.uniform(0.6, 1.4)
    gain = -0.6 * gain if person.random() < FALLS else gain
    chance = town.chance("answer", stage, key)
    for question in town.questions[stage]:
        if question.kind == QuestionKind.SCALE:
            place = place_on_scale(question, stage, start, gain)
            yield question, str(number(question, place, chance))
        elif question.kind == QuestionKind.CHOICE:
            yield question, choice(question, chance)
        elif chance.random() < SHARE_OF_TEXTS and question.key in TEXTS:
            yield question, chance.choice(TEXTS[question.key])


def place_on_scale(question: Question, stage: Stage, start: float, gain: float) -> float:
    """From 0 (lowest) to 1 (highest), before chance has its say."""
    subscale = Subscale(question.subscale)
    if subscale in LEVEL or stage not in GAIN:
        return LEVEL.get(subscale, LEVEL[Subscale.OTHER])
    # Attitudes move least: most people held them before they came.
    weight = 0.5 if subscale is Subscale.ATTITUDES else 1.0
    first = start + (0.15 if subscale is Subscale.ATTITUDES else 0.0)
    return first + GAIN[stage] * gain * weight


def number(question: Question, place: float, chance: Random) -> int:
    """A number on the question's scale."""
    drawn = place + chance.gauss(0, 0.09)
    length = question.highest - question.lowest
    return question.lowest + round(min(max(drawn, 0.0), 1.0) * length)


def choice(question: Question, chance: Random) -> str:
    """The first options are chosen most."""
    weights = [2.0 ** (len(question.options) - place) for place in range(len(question.options))]
    found: str = chance.choices(question.options, weights)[0]
    return found
