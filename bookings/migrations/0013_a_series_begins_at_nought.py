"""A series of numbers begins at nought, so that none is ever skipped; a help text that is true."""

import partnerships.tenancy.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0012_what_waiting_people_agreed_to'),
    ]

    operations = [
        migrations.AlterField(
            model_name='cancellationpolicy',
            name='grace_minutes',
            field=models.PositiveSmallIntegerField(default=30, help_text='How late somebody may come without consequence.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='documentsequence',
            trigger=pgtrigger.compiler.Trigger(name='document_sequence_begins', sql=partnerships.tenancy.guards.GuardSql(condition='WHEN (NEW."last_number" > 0)', func="RAISE EXCEPTION 'A series of document numbers begins at nought.' USING ERRCODE = 'restrict_violation';", hash='4619d319183c379bd5f7db91b9c51a81083bc633', operation='INSERT', pgid='pgtrigger_document_sequence_begins_d7352', table='bookings_documentsequence', when='BEFORE')),
        ),
    ]
