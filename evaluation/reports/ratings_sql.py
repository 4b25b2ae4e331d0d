"""The one statement that adds up what was answered. Reading it takes patience; so would four of them.

``given``: every rating of somebody who came, with the moment it speaks of. Ratings remembered afterwards
("then") stay a moment of their own, and scales of different length stay apart. ``people`` averages each
person's ratings of a subscale; ``pairs`` averages, for two moments, the questions that the person answered at
both. Then three kinds of line: what was asked of how many, the level at each moment, the change between two.
Row-level security holds as everywhere; the partnership is named all the same.
"""

CHOSEN = """
    e.partnership_id = %(partnership)s AND e.register_closed_at IS NOT NULL
    AND e.ends_at >= %(begins)s AND e.ends_at < %(ends)s
    AND (%(course)s::bigint IS NULL OR e.course_id = %(course)s)
    AND (%(event)s::bigint IS NULL OR e.id = %(event)s)
"""

SENT_BY = """
    (%(agency)s::bigint IS NULL OR b.agency_id = %(agency)s)
    AND (%(sector)s = '' OR b.agency_id IN
         (SELECT id FROM partnerships_agency WHERE partnership_id = %(partnership)s AND sector = %(sector)s))
"""

CAME = """
    b.event_id = i.event_id AND b.membership_id = i.membership_id
    AND b.state IN ('attended', 'partly_attended')
"""

RATINGS = f"""
WITH given AS (
    SELECT i.membership_id AS person, i.event_id AS event, q.subscale, q.lowest, q.highest,
           CASE WHEN q.retrospective THEN regexp_replace(q.key, '[-_]then$', '') ELSE q.key END AS key,
           CASE WHEN q.retrospective THEN 'then'
                WHEN i.stage = 'baseline' THEN 'before'
                WHEN i.stage = 'immediate' THEN 'after'
                ELSE 'later' END AS moment,
           a.number::double precision AS value
      FROM evaluation_answer a
      JOIN evaluation_question q ON q.id = a.question_id AND q.kind = 'scale'
      JOIN evaluation_response r ON r.id = a.response_id
      JOIN evaluation_surveyinvitation i ON i.id = r.invitation_id
                                        AND i.stage IN ('baseline', 'immediate', 'impact')
      JOIN courses_event e ON e.id = i.event_id
      JOIN bookings_booking b ON {CAME}
     WHERE a.number IS NOT NULL AND {CHOSEN} AND {SENT_BY}
), people AS (
    SELECT subscale, lowest, highest, moment, person, event, avg(value) AS value
      FROM given GROUP BY subscale, lowest, highest, moment, person, event
), pairs AS (
    SELECT f.subscale, f.lowest, f.highest, f.moment AS first, s.moment AS second,
           avg(f.value) AS before, avg(s.value) AS after
      FROM given f
      JOIN given s USING (person, event, subscale, lowest, highest, key)
     WHERE (f.moment, s.moment) IN (('before', 'after'), ('before', 'later'), ('then', 'after'))
     GROUP BY f.subscale, f.lowest, f.highest, f.moment, s.moment, person, event
)
SELECT 'asked' AS line, i.stage AS subscale, 0 AS lowest, 0 AS highest, '' AS first, '' AS second,
       count(*) AS n, (count(*) FILTER (WHERE i.state = 'answered'))::double precision AS before,
       NULL::double precision AS after, NULL::double precision AS spread
  FROM evaluation_surveyinvitation i
  JOIN courses_event e ON e.id = i.event_id
  LEFT JOIN bookings_booking b ON {CAME}
 WHERE i.state IN ('sent', 'answered', 'lapsed') AND {CHOSEN}
   AND CASE WHEN i.stage = 'trainer' THEN %(agency)s::bigint IS NULL AND %(sector)s = ''
            ELSE b.id IS NOT NULL AND {SENT_BY} END
 GROUP BY i.stage
UNION ALL
SELECT 'level', subscale, lowest, highest, moment, '', count(*), avg(value), NULL, NULL
  FROM people GROUP BY subscale, lowest, highest, moment
UNION ALL
SELECT 'change', subscale, lowest, highest, first, second, count(*), avg(before), avg(after),
       stddev_samp(after - before)
  FROM pairs GROUP BY subscale, lowest, highest, first, second
"""  # noqa: S608 - put together from the constants above; values are parameters
