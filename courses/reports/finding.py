"""Searching the catalogue: what to do if nothing matches, and where a role leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from partnerships.models import active_partnership
from partnerships.rules.searching import search_words

# For each word the one of the catalogue that is most like it, by the groups of three letters that they share. Worked
# out only if nothing matches, and in the same query that asks whether anything does.
NEAREST = """
SELECT CASE WHEN EXISTS ({matching}) THEN NULL ELSE ARRAY(
    WITH vocabulary AS (
        SELECT DISTINCT word
          FROM courses_course c
          CROSS JOIN LATERAL regexp_split_to_table(plain_text(concat_ws(
              ' ', c.title, array_to_string(c.topics, ' '), c.aims, c.content, c.audience,
              (SELECT string_agg(o.text, ' ') FROM courses_learningoutcome o WHERE o.course_id = c.id)
          )), '[^[:alnum:]]+') AS word
         WHERE c.partnership_id = %s AND c.is_published AND length(word) > 3
    )
    SELECT COALESCE((
        SELECT v.word FROM vocabulary v
         WHERE similarity(v.word, asked.word) >= %s AND length(asked.word) > 3
         ORDER BY similarity(v.word, asked.word) DESC, v.word LIMIT 1
    ), asked.word)
      FROM unnest(%s::text[]) WITH ORDINALITY AS asked (word, place) ORDER BY asked.place
) END
"""
LIKE_ENOUGH = 0.3  # of 1, which is the same word; “neglct” and “neglect” are 0.5


@dataclass(frozen=True)
class RolePathway:
    """The pathway of a role, as the catalogue leads to it."""

    title: str
    role: str
    url: str


# What a later app answers: the pathways of the role in a search text. The settings name it (ROLE_PATHWAYS).
RolePathways = Callable[[str], list[RolePathway]]


@dataclass(frozen=True)
class Meant:
    """A search as it was answered. ``instead`` are the words that were looked for, if no row has the words typed."""

    wanted: Mapping[str, Any]
    instead: str = ""


def forgiving(
    wanted: Mapping[str, Any], rows: Callable[[Mapping[str, Any]], QuerySet[Any]]
) -> Meant:
    """If nothing matches a search text: the search with the nearest words of the catalogue, if there are any."""
    text = wanted.get("q", "")
    nearest = nearest_words(text, rows(wanted)) if text else ""
    return Meant(dict(wanted) | {"q": nearest}, nearest) if nearest else Meant(wanted)


def nearest_words(text: str, matching: QuerySet[Any]) -> str:
    """The text with each word replaced by the most similar one of the catalogue.

    Empty if something matches as it is, and if that changes nothing.
    """
    words = search_words(text)
    if not words:
        return ""
    sql, params = matching.order_by().values("pk")[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            NEAREST.format(matching=sql),
            [*params, active_partnership().pk, LIKE_ENOUGH, list(words)],
        )
        (nearest,) = cursor.fetchone()
    return "" if nearest is None or tuple(nearest) == words else " ".join(nearest)


@lru_cache(maxsize=1)
def role_pathways() -> RolePathways:
    """What the settings name."""
    found: RolePathways = import_string(settings.ROLE_PATHWAYS)
    return found


def pathways_for(text: str) -> list[RolePathway]:
    """Pathways for the role that a search text names; none without a text."""
    return role_pathways()(text) if search_words(text) else []
