import django.db.models.deletion
import finance.rules.ledger_files
import pgtrigger.compiler
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from django.db import migrations, models

from tenancy.guards import add_guards


class Migration(migrations.Migration):

    dependencies = [
        ('finance', '0007_payment_files'),
        ('partnerships', '0002_electronic_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='billingprofile',
            name='electronic_address',
            field=models.CharField(blank=True, help_text='E-invoices are sent from one to another. Leave both empty if there is none.', max_length=30),
        ),
        migrations.AddField(
            model_name='billingprofile',
            name='electronic_scheme',
            field=models.CharField(blank=True, choices=[('0088', 'GLN (Global Location Number)'), ('0060', 'DUNS number'), ('9932', 'VAT registration number')], max_length=4, verbose_name='kind of electronic address'),
        ),
        migrations.AddField(
            model_name='billingprofile',
            name='send_einvoices_from',
            field=models.DateField(blank=True, help_text='Documents issued from this day are sent as e-invoices, if this site can send them. Leave it empty to send none.', null=True, verbose_name='send e-invoices from'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='customer_electronic_address',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='invoice',
            name='customer_electronic_scheme',
            field=models.CharField(blank=True, max_length=4),
        ),
        migrations.AlterField(
            model_name='invoice',
            name='issuer',
            field=models.JSONField(help_text='Name, addresses, email, VAT number and bank details at issue.'),
        ),
        migrations.CreateModel(
            name='LedgerBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField(verbose_name='exported')),
                ('columns', models.JSONField()),
                ('row_count', models.PositiveIntegerField(verbose_name='rows')),
                ('total', models.DecimalField(decimal_places=2, max_digits=12)),
                ('made_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'number'), name='ledger_batch_number_unique'), tenancy.policy.Island(history=(), name='finance_ledgerbatch_island'), tenancy.policy.SamePartnership(field='made_by', name='finance_ledgerbatch_made_by_same')],
                'verbose_name': 'export to the ledger',
                'verbose_name_plural': 'exports to the ledger',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='LedgerCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coded', models.CharField(choices=[('charge', 'Kind of charge'), ('vat', 'VAT treatment')], max_length=10)),
                ('value', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=40)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'coded', 'value'), name='ledger_code_once'), tenancy.policy.Island(history=(), name='finance_ledgercode_island')],
                'verbose_name': 'code in the ledger',
                'verbose_name_plural': 'codes in the ledger',
                'ordering': ['coded', 'value'],
            },
        ),
        migrations.CreateModel(
            name='LedgerColumn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('heading', models.CharField(max_length=60)),
                ('what', models.CharField(choices=[('document', 'Type of document: invoice, credit note, payment'), ('number', 'Number of the invoice or credit note'), ('invoice', 'Number of the invoice that it belongs to'), ('line', 'Line of the invoice'), ('date', 'Date of the document'), ('due_date', 'Due date'), ('supplied_on', 'Date of the event'), ('agency', 'Name of the agency'), ('agency_reference', 'Reference of the agency'), ('purchase_order', 'Purchase order number'), ('description', 'Description'), ('event', 'Reference of the event'), ('booking', 'Reference of the booking'), ('charge_code', 'Code for the kind of charge'), ('vat_code', 'Code for the VAT treatment'), ('vat_rate', 'VAT rate'), ('net', 'Net amount'), ('vat', 'VAT amount'), ('gross', 'Total amount'), ('batch', 'Number of the export'), ('copy', '“Original” or “Copy”'), ('fixed', 'The same text in every row')], max_length=20, verbose_name='content')),
                ('text', models.CharField(blank=True, max_length=60)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'heading'), name='ledger_column_heading_unique'), tenancy.policy.Island(history=(), name='finance_ledgercolumn_island')],
                'verbose_name': 'column of the ledger file',
                'verbose_name_plural': 'columns of the ledger file',
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerDownload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_copy', models.BooleanField(verbose_name='copy')),
                ('made_at', models.DateTimeField(verbose_name='downloaded')),
                ('batch', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='downloads', to='finance.ledgerbatch')),
                ('made_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_copy', False)), fields=('batch',), name='ledger_download_one_original'), tenancy.policy.Island(history=(), name='finance_ledgerdownload_island'), tenancy.policy.SamePartnership(field='batch', name='finance_ledgerdownload_batch_same'), tenancy.policy.SamePartnership(field='made_by', name='finance_ledgerdownload_made_by_same')],
                'verbose_name': 'download of an export',
                'verbose_name_plural': 'downloads of exports',
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('cells', models.JSONField(help_text='The row as it was exported, one text for each column.')),
                ('batch', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='finance.ledgerbatch')),
                ('credit_note', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entry', to='finance.creditnote')),
                ('invoice_line', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entry', to='finance.invoiceline')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payment', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entry', to='finance.payment')),
                ('reversal', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entry', to='finance.reversal')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('batch', 'position'), name='ledger_entry_position_unique'), models.CheckConstraint(condition=models.Q(models.Q(('invoice_line__isnull', False), ('credit_note__isnull', True), ('payment__isnull', True), ('reversal__isnull', True)), models.Q(('invoice_line__isnull', True), ('credit_note__isnull', False), ('payment__isnull', True), ('reversal__isnull', True)), models.Q(('invoice_line__isnull', True), ('credit_note__isnull', True), ('payment__isnull', False), ('reversal__isnull', True)), models.Q(('invoice_line__isnull', True), ('credit_note__isnull', True), ('payment__isnull', True), ('reversal__isnull', False)), _connector='OR'), name='ledger_entry_of_one_source'), tenancy.policy.Island(history=('cells',), name='finance_ledgerentry_island'), tenancy.policy.SamePartnership(field='batch', name='finance_ledgerentry_batch_same'), tenancy.policy.SamePartnership(field='invoice_line', name='finance_ledgerentry_invoice_line_same'), tenancy.policy.SamePartnership(field='credit_note', name='finance_ledgerentry_credit_note_same'), tenancy.policy.SamePartnership(field='payment', name='finance_ledgerentry_payment_same'), tenancy.policy.SamePartnership(field='reversal', name='finance_ledgerentry_reversal_same')],
                'verbose_name': 'exported row',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='LedgerFormat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dates', models.CharField(choices=[('%d/%m/%Y', '31/03/2027'), ('%Y-%m-%d', '2027-03-31'), ('%Y%m%d', '20270331'), ('%d-%b-%Y', '31-Mar-2027')], default=finance.rules.ledger_files.DateStyle['UK'], max_length=10, verbose_name='how dates are written')),
                ('signed', models.BooleanField(default=True, verbose_name='a minus sign for what agencies owe less')),
                ('with_payments', models.BooleanField(default=False, verbose_name='payments as rows')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='ledger_format_one_a_partnership'), tenancy.policy.Island(history=(), name='finance_ledgerformat_island')],
                'verbose_name': 'format of the ledger file',
            },
        ),
        migrations.CreateModel(
            name='EInvoiceDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('settled_at', models.DateTimeField(verbose_name='time')),
                ('why_not', models.TextField(blank=True, help_text='Empty if it was sent.')),
                ('credit_note', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='finance.creditnote')),
                ('invoice', tenancy.fields.TenantOneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delivery', to='finance.invoice')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'e-invoice',
                'ordering': ['-settled_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('credit_note__isnull', True), ('invoice__isnull', False)), models.Q(('credit_note__isnull', False), ('invoice__isnull', True)), _connector='OR'), name='einvoice_delivery_of_one_document'), tenancy.policy.Island(history=(), name='finance_einvoicedelivery_island'), tenancy.policy.SamePartnership(field='invoice', name='finance_einvoicedelivery_invoice_same'), tenancy.policy.SamePartnership(field='credit_note', name='finance_einvoicedelivery_credit_note_same')],
            },
        ),
        add_guards(
            einvoicedelivery=[
                pgtrigger.compiler.Trigger(name='einvoice_delivery_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'The delivery of an e-invoice cannot be changed or deleted. Download the document instead.' USING ERRCODE = 'restrict_violation';", hash='c693f1753da7ff773cbfb77fb62ae1b57a0f6621', operation='UPDATE OR DELETE', pgid='pgtrigger_einvoice_delivery_is_final_fad27', table='finance_einvoicedelivery', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='einvoice_delivery_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='a2e8a4b502b3fdbb900ac46ffaad3ced7681a3bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_einvoice_delivery_is_final_kept_cf5c0', table='finance_einvoicedelivery', when='BEFORE')),
            ],
            ledgerbatch=[
                pgtrigger.compiler.Trigger(name='ledger_batch_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'An export to the ledger cannot be changed or deleted. Download a copy.' USING ERRCODE = 'restrict_violation';", hash='70fae870a7b76484a9c98b84fd4949cc0947d039', operation='UPDATE OR DELETE', pgid='pgtrigger_ledger_batch_is_final_118e8', table='finance_ledgerbatch', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='ledger_batch_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='952b21d3118e651db692e9168e6950d96e44ce51', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_batch_is_final_kept_34529', table='finance_ledgerbatch', when='BEFORE')),
            ],
            ledgerdownload=[
                pgtrigger.compiler.Trigger(name='ledger_download_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A download cannot be changed or deleted. Download another copy.' USING ERRCODE = 'restrict_violation';", hash='871b05be2219436d78c288990ebc9d3101d5e41f', operation='UPDATE OR DELETE', pgid='pgtrigger_ledger_download_is_final_aa416', table='finance_ledgerdownload', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='ledger_download_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='419e1452433c85ad1ff3e7c94dd36ba473f150df', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_download_is_final_kept_a9d1b', table='finance_ledgerdownload', when='BEFORE')),
            ],
            ledgerentry=[
                pgtrigger.compiler.Trigger(name='ledger_entry_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'An exported row cannot be changed or deleted. Download a copy.' USING ERRCODE = 'restrict_violation';", hash='5d5bd0bc8042df7475a3b899c4cb56f9dc288813', operation='UPDATE OR DELETE', pgid='pgtrigger_ledger_entry_is_final_6d466', table='finance_ledgerentry', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='ledger_entry_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='63bc899f7b8cd2f606687cd21e571d61bd33c229', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_ledger_entry_is_final_kept_f41e5', table='finance_ledgerentry', when='BEFORE')),
            ],
        ),
    ]
