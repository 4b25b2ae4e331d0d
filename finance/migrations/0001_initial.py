import uuid
from decimal import Decimal

import django.contrib.postgres.constraints
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

    initial = True

    dependencies = [
        ('bookings', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('attendance', 'Attendance fee'), ('late_cancellation', 'Late cancellation fee'), ('no_show', 'Non-attendance fee'), ('late_arrival', 'Late arrival fee'), ('left_early', 'Early leaving fee'), ('walk_in', 'Walk-in surcharge'), ('not_completed', 'Non-completion fee')], max_length=20)),
                ('state', models.CharField(choices=[('needs_decision', 'Needs a decision'), ('to_review', 'To review'), ('approved', 'Ready to invoice'), ('invoiced', 'Invoiced'), ('waived', 'Waived')], default=finance.rules.states.ChargeState['TO_REVIEW'], max_length=15, verbose_name='status')),
                ('amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=9)),
                ('explanation', models.JSONField(default=dict)),
                ('arose_on', models.DateField(help_text='The day the charge arose. It decides which month the charge belongs to.', verbose_name='date of charge')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decision_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for the decision')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='partnerships.agency')),
                ('booking', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='bookings.booking')),
                ('decided_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-arose_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('booking', 'kind'), name='charge_once_a_booking_and_kind'), models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='charge_not_negative'), tenancy.policy.Island(history=(), name='finance_charge_island'), tenancy.policy.SamePartnership(field='booking', name='finance_charge_booking_same'), tenancy.policy.SamePartnership(field='agency', name='finance_charge_agency_same'), tenancy.policy.SamePartnership(field='decided_by', name='finance_charge_decided_by_same')],
            },
        ),
        migrations.CreateModel(
            name='DocumentSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note')], max_length=15)),
                ('prefix', models.CharField(max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'prefix', 'year'), name='document_sequence_once_per_year'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('partnership', '='), ('prefix', '='), ('kind', '<>')], name='document_prefix_of_one_kind'), models.CheckConstraint(condition=models.Q(('prefix__regex', '^[0-9A-Z]*[A-Z]$')), name='document_prefix_ends_with_a_letter'), tenancy.policy.Island(history=(), name='finance_documentsequence_island')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(help_text='First day of the month whose charges it includes.')),
                ('state', models.CharField(choices=[('draft', 'To review'), ('released', 'Released'), ('done', 'Done')], default='draft', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(verbose_name='created')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('created_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('released_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'ordering': ['-month'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('partnership', 'month'), name='invoice_run_one_open_a_month'), tenancy.policy.Island(history=(), name='finance_invoicerun_island'), tenancy.policy.SamePartnership(field='created_by', name='finance_invoicerun_created_by_same'), tenancy.policy.SamePartnership(field='released_by', name='finance_invoicerun_released_by_same')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30)),
                ('issued_on', models.DateField(verbose_name='date issued')),
                ('issued_at', models.DateTimeField(verbose_name='time issued')),
                ('due_on', models.DateField(verbose_name='due date')),
                ('issuer', models.JSONField(help_text='Name, address, email, VAT number and bank details at issue.')),
                ('customer_name', models.CharField(max_length=200)),
                ('customer_address', models.TextField(blank=True)),
                ('purchase_order', models.CharField(blank=True, max_length=60)),
                ('net', models.DecimalField(decimal_places=2, max_digits=10)),
                ('vat', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='VAT')),
                ('gross', models.DecimalField(decimal_places=2, max_digits=10)),
                ('line_count', models.PositiveSmallIntegerField(editable=False, help_text='The number of lines when it was issued. No more can be added.')),
                ('pdf', models.BinaryField()),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='partnerships.agency')),
                ('issued_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('run', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='finance.invoicerun')),
            ],
            options={
                'ordering': ['-issued_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='invoice_number_unique'), models.UniqueConstraint(condition=models.Q(('run__isnull', False)), fields=('run', 'agency'), name='invoice_one_an_agency_in_a_run'), tenancy.policy.Island(history=('pdf',), name='finance_invoice_island'), tenancy.policy.SamePartnership(field='agency', name='finance_invoice_agency_same'), tenancy.policy.SamePartnership(field='run', name='finance_invoice_run_same'), tenancy.policy.SamePartnership(field='issued_by', name='finance_invoice_issued_by_same')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('description', models.CharField(max_length=400)),
                ('supplied_on', models.DateField()),
                ('clause', models.TextField(blank=True)),
                ('vat_code', models.CharField(max_length=20)),
                ('vat_rate', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=5)),
                ('vat_reason', models.CharField(blank=True, max_length=200)),
                ('net', models.DecimalField(decimal_places=2, max_digits=10)),
                ('vat', models.DecimalField(decimal_places=2, max_digits=10)),
                ('gross', models.DecimalField(decimal_places=2, max_digits=10)),
                ('charge', tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invoice_line', to='finance.charge')),
                ('invoice', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='finance.invoice')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('invoice', 'position'), name='invoice_line_position_unique'), tenancy.policy.Island(history=(), name='finance_invoiceline_island'), tenancy.policy.SamePartnership(field='invoice', name='finance_invoiceline_invoice_same'), tenancy.policy.SamePartnership(field='charge', name='finance_invoiceline_charge_same')],
            },
        ),
        migrations.CreateModel(
            name='CreditNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30)),
                ('reason', models.CharField(max_length=300)),
                ('agreed_on', models.DateField(verbose_name='date agreed')),
                ('issued_on', models.DateField(verbose_name='date issued')),
                ('issued_at', models.DateTimeField(verbose_name='time issued')),
                ('net', models.DecimalField(decimal_places=2, max_digits=10)),
                ('vat', models.DecimalField(decimal_places=2, max_digits=10, verbose_name='VAT')),
                ('gross', models.DecimalField(decimal_places=2, max_digits=10)),
                ('pdf', models.BinaryField()),
                ('entry_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('issued_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('invoice', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='finance.invoice')),
                ('line', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='finance.invoiceline')),
            ],
            options={
                'ordering': ['-issued_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='credit_note_number_unique'), models.UniqueConstraint(fields=('partnership', 'entry_key'), name='credit_note_entered_once'), tenancy.policy.Island(history=('pdf',), name='finance_creditnote_island'), tenancy.policy.SamePartnership(field='invoice', name='finance_creditnote_invoice_same'), tenancy.policy.SamePartnership(field='line', name='finance_creditnote_line_same'), tenancy.policy.SamePartnership(field='issued_by', name='finance_creditnote_issued_by_same')],
            },
        ),
        migrations.CreateModel(
            name='MitigationCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='asked')),
                ('reason', models.TextField()),
                ('evidence', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('open', 'To decide'), ('granted', 'Waived'), ('refused', 'Charge stands')], default=finance.rules.states.MitigationState['OPEN'], max_length=10, verbose_name='status')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('decision', models.TextField(blank=True)),
                ('asked_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('charge', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='mitigation_cases', to='finance.charge')),
                ('decided_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'request to waive a charge',
                'verbose_name_plural': 'requests to waive a charge',
                'ordering': ['-asked_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('charge',), name='mitigation_one_open_a_charge'), tenancy.policy.Island(history=(), name='finance_mitigationcase_island'), tenancy.policy.SamePartnership(field='charge', name='finance_mitigationcase_charge_same'), tenancy.policy.SamePartnership(field='asked_by', name='finance_mitigationcase_asked_by_same'), tenancy.policy.SamePartnership(field='decided_by', name='finance_mitigationcase_decided_by_same')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('payment', 'Payment'), ('write_off', 'Written off'), ('refund', 'Refund'), ('set_against', 'Set against')], default='payment', max_length=11)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=10)),
                ('received_on', models.DateField(help_text='The day the money was paid, refunded or moved.', verbose_name='date')),
                ('reference', models.CharField(blank=True, max_length=100)),
                ('entered_at', models.DateTimeField(verbose_name='entered')),
                ('entry_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('entered_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('invoice', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='finance.invoice')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('taken_from', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='finance.invoice')),
            ],
            options={
                'ordering': ['received_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'entry_key'), name='payment_entered_once'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_above_zero', violation_error_message='Enter an amount above zero.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'set_against'), ('taken_from__isnull', False), models.Q(('taken_from', models.F('invoice')), _negated=True)), models.Q(models.Q(('kind', 'set_against'), _negated=True), ('taken_from__isnull', True)), _connector='OR'), name='payment_set_against_comes_from_another_invoice'), tenancy.policy.Island(history=(), name='finance_payment_island'), tenancy.policy.SamePartnership(field='invoice', name='finance_payment_invoice_same'), tenancy.policy.SamePartnership(field='taken_from', name='finance_payment_taken_from_same'), tenancy.policy.SamePartnership(field='entered_by', name='finance_payment_entered_by_same')],
            },
        ),
        migrations.CreateModel(
            name='Reversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField(verbose_name='reversed')),
                ('made_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership', verbose_name='reversed by')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payment', tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='finance.payment')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [tenancy.policy.Island(history=(), name='finance_reversal_island'), tenancy.policy.SamePartnership(field='payment', name='finance_reversal_payment_same'), tenancy.policy.SamePartnership(field='made_by', name='finance_reversal_made_by_same')],
            },
        ),
        migrations.CreateModel(
            name='VatRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('attendance', 'Attendance fee'), ('late_cancellation', 'Late cancellation fee'), ('no_show', 'Non-attendance fee'), ('late_arrival', 'Late arrival fee'), ('left_early', 'Early leaving fee'), ('walk_in', 'Walk-in surcharge'), ('not_completed', 'Non-completion fee')], max_length=20, verbose_name='charge')),
                ('code', models.CharField(choices=[('exempt', 'Exempt from VAT'), ('outside_scope', 'Outside the scope of VAT'), ('standard', 'Standard-rated'), ('zero', 'Zero-rated')], max_length=20, verbose_name='VAT treatment')),
                ('rate', models.DecimalField(decimal_places=2, default=Decimal('0.00'), help_text='As a percentage.', max_digits=5, verbose_name='VAT rate')),
                ('reason', models.CharField(help_text='Printed on the invoice line when no VAT is charged.', max_length=200)),
                ('prices_include_vat', models.BooleanField(default=False, verbose_name='prices include VAT')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'VAT treatment',
                'ordering': ['kind'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'kind'), name='vat_row_one_a_kind'), tenancy.policy.Island(history=(), name='finance_vatrow_island')],
            },
        ),
        migrations.CreateModel(
            name='BillingProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer_name', models.CharField(max_length=200, verbose_name='name of the issuer')),
                ('issuer_address', models.TextField(verbose_name='address of the issuer')),
                ('issuer_email', models.EmailField(max_length=254, verbose_name='email address of the issuer')),
                ('vat_number', models.CharField(blank=True, help_text='GB and 9 digits. You need one to charge VAT. Leave it empty if you are not registered.', max_length=20, verbose_name='VAT number')),
                ('bank_details', models.TextField(blank=True, help_text='Account name, sort code and account number.')),
                ('payment_terms_days', models.PositiveSmallIntegerField(default=30, help_text='7 to 60 days from the date of the invoice.', verbose_name='payment terms (days)')),
                ('invoice_prefix', models.CharField(default='INV', help_text='The start of every number, such as INV in INV20260001. Once used, it stays with this kind of document.', max_length=10)),
                ('credit_note_prefix', models.CharField(default='CN', help_text='The start of every number, such as INV in INV20260001. Once used, it stays with this kind of document.', max_length=10)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='billing_profile_one_a_partnership'), tenancy.policy.Island(history=(), name='finance_billingprofile_island')],
            },
        ),
        add_guards(
            charge=[
                pgtrigger.compiler.Trigger(name='charge_is_final', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."state" = \'invoiced\')', func="RAISE EXCEPTION 'An invoiced charge cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='541349b49cf8c04fbc94929f00c1a39439908b5e', operation='UPDATE OR DELETE', pgid='pgtrigger_charge_is_final_8939d', table='finance_charge', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='charge_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='bfb5b355d390ccb709df59ddab1a67cde29e9ea6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_charge_is_kept_0a661', table='finance_charge', when='BEFORE')),
            ],
            documentsequence=[
                pgtrigger.compiler.Trigger(name='document_sequence_begins', sql=tenancy.guards.GuardSql(condition='WHEN (NEW."last_number" > 0)', func="RAISE EXCEPTION 'A series of document numbers starts at zero.' USING ERRCODE = 'restrict_violation';", hash='3c8975b97ffc6fc17e4157b514790e3302f843ff', operation='INSERT', pgid='pgtrigger_document_sequence_begins_d9aec', table='finance_documentsequence', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='document_sequence_rises', sql=tenancy.guards.GuardSql(condition='WHEN ((NEW.partnership_id, NEW.kind, NEW.prefix, NEW.year, NEW.last_number) <> (OLD.partnership_id, OLD.kind, OLD.prefix, OLD.year, OLD.last_number + 1))', func="RAISE EXCEPTION 'A series of document numbers can only go up by one for each document.' USING ERRCODE = 'restrict_violation';", hash='417a2504e572eb52f305b2c91b23cd58f84e8e8f', operation='UPDATE', pgid='pgtrigger_document_sequence_rises_f2c2d', table='finance_documentsequence', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='document_sequence_stays', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A series of document numbers cannot be deleted.' USING ERRCODE = 'restrict_violation';", hash='f1d8969b90bc8ba3a4dfff7dc7b54931146700c9', operation='DELETE', pgid='pgtrigger_document_sequence_stays_dc3c1', table='finance_documentsequence', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='document_sequence_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='fcc9a6f94c232dc6bcf3e70e79d9eb25f0381c9a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_document_sequence_is_kept_50144', table='finance_documentsequence', when='BEFORE')),
            ],
            invoiceline=[
                pgtrigger.compiler.Trigger(name='invoice_line_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A line of an issued invoice cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='a7507c1efb2817a7287484d0f459d4b1d4804134', operation='UPDATE OR DELETE', pgid='pgtrigger_invoice_line_is_final_7b162', table='finance_invoiceline', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='invoice_line_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='f8eff4d72b326282b4476610c21a2711a6248faf', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_line_is_final_kept_985b4', table='finance_invoiceline', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='invoice_lines_add_up', sql=tenancy.guards.GuardSql(func="\nIF EXISTS (\n    SELECT FROM finance_invoice AS invoice\n    CROSS JOIN LATERAL (\n        SELECT count(*) AS lines, sum(net) AS net, sum(vat) AS vat, sum(gross) AS gross\n          FROM finance_invoiceline WHERE invoice_id = invoice.id\n    ) AS found\n    WHERE invoice.id IN (SELECT invoice_id FROM new_lines)\n      AND (found.lines > invoice.line_count OR found.lines = invoice.line_count\n           AND (found.net, found.vat, found.gross) <> (invoice.net, invoice.vat, invoice.gross))\n) THEN\n    RAISE EXCEPTION 'An issued invoice takes no further line, and its lines add up to its totals.'\n        USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN NULL;\n", hash='9f512ac596762c8cd5a92e2876206aab21f61356', level='STATEMENT', operation='INSERT', pgid='pgtrigger_invoice_lines_add_up_88e08', referencing='REFERENCING NEW TABLE AS new_lines ', table='finance_invoiceline', when='AFTER')),
            ],
            creditnote=[
                pgtrigger.compiler.Trigger(name='credit_note_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'An issued credit note cannot be changed or deleted. Issue another document.' USING ERRCODE = 'restrict_violation';", hash='22e8432efe5c1a0a84da72d08c90e5ff7beaa275', operation='UPDATE OR DELETE', pgid='pgtrigger_credit_note_is_final_a7a57', table='finance_creditnote', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='credit_note_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='f1f193c74eeda8c983ce3e486636b0d83499fbbc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_credit_note_is_final_kept_9f53a', table='finance_creditnote', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='credit_note_number_is_new', sql=tenancy.guards.GuardSql(func="\n            IF EXISTS (SELECT FROM finance_invoice\n                        WHERE partnership_id = NEW.partnership_id AND number = NEW.number) THEN\n                RAISE EXCEPTION 'The number % is taken.', NEW.number\n                    USING ERRCODE = 'unique_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='855b6447381e5ab995d6d8f42e373fbd589dc954', operation='INSERT', pgid='pgtrigger_credit_note_number_is_new_76cdc', table='finance_creditnote', when='BEFORE')),
            ],
            invoice=[
                pgtrigger.compiler.Trigger(name='invoice_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'An issued invoice cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='8996b6cb369e6c7a82fbd1ca73db1f9a797c80ec', operation='UPDATE OR DELETE', pgid='pgtrigger_invoice_is_final_b257d', table='finance_invoice', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='invoice_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='2a49eb6ff6d0ab7dfbe0348333ece813fe517046', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_is_final_kept_2675d', table='finance_invoice', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='invoice_number_is_new', sql=tenancy.guards.GuardSql(func="\n            IF EXISTS (SELECT FROM finance_creditnote\n                        WHERE partnership_id = NEW.partnership_id AND number = NEW.number) THEN\n                RAISE EXCEPTION 'The number % is taken.', NEW.number\n                    USING ERRCODE = 'unique_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='ec4be46438dd5bc966423d5a056faa837b1ba03a', operation='INSERT', pgid='pgtrigger_invoice_number_is_new_7349a', table='finance_invoice', when='BEFORE')),
            ],
            payment=[
                pgtrigger.compiler.Trigger(name='payment_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A payment that was entered cannot be changed or deleted. Reverse it, with the reason, and enter it again.' USING ERRCODE = 'restrict_violation';", hash='20e963b5cb64b966b472b2c797226dbb4c757b99', operation='UPDATE OR DELETE', pgid='pgtrigger_payment_is_final_9520f', table='finance_payment', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='payment_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='e747df9e1959b21929b1316fec5e80e92ece9cc8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payment_is_final_kept_e2592', table='finance_payment', when='BEFORE')),
            ],
            reversal=[
                pgtrigger.compiler.Trigger(name='reversal_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A reversal cannot be changed or deleted. Enter the payment again.' USING ERRCODE = 'restrict_violation';", hash='4a39bb3561bf47f0c07e0bd738c64c428b75df70', operation='UPDATE OR DELETE', pgid='pgtrigger_reversal_is_final_0fb0d', table='finance_reversal', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='reversal_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='a7daf6627575fda912b9210879e566c8c6c22f50', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_reversal_is_final_kept_6172d', table='finance_reversal', when='BEFORE')),
            ],
        ),
    ]
