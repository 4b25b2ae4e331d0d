"""The partnership's browser admin: what is asked, who was asked, what came of it."""

from evaluation.admin import asked, questionnaires

__all__ = ["asked", "questionnaires"]
