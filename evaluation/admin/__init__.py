"""The partnership's browser admin: what is asked, who was asked, and the results."""

from evaluation.admin import asked, questionnaires

__all__ = ["asked", "questionnaires"]
