"""What the training changed."""

from evaluation.models.certificate import Certificate
from evaluation.models.questionnaire import EvaluationPlan, Question, Questionnaire
from evaluation.models.survey import Answer, Response, SurveyInvitation

__all__ = [
    "Answer",
    "Certificate",
    "EvaluationPlan",
    "Question",
    "Questionnaire",
    "Response",
    "SurveyInvitation",
]
