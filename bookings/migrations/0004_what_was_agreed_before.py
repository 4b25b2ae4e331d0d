"""Bookings made earlier keep the terms that would have settled them until now, and fix what they name."""

from django.db import migrations

# Policies hide every row outside a partnership, from the owner of the tables too; so one partnership at a time.
FILL = """
DO $$
DECLARE
    here record;
BEGIN
    FOR here IN SELECT id, time_zone FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', here.id::text, true);
        UPDATE bookings_booking b
           SET event_type = c.event_type,
               group_id = c.group_id,
               half_days = COALESCE((
                   SELECT sum(CASE WHEN s.ends_at - s.starts_at > interval '240 minutes' THEN 2 ELSE 1 END)
                     FROM courses_session s WHERE s.event_id = e.id), 1),
               price_list_id = (
                   SELECT l.id FROM courses_pricelist l
                    WHERE l.valid_from <= (e.starts_at AT TIME ZONE here.time_zone)::date
                    ORDER BY l.valid_from DESC, l.id DESC LIMIT 1),
               payer_class = COALESCE((
                   SELECT p.payer_class FROM partnerships_agencypayerclass p
                    WHERE p.agency_id = b.agency_id
                      AND (e.starts_at AT TIME ZONE here.time_zone)::date
                          <@ daterange(p.valid_from, p.valid_to, '[]')), ''),
               free_until_why = COALESCE(
                   b.quote -> 'deadline',
                   '{"amount": null, "clause": "", "inputs": [], "steps": []}'::jsonb),
               quote = b.quote - 'deadline'
          FROM courses_event e JOIN courses_course c ON c.id = e.course_id
         WHERE e.id = b.event_id;
        UPDATE bookings_cancellationpolicy p SET agreed_since = now()
         WHERE EXISTS (SELECT FROM bookings_booking b WHERE b.policy_id = p.id);
        UPDATE courses_pricelist l SET quoted_since = now()
         WHERE EXISTS (SELECT FROM bookings_booking b WHERE b.price_list_id = l.id);
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$
"""
BACK = """
DO $$
DECLARE
    here record;
BEGIN
    FOR here IN SELECT id FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', here.id::text, true);
        UPDATE bookings_booking SET quote = quote || jsonb_build_object('deadline', free_until_why);
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0003_agreed_terms"),
        ("courses", "0004_fixed_price_lists"),
    ]

    operations = [migrations.RunSQL(FILL, BACK)]
