"""What people are asked at each stage."""

from __future__ import annotations

from evaluation.models import Question, Questionnaire
from evaluation.rules.states import QuestionKind
from tools.demo.reader import Facts
from tools.demo.town import Town


def load_questionnaires(town: Town) -> None:
    """One questionnaire a stage; a question that several stages share has the same key in each."""
    facts = town.seed.questionnaires
    made = Questionnaire.objects.bulk_create(
        [
            Questionnaire(
                stage=row["stage"],
                title=row["title"],
                introduction=row["introduction"],
                version=row["version"],
                valid_from=town.long_ago,
            )
            for row in facts["questionnaires"]
        ]
    )
    town.questionnaires = {one.stage: one for one in made}
    questions = Question.objects.bulk_create(
        [
            question(row, town.questionnaires[stage], position)
            for position, row in enumerate(facts["questions"], 1)
            for stage in row["stages"]
            if stage in town.questionnaires
        ]
    )
    for one in questions:
        town.questions.setdefault(one.questionnaire.stage, []).append(one)


def question(row: Facts, questionnaire: Questionnaire, position: int) -> Question:
    return Question(
        questionnaire=questionnaire,
        position=position,
        key=row["key"],
        text=row["text"],
        hint=row.get("hint", ""),
        kind=QuestionKind(row["kind"]),
        subscale=row["subscale"],
        lowest=row.get("low", 1),
        highest=row.get("high", 5),
        lowest_label=row.get("low_label", ""),
        highest_label=row.get("high_label", ""),
        options=row.get("choices", []),
        required=row["required"],
    )
