"""A booking keeps the terms it was made on; policies say what they make of leaving early and of walk-ins."""

import django.db.models.deletion
import partnerships.tenancy.fields
import partnerships.tenancy.guards
import partnerships.tenancy.policy
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0002_rules'),
        ('courses', '0004_fixed_price_lists'),
        ('partnerships', '0002_rulebook'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='event_type',
            field=models.CharField(blank=True, choices=[('course', 'Course'), ('seminar', 'Seminar'), ('workshop', 'Workshop'), ('briefing', 'Briefing'), ('conference', 'Conference'), ('e_learning', 'E-learning')], max_length=20),
        ),
        migrations.AddField(
            model_name='booking',
            name='free_until_why',
            field=models.JSONField(default=dict),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='booking',
            name='group',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.workforcegroup'),
        ),
        migrations.AddField(
            model_name='booking',
            name='half_days',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='booking',
            name='payer_class',
            field=models.CharField(blank=True, choices=[('partner', 'Safeguarding partner'), ('relevant_agency', 'Relevant agency'), ('contributor', 'Contributes money'), ('profit_making', 'Profit-making'), ('not_for_profit', 'Not for profit, does not contribute'), ('individual', 'Individual or sole trader')], max_length=20),
        ),
        migrations.AddField(
            model_name='booking',
            name='price_list',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.pricelist'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='agreed_since',
            field=models.DateTimeField(blank=True, editable=False, help_text='When somebody agreed to it for the first time. It has been fixed since then.', null=True),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='early_certificate',
            field=models.BooleanField(default=False, help_text='Past that, is a certificate earned?'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='early_charged',
            field=models.BooleanField(default=False, help_text='Past that, is it charged as an absence?'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='early_counts',
            field=models.BooleanField(default=False, help_text='Past that, does the session still count in full?'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='early_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='How early somebody may leave without consequence. Empty means there is no limit.', null=True),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='move_grace_hours',
            field=models.PositiveSmallIntegerField(default=72, help_text='How long those booked can cancel free of charge after the partnership has moved the event.'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='walk_in_admitted',
            field=models.BooleanField(default=True, help_text='May people take part who come without a booking?'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='walk_in_certificate',
            field=models.BooleanField(default=True, help_text='Do they earn a certificate?'),
        ),
        migrations.AddField(
            model_name='cancellationpolicy',
            name='walk_in_charged',
            field=models.BooleanField(default=True, help_text='Are they charged the attendance fee?'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='cancellationpolicy',
            trigger=pgtrigger.compiler.Trigger(name='policy_is_fixed', sql=partnerships.tenancy.guards.GuardSql(condition='WHEN (OLD."agreed_since" IS NOT NULL)', func="RAISE EXCEPTION 'A cancellation policy in use cannot be changed or deleted: somebody relies on it.' USING ERRCODE = 'restrict_violation';", hash='4ab62a37620adf600ec2acd16c66bd1d7ad65599', operation='UPDATE OR DELETE', pgid='pgtrigger_policy_is_fixed_723d3', table='bookings_cancellationpolicy', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=partnerships.tenancy.policy.SamePartnership(field='price_list', name='bookings_booking_price_list_same'),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=partnerships.tenancy.policy.SamePartnership(field='group', name='bookings_booking_group_same'),
        ),
    ]
