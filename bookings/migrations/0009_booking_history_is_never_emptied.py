"""The steps of bookings are a record that no TRUNCATE takes."""

from django.db import migrations
from pgtrigger.compiler import Trigger

from partnerships.tenancy.guards import GuardSql, add_guards


class Migration(migrations.Migration):
    dependencies = [("bookings", "0008_payments_are_reversed_not_changed"), ("partnerships", "0008_history_is_never_emptied")]

    operations = [
        add_guards(
            bookingtransition=[
                Trigger(name='booking_history_is_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='262e542ab5d9f694793ce81f50e7b7e6e58a5035', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_booking_history_is_kept_6586d', table='bookings_bookingtransition', when='BEFORE')),
            ],
        ),
    ]
