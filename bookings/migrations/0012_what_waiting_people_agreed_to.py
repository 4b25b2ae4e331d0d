"""Policies that were agreed to on a waiting list only are fixed as well: a place from there is settled on them."""

from django.db import migrations

# Policies hide every row outside a partnership, from the owner of the tables too; so one partnership at a time.
FIX = """
DO $$
DECLARE
    here record;
BEGIN
    FOR here IN SELECT id FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', here.id::text, true);
        UPDATE bookings_cancellationpolicy p SET agreed_since = now()
         WHERE p.agreed_since IS NULL
           AND EXISTS (SELECT FROM bookings_waitinglistentry w WHERE w.policy_id = p.id);
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0011_email_in_one_spelling")]

    operations = [migrations.RunSQL(FIX, migrations.RunSQL.noop)]
