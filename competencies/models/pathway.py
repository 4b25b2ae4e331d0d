"""Courses in the order in which a role takes them, and guides that lead to the right one."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from competencies.models.profile import RoleProfile
from competencies.rules.guide import Branch, Guide, GuideQuestion
from courses.models import Course
from tenancy import TenantForeignKey
from tenancy.models import TenantModel


class Pathway(TenantModel):
    """A sequence of courses for a role profile (the nine two-year samples of seed 004)."""

    slug = models.SlugField("name in the web address", max_length=80)
    title = models.CharField(max_length=150)
    role_profile = TenantForeignKey(
        RoleProfile, on_delete=models.CASCADE, null=True, blank=True, related_name="pathways"
    )
    months = models.PositiveSmallIntegerField("length in months", default=24)
    description = models.TextField(blank=True)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="pathway_slug_unique")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("pathway", args=[self.slug])


class PathwayStep(TenantModel):
    pathway = TenantForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    course = TenantForeignKey(Course, on_delete=models.PROTECT, related_name="pathway_steps")
    position = models.PositiveSmallIntegerField("order")
    optional = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["pathway", "position"], name="pathway_step_position_unique"
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)


class PathwayGuide(TenantModel):
    """A few questions that lead to the right courses (seed 002's decision tree)."""

    slug = models.SlugField("name in the web address", max_length=80)
    title = models.CharField(max_length=150)
    introduction = models.TextField(blank=True)
    first = models.SlugField(
        "first question", max_length=40, help_text="Code of the first question."
    )

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "slug"], name="guide_slug_unique")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guide", args=[self.slug])

    def as_rule(self) -> Guide:
        """The questions with their answers, as the rule walks them."""
        return guide_of(self.first, self.answers.all())


class GuideAnswer(TenantModel):
    """One answer to one question of a guide: where it leads and which courses it names.

    ``question_text`` is the same in every answer of a question; ``attend`` and ``optional`` are course
    references, ``leads_to`` the next question's code, empty at an end.
    """

    guide = TenantForeignKey(PathwayGuide, on_delete=models.CASCADE, related_name="answers")
    question = models.SlugField("question code", max_length=40)
    question_text = models.CharField("question", max_length=300)
    position = models.PositiveSmallIntegerField("order", default=0)
    label = models.CharField("answer", max_length=100)
    leads_to = models.SlugField(
        "next question",
        max_length=40,
        blank=True,
        help_text="Code of the next question. Leave empty if the guide ends here.",
    )
    attend = ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        help_text="References of the courses to attend, separated by commas.",
        verbose_name="courses to attend",
    )
    optional = ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        help_text="References of other courses that may be useful, separated by commas.",
        verbose_name="optional courses",
    )

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["guide", "question", "label"], name="guide_answer_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_text} {self.label}"


def guide_of(first: str, answers: Iterable[GuideAnswer]) -> Guide:
    """Answers gathered by their question; the order of questions is that of the codes."""
    rows = sorted(answers, key=lambda row: (row.question, row.position, row.pk or 0))
    questions = []
    for code, of_question in groupby(rows, key=lambda row: row.question):
        group = list(of_question)
        offered = tuple(
            Branch(row.label, row.leads_to, tuple(row.attend), tuple(row.optional)) for row in group
        )
        questions.append(GuideQuestion(code, group[0].question_text, offered))
    return Guide(first, tuple(questions))
