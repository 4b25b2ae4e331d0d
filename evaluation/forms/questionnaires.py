"""Questions and the plan as a coordinator writes them, checked before they can confuse people."""

from __future__ import annotations

from typing import Any, ClassVar

from evaluation.models import EvaluationPlan, Question
from evaluation.rules.states import QuestionKind
from govuk.forms import GovukFormMixin
from partnerships.forms.base import TenantModelForm

WIDEST_SCALE = 11  # 0 to 10; no one can tell more radio buttons apart


class QuestionForm(GovukFormMixin, TenantModelForm):
    class Meta:
        model = Question
        # Without the questionnaire, which the page knows, because its choices would need a partnership at import.
        fields: ClassVar[Any] = (
            "position",
            "key",
            "text",
            "hint",
            "kind",
            "subscale",
            "lowest",
            "highest",
            "lowest_label",
            "highest_label",
            "options",
            "required",
            "retrospective",
        )

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own fields: options, a short range, or the key of the question it looks back to."""
        cleaned: dict[str, Any] = super().clean() or {}
        kind = cleaned.get("kind")
        lowest, highest = cleaned.get("lowest"), cleaned.get("highest")
        if kind == QuestionKind.CHOICE and len(cleaned.get("options") or []) < 2:
            self.add_error("options", "Enter at least two answers to choose from")
        if kind == QuestionKind.SCALE and lowest is not None and highest is not None:
            if highest <= lowest:
                self.add_error("highest", "The highest value must be higher than the lowest")
            elif highest - lowest >= WIDEST_SCALE or lowest < 0:
                self.add_error(
                    "highest",
                    f"A scale can have at most {WIDEST_SCALE} steps, starting at 0 or above",
                )
        key = cleaned.get("key") or ""
        if cleaned.get("retrospective") and not key.endswith(("-then", "_then")):
            self.add_error(
                "key",
                "The key of a question that looks back at how things were before must end with “-then”",
            )
        return cleaned


class PlanForm(GovukFormMixin, TenantModelForm):
    """Days that follow one another."""

    class Meta:
        model = EvaluationPlan
        fields: ClassVar[Any] = "__all__"

    def clean(self) -> dict[str, Any]:
        """First reminder, second reminder, end: in that order."""
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("first_reminder_days")
        second = cleaned.get("second_reminder_days")
        close = cleaned.get("close_after_days")
        if first is not None and first < 1:
            self.add_error("first_reminder_days", "The first reminder must be at least a day later")
        if first is not None and second is not None and second <= first:
            self.add_error("second_reminder_days", "The second reminder must come after the first")
        if second is not None and close is not None and close <= second:
            self.add_error("close_after_days", "The questions must close after the second reminder")
        months = cleaned.get("impact_months")
        if months is not None and not 1 <= months <= 24:
            self.add_error("impact_months", "Ask between 1 and 24 months after the last day")
        return cleaned
