"""A guide is checked as a whole before it is saved: every way through it must end at courses that exist."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from competencies.models import GuideAnswer
from competencies.models.pathway import guide_of
from competencies.rules.guide import guide_reasons
from courses.models import Course
from govuk.rules.phrases import listed
from partnerships.rules.reasons import Kind


class GuideAnswerFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """The answers of one guide, checked together."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        answers = [self.answer(form.cleaned_data) for form in self.forms if kept(form)]
        problems = [*two_wordings(answers)]
        guide = guide_of(self.instance.first, answers)
        problems += [each.sentence for each in guide_reasons(guide) if each.kind is Kind.BLOCKS]
        unknown = unknown_courses(answers)
        if unknown:
            problems.append(f"There is no course with the reference {listed(unknown, 'or')}.")
        if problems:
            raise ValidationError(problems)

    @staticmethod
    def answer(data: dict[str, object]) -> GuideAnswer:
        """A row as it would be saved."""
        names = ("question", "question_text", "position", "label", "leads_to", "attend", "optional")
        return GuideAnswer(**{name: data[name] for name in names})


def kept(form: object) -> bool:
    """Whether a row of the form will be there afterwards."""
    data = getattr(form, "cleaned_data", None) or {}
    return bool(data) and not data.get("DELETE")


def two_wordings(answers: Iterable[GuideAnswer]) -> list[str]:
    """Questions whose answers do not repeat the same question."""
    texts: dict[str, set[str]] = {}
    for answer in answers:
        texts.setdefault(answer.question, set()).add(answer.question_text)
    return [
        f"All the answers for {code} must repeat the question in the same words."
        for code, wordings in texts.items()
        if len(wordings) > 1
    ]


def unknown_courses(answers: Iterable[GuideAnswer]) -> list[str]:
    """References that no course of this partnership has."""
    named = {each for answer in answers for each in (*answer.attend, *answer.optional)}
    known = Course.objects.filter(reference__in=named).values_list("reference", flat=True)
    return sorted(named - set(known))
