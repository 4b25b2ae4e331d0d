"""The code of a group stays: policies that people agreed to name the group by it."""

import partnerships.tenancy.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('partnerships', '0011_set_aside_task'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='workforcegroup',
            trigger=pgtrigger.compiler.Trigger(name='workforce_group_keeps_its_code', sql=partnerships.tenancy.guards.GuardSql(condition='WHEN (NEW.code <> OLD.code)', func="RAISE EXCEPTION 'The code of a group cannot be changed: policies name the group by it.' USING ERRCODE = 'restrict_violation';", hash='50fa085e6927de875509f7ed2698f243b98a9bad', operation='UPDATE', pgid='pgtrigger_workforce_group_keeps_its_code_0e045', table='partnerships_workforcegroup', when='BEFORE')),
        ),
    ]
