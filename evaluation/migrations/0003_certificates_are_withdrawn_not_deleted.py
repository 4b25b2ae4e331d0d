"""A certificate ends by being withdrawn; a booking can have several, one of them valid; none is ever deleted."""

import django.db.models.deletion
import partnerships.tenancy.fields
import partnerships.tenancy.policy
from django.db import migrations, models
from pgtrigger.compiler import Trigger

from partnerships.tenancy.guards import GuardSql, add_guards


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
        add_guards(
            certificate=[
                Trigger(name='certificate_is_kept', sql=GuardSql(func="RAISE EXCEPTION 'A certificate is never deleted. Withdraw it, with the reason.' USING ERRCODE = 'restrict_violation';", hash='41bb1e2fcf6c0d8bc1a1f351c3d256472105c74c', operation='DELETE', pgid='pgtrigger_certificate_is_kept_0096f', table='evaluation_certificate', when='BEFORE')),
                Trigger(name='certificate_withdrawal_is_final', sql=GuardSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'A withdrawn certificate stays as it is. Issue another.' USING ERRCODE = 'restrict_violation';", hash='82f887e2d6bfca0e2583a3978b7d055a3660160e', operation='UPDATE', pgid='pgtrigger_certificate_withdrawal_is_final_b4b98', table='evaluation_certificate', when='BEFORE')),
                Trigger(name='certificate_never_emptied', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='a72cbfef0407ba105c3da9c080a4349a9d453132', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_certificate_never_emptied_58213', table='evaluation_certificate', when='BEFORE')),
            ],
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
