"""Make the next version of a questionnaire: what someone has answered stays as it was."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from evaluation.models import Question, Questionnaire
from tenancy.rulebook import hold_rulebook


@transaction.atomic
def copy_questionnaire(*, questionnaire: Questionnaire, valid_from: date) -> Questionnaire:
    """The same questions under the next version number, to be changed before anyone answers."""
    hold_rulebook()  # so that no two copies get the same number
    versions = Questionnaire.objects.filter(stage=questionnaire.stage, course=questionnaire.course)
    newest: int = versions.order_by().aggregate(newest=Max("version"))["newest"]
    copy: Questionnaire = Questionnaire.objects.create(
        stage=questionnaire.stage,
        course=questionnaire.course,
        version=newest + 1,
        valid_from=valid_from,
        title=questionnaire.title,
        introduction=questionnaire.introduction,
    )
    questions = list(questionnaire.questions.all())
    for question in questions:
        question.pk, question.questionnaire = None, copy
        question._state.adding = True
    Question.objects.bulk_create(questions)
    return copy
