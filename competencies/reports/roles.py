"""Pathways for a role that someone typed into the search of the catalogue."""

from __future__ import annotations

from django.db.models import CharField, F, Func, Value
from django.urls import reverse

from competencies.models import Pathway
from courses.reports.finding import RolePathway
from partnerships.models import PlainVector, Together, searched

MOST = 3


def pathways_of_role(text: str) -> list[RolePathway]:
    """Pathways whose title or role has every word of a text; “GP” are the first letters of General Practitioner."""
    name = F("role_profile__name")
    initials = Func(
        name,
        Value(r"(\w)\w*\W*"),
        Value(r"\1"),
        Value("g"),
        function="regexp_replace",
        output_field=CharField(),
    )
    document = PlainVector(Together(name, initials, "title", "role_profile__description"))
    found = Pathway.objects.alias(words=document).filter(words=searched(text))
    rows = found.order_by("title").values_list("slug", "title", "role_profile__name")[:MOST]
    return [
        RolePathway(title=title, role=role or "", url=reverse("pathway", args=[slug]))
        for slug, title, role in rows
    ]
