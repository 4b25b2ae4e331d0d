"""A form made from a questionnaire's questions. What a coordinator typed is text here, never markup."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from evaluation.models import Question
from evaluation.rules.answers import AnswerRule as Rule
from evaluation.rules.answers import answer_problem
from evaluation.rules.states import QuestionKind
from govuk.forms import GovukForm, Radios, finish_field

MOST_A_ROW = 5


class AnswersForm(GovukForm):
    """One field per question, named after its id, in the order of the questionnaire."""

    def __init__(self, questions: Iterable[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        for question in self.questions:
            name = field_name(question)
            self.fields[name] = field_for(question)
            finish_field(name, self.fields[name])

    def clean(self) -> dict[str, Any]:
        """The rule has the last word on every answer, whatever the field let through."""
        cleaned: dict[str, Any] = super().clean() or {}
        for question in self.questions:
            name = field_name(question)
            problem = None if name in self.errors else problem_of(question, cleaned.get(name))
            if problem:
                self.add_error(name, problem)
        return cleaned

    def answers(self) -> list[tuple[Question, str]]:
        """The answers, without questions left empty."""
        given = [(one, str(self.cleaned_data.get(field_name(one)) or "")) for one in self.questions]
        return [(question, answer.strip()) for question, answer in given if answer.strip()]


def field_name(question: Question) -> str:
    """By id, never by key: two versions of a questionnaire may share a key."""
    return f"question_{question.pk}"


def as_rule(question: Question) -> Rule:
    return Rule(
        kind=QuestionKind(question.kind),
        required=question.required,
        lowest=question.lowest,
        highest=question.highest,
        choices=tuple(question.options),
    )


def problem_of(question: Question, answer: str | None) -> str | None:
    """What the rule says against an answer."""
    return answer_problem(as_rule(question), answer or "")


def field_for(question: Question) -> forms.Field:
    """The field that fits the kind of question."""
    said: dict[str, Any] = {
        "label": question.text,
        "help_text": question.hint,
        "required": question.required,
    }
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(
            **said, max_length=as_rule(question).longest, widget=forms.Textarea(attrs={"rows": 4})
        )
    scale = question.kind == QuestionKind.SCALE
    values = numbers(question) if scale else listed(question)
    missing = {
        "required": f"Choose an answer to “{question.text}”",
        "invalid_choice": f"Choose one of the answers to “{question.text}”",
    }
    if scale:
        said["help_text"] = " ".join(filter(None, (question.hint, *ends_of(question))))
    widget = Radios(small=scale, scale=columns(len(values)) if scale else 0)
    return forms.ChoiceField(**said, choices=values, widget=widget, error_messages=missing)


def numbers(question: Question) -> list[tuple[str, str]]:
    """The numbers of a scale. What its ends mean is above them, so that all take the same space."""
    return [(str(one), str(one)) for one in range(question.lowest, question.highest + 1)]


def ends_of(question: Question) -> list[str]:
    ends = ((question.lowest, question.lowest_label), (question.highest, question.highest_label))
    return [f"{number} means “{label}”." for number, label in ends if label]


def columns(count: int) -> int:
    """How many numbers are in a row on a phone: up to five all of them, otherwise half, rounded up."""
    return count if count <= MOST_A_ROW else min(MOST_A_ROW, -(-count // 2))


def listed(question: Question) -> list[tuple[str, str]]:
    return [(option, option) for option in question.options]
