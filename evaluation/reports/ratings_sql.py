"""The two SQL statements behind what people said: who was asked and has answered, and what the ratings come to.

``ASKED`` has a line for each event and stage. ``RATED`` adds up, for each event, what ``rules.pairing`` says person
by person; a test compares the two. ``given`` is every rating of someone who came, with the moment it
speaks of; ratings remembered afterwards stay a separate moment, and scales of different length stay apart.
``told`` has a line for each person and figure. Row-level security applies as everywhere; the partnership is named
anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import connection

from bookings.rules.states import WAS_PRESENT
from courses.rules.states import EventState
from evaluation.rules.findings import FIGURES
from evaluation.rules.pairing import THEN_ENDINGS
from evaluation.rules.publication import SMALLEST_GROUP
from evaluation.rules.states import IS_OPEN, WAS_ASKED, InvitationState, QuestionKind, Stage
from evaluation.rules.statistics import Moment

T = TypeVar("T")


def listed(values: Iterable[str]) -> str:
    """States and stages as SQL reads them: ('sent', 'answered')."""
    return f"({', '.join(repr(str(value)) for value in sorted(values))})"


PAIRS = ", ".join(f"('{one.first}', '{one.second}')" for one in FIGURES if one.second)
LEVELS = listed(one.first for one in FIGURES if one.second is None)
THEN = f"({'|'.join(THEN_ENDINGS)})$"

CHOSEN = """
    e.partnership_id = %(partnership)s AND e.ends_at >= %(begins)s AND e.ends_at < %(ends)s
    AND (%(course)s::bigint IS NULL OR e.course_id = %(course)s)
    AND (%(event)s::bigint IS NULL OR e.id = %(event)s)
"""

CAME = f"""
    b.event_id = i.event_id AND b.membership_id = i.membership_id AND b.state IN {listed(WAS_PRESENT)}
"""

# Events whose register is still open have a line as well, because more answers about them can come in.
ASKED = f"""
SELECT e.id AS event, e.course_id AS course, e.ends_at, e.register_closed_at, COALESCE(i.stage, '') AS stage,
       count(i.id) FILTER (WHERE i.state IN {listed(WAS_ASKED)} AND counts) AS asked,
       count(i.id) FILTER (WHERE i.state = '{InvitationState.ANSWERED}' AND counts) AS answered,
       count(i.id) FILTER (WHERE i.state IN {listed(IS_OPEN)}) AS still_open
  FROM courses_event e
  LEFT JOIN evaluation_surveyinvitation i ON i.event_id = e.id
  LEFT JOIN bookings_booking b ON {CAME}
  CROSS JOIN LATERAL (SELECT b.id IS NOT NULL OR i.stage = '{Stage.TRAINER}' AS counts) AS c
 WHERE {CHOSEN}
   AND (e.register_closed_at IS NOT NULL
        OR e.state IN {listed([EventState.PUBLISHED, EventState.COMPLETED])})
 GROUP BY e.id, i.stage
"""  # noqa: S608 - put together from the constants above; values are parameters

RATED = f"""
WITH given AS (
    SELECT i.membership_id AS person, i.event_id AS event, q.subscale, q.lowest, q.highest,
           CASE WHEN q.retrospective THEN regexp_replace(q.key, '{THEN}', '') ELSE q.key END AS key,
           CASE WHEN q.retrospective THEN '{Moment.THEN}'
                WHEN i.stage = '{Stage.BASELINE}' THEN '{Moment.BEFORE}'
                WHEN i.stage = '{Stage.IMMEDIATE}' THEN '{Moment.AFTER}'
                ELSE '{Moment.LATER}' END AS moment,
           a.number::double precision AS value
      FROM evaluation_answer a
      JOIN evaluation_question q ON q.id = a.question_id AND q.kind = '{QuestionKind.SCALE}'
      JOIN evaluation_response r ON r.id = a.response_id
      JOIN evaluation_surveyinvitation i
           ON i.id = r.invitation_id
          AND i.stage IN {listed([Stage.BASELINE, Stage.IMMEDIATE, Stage.IMPACT])}
      JOIN courses_event e ON e.id = i.event_id
      JOIN bookings_booking b ON {CAME}
     WHERE a.number IS NOT NULL AND e.register_closed_at IS NOT NULL AND {CHOSEN}
), told AS (
    SELECT event, person, subscale, lowest, highest, f.moment AS first, s.moment AS second,
           avg(f.value) AS before, avg(s.value) AS after
      FROM given f
      JOIN given s USING (person, event, subscale, lowest, highest, key)
     WHERE (f.moment, s.moment) IN ({PAIRS})
     GROUP BY event, person, subscale, lowest, highest, f.moment, s.moment
    UNION ALL
    SELECT event, person, subscale, lowest, highest, moment, '', avg(value), 0
      FROM given
     WHERE moment IN {LEVELS}
     GROUP BY event, person, subscale, lowest, highest, moment
)
SELECT event, subscale, lowest, highest, first, second,
       count(*) AS n, sum(before) AS before, sum(after) AS after,
       sum(CASE WHEN second = '' THEN 0 ELSE (after - before) ^ 2 END) AS squares,
       CASE WHEN count(*) < {SMALLEST_GROUP} THEN array_agg(person) END AS people
  FROM told
 GROUP BY event, subscale, lowest, highest, first, second
"""  # noqa: S608 - as above


def rows_of(kind: type[T], statement: str, parameters: dict[str, Any]) -> list[T]:
    """The rows of a statement, each value under the name of its column."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        names = [column.name for column in cursor.description]
        return [kind(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
