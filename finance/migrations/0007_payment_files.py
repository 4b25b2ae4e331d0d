import uuid
from decimal import Decimal

import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import finance.rules.states
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from tenancy.guards import add_guards


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0001_initial'),
        ('finance', '0006_agency_account'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='file')),
                ('digest', models.CharField(editable=False, help_text='SHA-256 of the content.', max_length=64)),
                ('content', models.BinaryField()),
                ('columns', models.JSONField(default=dict)),
                ('uploaded_at', models.DateTimeField(verbose_name='uploaded')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('uploaded_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'ordering': ['-uploaded_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'digest'), name='payment_file_uploaded_once'), tenancy.policy.Island(history=('content',), name='finance_paymentfile_island'), tenancy.policy.SamePartnership(field='uploaded_by', name='finance_paymentfile_uploaded_by_same')],
            },
        ),
        migrations.CreateModel(
            name='ImportedPayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='row')),
                ('received_on', models.DateField(verbose_name='date')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('reference', models.CharField(blank=True, max_length=300)),
                ('payer', models.CharField(blank=True, max_length=200)),
                ('fingerprint', models.CharField(editable=False, max_length=64)),
                ('state', models.CharField(choices=[('to_review', 'To review'), ('accepted', 'Accepted'), ('released', 'Being entered'), ('entered', 'Entered'), ('set_aside', 'Set aside')], default=finance.rules.states.ImportState['TO_REVIEW'], max_length=10, verbose_name='status')),
                ('why', models.CharField(blank=True, max_length=1000, verbose_name='reason')),
                ('sure', models.BooleanField(default=False, verbose_name='words and amount agree')),
                ('excess', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='more than owed')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('entered_at', models.DateTimeField(blank=True, null=True, verbose_name='entered')),
                ('decided_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('repeats', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated', to='finance.importedpayment')),
                ('file', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='finance.paymentfile')),
            ],
            options={
                'ordering': ['file', 'number'],
                'constraints': [models.UniqueConstraint(fields=('file', 'number'), name='imported_payment_row_unique'), models.UniqueConstraint(condition=models.Q(('repeats__isnull', True)), fields=('partnership', 'fingerprint'), name='imported_payment_brought_once'), models.CheckConstraint(condition=models.Q(('repeats__isnull', True), ('state', 'set_aside'), _connector='OR'), name='imported_payment_repeated_is_set_aside'), models.CheckConstraint(condition=models.Q(models.Q(('entered_at__isnull', False), ('state', 'entered')), models.Q(models.Q(('state', 'entered'), _negated=True), ('entered_at__isnull', True)), _connector='OR'), name='imported_payment_entered_has_a_time'), tenancy.policy.Island(history=(), name='finance_importedpayment_island'), tenancy.policy.SamePartnership(field='file', name='finance_importedpayment_file_same'), tenancy.policy.SamePartnership(field='repeats', name='finance_importedpayment_repeats_same'), tenancy.policy.SamePartnership(field='decided_by', name='finance_importedpayment_decided_by_same')],
            },
        ),
        migrations.CreateModel(
            name='PaymentFileLayout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headings_digest', models.CharField(editable=False, max_length=64)),
                ('headings', models.JSONField()),
                ('columns', models.JSONField()),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('entered_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'columns of payment files',
                'verbose_name_plural': 'columns of payment files',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'headings_digest'), name='payment_layout_once_a_heading'), tenancy.policy.Island(history=(), name='finance_paymentfilelayout_island'), tenancy.policy.SamePartnership(field='entered_by', name='finance_paymentfilelayout_entered_by_same')],
            },
        ),
        migrations.CreateModel(
            name='StatementEmail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(editable=False)),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('written_at', models.DateTimeField(blank=True, null=True, verbose_name='written')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='statement_emails', to='partnerships.agency')),
                ('asked_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key', 'agency'), name='statement_email_once_a_form'), tenancy.policy.Island(history=(), name='finance_statementemail_island'), tenancy.policy.SamePartnership(field='agency', name='finance_statementemail_agency_same'), tenancy.policy.SamePartnership(field='asked_by', name='finance_statementemail_asked_by_same')],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='financial year')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('entry_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='partnerships.agency')),
                ('entered_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-year', 'agency__name', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'entry_key'), name='contribution_entered_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='contribution_above_zero', violation_error_message='Enter an amount above zero.'), tenancy.policy.Island(history=(), name='finance_contribution_island'), tenancy.policy.SamePartnership(field='agency', name='finance_contribution_agency_same'), tenancy.policy.SamePartnership(field='entered_by', name='finance_contribution_entered_by_same')],
            },
        ),
        migrations.CreateModel(
            name='EventCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('venue', 'Venue'), ('trainer', 'Trainer'), ('catering', 'Catering'), ('other', 'Other')], max_length=10)),
                ('description', models.CharField(max_length=200)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9)),
                ('incurred_on', models.DateField(verbose_name='date')),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('entry_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('entered_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='courses.event')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['incurred_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'entry_key'), name='event_cost_entered_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='event_cost_above_zero', violation_error_message='Enter an amount above zero.'), tenancy.policy.Island(history=(), name='finance_eventcost_island'), tenancy.policy.SamePartnership(field='event', name='finance_eventcost_event_same'), tenancy.policy.SamePartnership(field='entered_by', name='finance_eventcost_entered_by_same')],
            },
        ),
        migrations.CreateModel(
            name='ImportedShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('entry', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='imported_share', to='finance.payment')),
                ('imported', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='finance.importedpayment')),
                ('invoice', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='finance.invoice')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('imported', 'invoice'), name='imported_share_one_an_invoice'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='imported_share_above_zero'), tenancy.policy.Island(history=(), name='finance_importedshare_island'), tenancy.policy.SamePartnership(field='imported', name='finance_importedshare_imported_same'), tenancy.policy.SamePartnership(field='invoice', name='finance_importedshare_invoice_same'), tenancy.policy.SamePartnership(field='entry', name='finance_importedshare_entry_same')],
            },
        ),
        add_guards(
            importedshare=[
                pgtrigger.compiler.Trigger(name='imported_share_is_final', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."entry_id" IS NOT NULL)', func="RAISE EXCEPTION 'A share that was entered cannot be changed or deleted, because someone relies on it.' USING ERRCODE = 'restrict_violation';", hash='3cbcc20e0f77069d26d2fea58c5310b69be7bb4f', operation='UPDATE OR DELETE', pgid='pgtrigger_imported_share_is_final_e3b7f', table='finance_importedshare', when='BEFORE')),
            ],
            importedpayment=[
                pgtrigger.compiler.Trigger(name='imported_payment_is_final', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."state" = \'entered\')', func="RAISE EXCEPTION 'An imported payment that has been entered cannot be changed. Reverse it on the invoice.' USING ERRCODE = 'restrict_violation';", hash='6df041150551eb601748273334a607f14a726fd7', operation='UPDATE OR DELETE', pgid='pgtrigger_imported_payment_is_final_2ab78', table='finance_importedpayment', when='BEFORE')),
            ],
        ),
    ]
