"""A certificate ends by being withdrawn; a booking can have several, one of them valid; none is ever deleted."""

import django.db.models.deletion
import partnerships.tenancy.fields
import partnerships.tenancy.policy
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0002_rules'),
        ('evaluation', '0002_rules'),
        ('partnerships', '0002_rulebook'),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='stands_since',
            field=models.DateTimeField(blank=True, editable=False, help_text='The last closing of the register under which the attendance still earned it.', null=True),
        ),
        migrations.AddField(
            model_name='certificate',
            name='withdrawal',
            field=models.CharField(blank=True, choices=[('attendance', 'The attendance was corrected'), ('replaced', 'Another certificate took its place'), ('decided', 'The training team withdrew it')], max_length=10),
        ),
        migrations.AddField(
            model_name='certificate',
            name='withdrawal_reason',
            field=models.CharField(blank=True, help_text='What the holder was told. Never shown to the public.', max_length=300),
        ),
        migrations.AddField(
            model_name='certificate',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='certificate',
            name='withdrawn_by',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, help_text='Empty where it went with the attendance.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership'),
        ),
        migrations.AlterField(
            model_name='certificate',
            name='booking',
            field=partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='bookings.booking'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='certificate',
            trigger=pgtrigger.compiler.Trigger(name='certificate_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5d308bebe06868dd25b424820d2eaf1fa8dccf4d', operation='DELETE', pgid='pgtrigger_certificate_is_kept_0096f', table='evaluation_certificate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='certificate',
            trigger=pgtrigger.compiler.Trigger(name='certificate_withdrawal_is_final', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='6777fbb1f45a1f3c32260673c0fcbcbe907f2e20', operation='UPDATE', pgid='pgtrigger_certificate_withdrawal_is_final_b4b98', table='evaluation_certificate', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('booking',), name='certificate_one_valid_per_booking'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawal', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawal', 'attendance'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', True)), models.Q(('withdrawal__in', ['replaced', 'decided']), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='certificate_withdrawal_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=partnerships.tenancy.policy.SamePartnership(field='withdrawn_by', name='evaluation_certificate_withdrawn_by_same'),
        ),
    ]
