"""Payments stay as entered; a reversal answers them. Money held is refunded or set against another invoice."""

import django.db.models.deletion
import partnerships.tenancy.fields
import partnerships.tenancy.policy
import partnerships.tenancy.scope
from django.db import migrations, models
from pgtrigger.compiler import Trigger

from partnerships.tenancy.guards import GuardSql, add_guards


class Migration(migrations.Migration):
    dependencies = [("bookings", "0007_issued_means_issued")]

    operations = [
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('made_by', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payment', partnerships.tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='bookings.payment')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [
                    partnerships.tenancy.policy.Island(history=(), name='bookings_reversal_island'),
                    partnerships.tenancy.policy.SamePartnership(field='payment', name='bookings_reversal_payment_same'),
                    partnerships.tenancy.policy.SamePartnership(field='made_by', name='bookings_reversal_made_by_same'),
                ],
            },
        ),
        migrations.AddField(
            model_name='payment',
            name='taken_from',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='bookings.invoice'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='kind',
            field=models.CharField(choices=[('payment', 'Payment'), ('write_off', 'Written off'), ('refund', 'Refund'), ('set_against', 'Set against')], default='payment', max_length=11),
        ),
        migrations.AlterField(
            model_name='payment',
            name='received_on',
            field=models.DateField(help_text='The day on which the money moved.', verbose_name='date'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'set_against'), ('taken_from__isnull', False), models.Q(('taken_from', models.F('invoice')), _negated=True)), models.Q(models.Q(('kind', 'set_against'), _negated=True), ('taken_from__isnull', True)), _connector='OR'), name='payment_set_against_comes_from_another_invoice'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=partnerships.tenancy.policy.SamePartnership(field='taken_from', name='bookings_payment_taken_from_same'),
        ),
        add_guards(
            payment=[
                Trigger(name='payment_is_final', sql=GuardSql(func="RAISE EXCEPTION 'A payment that was entered cannot be changed or deleted. Reverse it, with the reason, and enter it anew.' USING ERRCODE = 'restrict_violation';", hash='586c24573f212b0c8d6b189f916913e12f7d91c1', operation='UPDATE OR DELETE', pgid='pgtrigger_payment_is_final_cde6a', table='bookings_payment', when='BEFORE')),
                Trigger(name='payment_is_final_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='8b47b1e78ed148436c4bb080bbd8b12f9f8a5c80', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payment_is_final_kept_6362b', table='bookings_payment', when='BEFORE')),
            ],
            reversal=[
                Trigger(name='reversal_is_final', sql=GuardSql(func="RAISE EXCEPTION 'A reversal cannot be changed or deleted. Enter the payment again.' USING ERRCODE = 'restrict_violation';", hash='d8d2ad016e02733ab69a4a45d4e8c16d6eb21a3b', operation='UPDATE OR DELETE', pgid='pgtrigger_reversal_is_final_f6df6', table='bookings_reversal', when='BEFORE')),
                Trigger(name='reversal_is_final_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='be347573e8e9f3cbe75b4f450e09affad1a6b928', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reversal_is_final_kept_65004', table='bookings_reversal', when='BEFORE')),
            ],
        ),
    ]
