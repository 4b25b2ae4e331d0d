import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import tenancy.guards
import tenancy.policy
import tenancy.scope
from tenancy.guards import add_guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
        ('partnerships', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='RulebookEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.UUIDField()),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='rulebook_edition_one'), tenancy.policy.Island(history=('edition',), name='tenancy_rulebookedition_island')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=63)),
                ('row', models.BigIntegerField()),
                ('action', models.CharField(choices=[('INSERT', 'Added'), ('UPDATE', 'Changed'), ('DELETE', 'Deleted')], max_length=6)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField(null=True)),
                ('at', models.DateTimeField()),
                ('address', models.CharField(blank=True, max_length=500)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('user', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['partnership', 'table', 'row'], name='change_by_row')],
                'constraints': [tenancy.policy.Island(history=None, name='tenancy_change_island')],
            },
        ),
        add_guards(
            change=[
                pgtrigger.compiler.Trigger(name='history_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='aca749b2ebe7eff0ffb2a4db7518c9dea6f029d7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_history_is_kept_1a008', table='tenancy_change', when='BEFORE')),
            ],
        ),
    ]
