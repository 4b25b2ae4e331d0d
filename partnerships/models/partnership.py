"""The tenant: one area's safeguarding partnership and the choices that are its own."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from partnerships.rules.agencies import Nation
from partnerships.rules.contrast import colour_reasons
from partnerships.rules.sites import site_reasons
from partnerships.rules.slugs import slug_reasons
from tenancy.models.typed import Typed
from tenancy.scope import active_tenant


def validate_brand_colour(value: str) -> None:
    """White text must be readable on the colour: 4.5:1 (WCAG 2.2, 1.4.3)."""
    for reason in colour_reasons(value):
        raise ValidationError(str(reason))


def validate_slug(value: str) -> None:
    """Words that the platform uses itself cannot be a partnership's address."""
    for reason in slug_reasons(value):
        raise ValidationError(str(reason))


def validate_site(value: str) -> None:
    """One website, and nothing else that a header could mean."""
    for reason in site_reasons(value):
        raise ValidationError(str(reason))


class Partnership(Typed):
    """A safeguarding partnership. Not a tenant table: the list of partnerships is public."""

    slug = models.SlugField(
        "name in the web address",
        unique=True,
        max_length=50,
        validators=[validate_slug],
        help_text="The first part of this partnership’s web address.",
    )
    host = models.CharField(
        "host name",
        max_length=200,
        blank=True,
        help_text="The partnership’s own host name, if it has one.",
    )
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    strapline = models.CharField(max_length=300, blank=True)
    nation = models.CharField(max_length=3, choices=Nation.choices(), default=Nation.ENGLAND)
    time_zone = models.CharField(max_length=40, default="Europe/London")
    group_term = models.CharField(
        "word for workforce groups",
        max_length=40,
        default="Group",
        help_text="What you call workforce groups, such as Level, Target group or Group.",
    )
    training_year_start_month = models.PositiveSmallIntegerField(
        "first month of the training year",
        default=4,
        help_text="A number from 1 to 12. For example, 4 means April.",
    )
    brand_colour = models.CharField(
        max_length=7,
        default="#1d70b8",
        validators=[
            RegexValidator(r"^#[0-9a-fA-F]{6}$", "Enter a colour such as #1d70b8."),
            validate_brand_colour,
        ],
    )
    contact_email = models.EmailField("contact email address")
    contact_phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    staff_second_factor_required = models.BooleanField(
        "second step for staff",
        default=True,
        help_text="Staff must also use a code or a passkey to sign in.",
    )
    embedding_site = models.CharField(
        "site that may show our events",
        max_length=200,
        blank=True,
        validators=[validate_site],
        help_text=(
            "Your own website, such as https://www.example.org. Only its pages may show the list of coming events in"
            " a frame. Leave empty if none may."
        ),
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=~models.Q(host=""), name="partnership_host_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(training_year_start_month__range=(1, 12)),
                name="partnership_year_starts_in_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def prefix(self) -> str:
        """Script prefix of its addresses: its slug, or the root of its own host."""
        return "/" if self.host else f"/{self.slug}/"


def active_partnership() -> Partnership:
    """The active partnership; an error outside any, because the caller needs one."""
    return cast(Partnership, active_tenant())
