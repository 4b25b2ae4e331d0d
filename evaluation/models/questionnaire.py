"""What people are asked, in versions that cannot change once someone has answered."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import TruncDate

from courses.models import Course
from evaluation.rules.states import QuestionKind, Stage, Subscale
from evaluation.rules.timing import SurveyPlan
from tenancy import TenantForeignKey, scoped
from tenancy.models import TenantModel


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    def for_course(self, stage: Stage, course: Course, day: date) -> QuestionnaireQuerySet:
        """Questionnaires that fit a course: its own before the general one, the newest version first."""
        fits = models.Q(course=course) | models.Q(course__isnull=True)
        return self.filter(fits, stage=stage, valid_from__lte=day).order_by(
            models.F("course").asc(nulls_last=True), "-version"
        )

    def fitting(self, stage: Stage, event: str) -> QuestionnaireQuerySet:
        """Questionnaires in force on the last day of the event that an outer query calls ``event``."""
        course = models.OuterRef(f"{event}__course")
        ends_at = models.ExpressionWrapper(
            models.OuterRef(f"{event}__ends_at"), models.DateTimeField()
        )
        return self.filter(
            models.Q(course=course) | models.Q(course__isnull=True),
            stage=stage,
            valid_from__lte=TruncDate(ends_at),
        )


class Questionnaire(TenantModel):
    """A version of the questions of one stage, general or for one course."""

    is_rule = True

    stage = models.CharField(max_length=10, choices=Stage.choices())
    course = TenantForeignKey(
        Course, on_delete=models.CASCADE, null=True, blank=True, related_name="questionnaires"
    )
    version = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateField("start date")
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)

    objects: ClassVar[Any] = scoped(QuestionnaireQuerySet)

    class Meta:
        ordering = ["stage", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "stage", "course", "version"],
                nulls_distinct=False,
                name="questionnaire_version_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Question(TenantModel):
    """One question. The same ``key`` at several stages links one person's answers."""

    is_rule = True

    questionnaire = TenantForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField("order")
    key = models.SlugField(max_length=60)
    text = models.CharField(max_length=400)
    hint = models.CharField(max_length=300, blank=True)
    kind = models.CharField(
        "type of answer", max_length=10, choices=QuestionKind.choices(), default=QuestionKind.SCALE
    )
    subscale = models.CharField(max_length=15, choices=Subscale.choices(), default=Subscale.OTHER)
    lowest = models.SmallIntegerField("lowest value", default=1)
    highest = models.SmallIntegerField("highest value", default=5)
    lowest_label = models.CharField("label of the lowest value", max_length=60, blank=True)
    highest_label = models.CharField("label of the highest value", max_length=60, blank=True)
    options = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    required = models.BooleanField(default=True)
    retrospective = models.BooleanField(
        "looks back",
        default=False,
        help_text="Asks afterwards about how things were before. Never averaged with a true baseline. "
        "Its key is the key of the matching question, followed by “-then”.",
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "key"], name="question_key_unique"),
            models.CheckConstraint(
                condition=models.Q(highest__gt=models.F("lowest")),
                name="question_scale_has_two_ends",
                violation_error_message="The highest value must be above the lowest.",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class EvaluationPlan(TenantModel):
    """When this partnership asks, and what depends on the answers. One per partnership."""

    is_rule = True

    baseline_at_booking = models.BooleanField("ask the baseline questions at booking", default=True)
    impact_months = models.PositiveSmallIntegerField(
        "impact evaluation after (months)",
        default=3,
        help_text="How many months after the last day.",
    )
    send_on_working_days_only = models.BooleanField(default=False)
    first_reminder_days = models.PositiveSmallIntegerField("first reminder after (days)", default=7)
    second_reminder_days = models.PositiveSmallIntegerField(
        "second reminder after (days)", default=14
    )
    close_after_days = models.PositiveSmallIntegerField("close after (days)", default=28)
    certificate_needs_evaluation = models.BooleanField(
        "certificate only after the evaluation", default=True
    )
    subgroup_reads_answers = models.BooleanField(
        "subgroup can read individual answers", default=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"], name="evaluation_plan_one_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return f"Impact after {self.impact_months} months"

    def as_rule(self) -> SurveyPlan:
        """The days of reminders and closing as the rules read them."""
        days = (self.first_reminder_days, self.second_reminder_days)
        return SurveyPlan(reminder_days=days, close_days=self.close_after_days)
