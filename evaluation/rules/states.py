"""Kinds of questionnaire and states of invitations, named once."""

from govuk.rules.choice import Choice


class Stage(Choice):
    """When a person is asked."""

    BASELINE = "baseline", "At booking"
    IMMEDIATE = "immediate", "After the event"
    IMPACT = "impact", "Impact"
    TRAINER = "trainer", "Trainer's view"
    MANAGER = "manager", "Manager's view"


class QuestionKind(Choice):
    SCALE = "scale", "Scale"
    CHOICE = "choice", "One from a list"
    TEXT = "text", "Free text"


class Subscale(Choice):
    """What a question measures; averages never cross subscales (docs/domain/rules.md, evaluation)."""

    KNOWLEDGE = "knowledge", "Knowledge"
    CONFIDENCE = "confidence", "Confidence"
    ATTITUDES = "attitudes", "Attitudes"
    SATISFACTION = "satisfaction", "Satisfaction"
    IMPACT = "impact", "Impact on practice"
    OTHER = "other", "Other"


class InvitationState(Choice):
    """Where an invitation to answer is in its life."""

    PLANNED = "planned", "Planned"
    SENT = "sent", "Sent"
    ANSWERED = "answered", "Answered"
    LAPSED = "lapsed", "Not answered in time"
    WITHDRAWN = "withdrawn", "Withdrawn"


IS_OPEN = frozenset({InvitationState.PLANNED, InvitationState.SENT})
# The denominator of a response rate: withdrawn and planned invitations have reached no one.
WAS_ASKED = frozenset({InvitationState.SENT, InvitationState.ANSWERED, InvitationState.LAPSED})
# Stages at which those who came are asked, and no one else.
ASKS_THOSE_PRESENT = frozenset({Stage.IMMEDIATE, Stage.IMPACT})
