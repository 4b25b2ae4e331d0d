from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import finance.rules.disputes
import pgtrigger.compiler
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from django.db import migrations, models

from tenancy.guards import add_guards


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0001_initial'),
        ('finance', '0005_waivers'),
        ('partnerships', '0003_finance_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('objection', models.CharField(choices=[('not_ours', 'The person does not work for us'), ('cancelled', 'The place was cancelled in time'), ('attended', 'The person was there'), ('amount', 'The amount is wrong'), ('paid', 'We have already paid it'), ('order', 'The purchase order number is wrong or missing'), ('other', 'Something else')], max_length=10, verbose_name='what is wrong')),
                ('text', models.TextField(blank=True)),
                ('raised_email', models.EmailField(help_text='Where the answer is sent.', max_length=254, verbose_name='email address')),
                ('raised_at', models.DateTimeField(verbose_name='raised')),
                ('state', models.CharField(choices=[('open', 'To answer'), ('stands', 'Charge stands'), ('reduced', 'Credit agreed')], default=finance.rules.disputes.DisputeState['OPEN'], max_length=10, verbose_name='status')),
                ('agreed', models.DecimalField(decimal_places=2, default=Decimal('0.00'), max_digits=10, verbose_name='credit agreed')),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('answered_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('line', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='finance.invoiceline')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('raised_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'ordering': ['-raised_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('line',), name='dispute_one_open_a_line'), models.CheckConstraint(condition=models.Q(models.Q(('agreed__gt', 0), ('state', 'reduced')), models.Q(models.Q(('state', 'reduced'), _negated=True), ('agreed', 0)), _connector='OR'), name='dispute_agreed_if_reduced'), tenancy.policy.Island(history=(), name='finance_dispute_island'), tenancy.policy.SamePartnership(field='line', name='finance_dispute_line_same'), tenancy.policy.SamePartnership(field='raised_by', name='finance_dispute_raised_by_same'), tenancy.policy.SamePartnership(field='answered_by', name='finance_dispute_answered_by_same')],
            },
        ),
        migrations.CreateModel(
            name='LinksStopped',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stopped_at', models.DateTimeField(verbose_name='stopped')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.agency')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('stopped_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'verbose_name_plural': 'links stopped',
                'ordering': ['-stopped_at'],
                'constraints': [tenancy.policy.Island(history=(), name='finance_linksstopped_island'), tenancy.policy.SamePartnership(field='agency', name='finance_linksstopped_agency_same'), tenancy.policy.SamePartnership(field='stopped_by', name='finance_linksstopped_stopped_by_same')],
            },
        ),
        migrations.CreateModel(
            name='PurchaseOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('event', 'One event'), ('period', 'The charges of a period'), ('standing', 'Everything from now on')], max_length=10, verbose_name='for')),
                ('first_day', models.DateField(blank=True, null=True)),
                ('last_day', models.DateField(blank=True, null=True)),
                ('number', models.CharField(max_length=60)),
                ('given_email', models.EmailField(help_text='Who gave it, or where the link they used was sent.', max_length=254, verbose_name='email address')),
                ('given_at', models.DateTimeField(verbose_name='given')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='purchase_orders', to='partnerships.agency')),
                ('event', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.event')),
                ('given_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-given_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('event', None), ('first_day', None), ('last_day', None), ('scope', 'standing')), models.Q(('event__isnull', False), ('first_day', None), ('last_day', None), ('scope', 'event')), models.Q(('event', None), ('last_day__gte', models.F('first_day')), ('scope', 'period')), _connector='OR'), name='purchase_order_for_one_thing'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), ('scope', 'event')), fields=('agency', 'event'), name='purchase_order_one_an_event'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), ('scope', 'standing')), fields=('agency',), name='purchase_order_one_standing'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None), ('scope', 'period')), expressions=[('agency', '='), (models.Func(models.F('first_day'), models.F('last_day'), django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='purchase_order_one_a_day'), tenancy.policy.Island(history=(), name='finance_purchaseorder_island'), tenancy.policy.SamePartnership(field='agency', name='finance_purchaseorder_agency_same'), tenancy.policy.SamePartnership(field='event', name='finance_purchaseorder_event_same'), tenancy.policy.SamePartnership(field='given_by', name='finance_purchaseorder_given_by_same')],
            },
        ),
        migrations.AlterModelOptions(
            name='invoicerun',
            options={'ordering': ['-created_at', '-id']},
        ),
        migrations.RemoveConstraint(
            model_name='invoice',
            name='invoice_one_an_agency_in_a_run',
        ),
        migrations.AddField(
            model_name='invoicerun',
            name='event',
            field=tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, help_text='The event whose charges it includes, whenever they arose.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoice_runs', to='courses.event'),
        ),
        migrations.AlterField(
            model_name='invoicerun',
            name='month',
            field=models.DateField(blank=True, help_text='First day of the month whose charges it includes.', null=True),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.UniqueConstraint(condition=models.Q(('run__isnull', False)), fields=('run', 'agency', 'purchase_order'), name='invoice_one_an_agency_and_order_in_a_run'),
        ),
        migrations.AddConstraint(
            model_name='invoicerun',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'done'), _negated=True), fields=('partnership', 'event'), name='invoice_run_one_open_an_event'),
        ),
        migrations.AddConstraint(
            model_name='invoicerun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('event', None), ('month__isnull', False)), models.Q(('event__isnull', False), ('month', None)), _connector='OR'), name='invoice_run_of_a_month_or_an_event'),
        ),
        migrations.AddConstraint(
            model_name='invoicerun',
            constraint=tenancy.policy.SamePartnership(field='event', name='finance_invoicerun_event_same'),
        ),
        add_guards(
            dispute=[
                pgtrigger.compiler.Trigger(name='dispute_is_final', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."answered_at" IS NOT NULL)', func="RAISE EXCEPTION 'A dispute that was answered cannot be changed or deleted.' USING ERRCODE = 'restrict_violation';", hash='21e7ae81e73a4cb48d01060395bb6013ad1b4998', operation='UPDATE OR DELETE', pgid='pgtrigger_dispute_is_final_1f9d4', table='finance_dispute', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='disputes_are_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='447e39881ef1e768c80c07e3555b475f880ebb46', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_disputes_are_kept_7d7a8', table='finance_dispute', when='BEFORE')),
            ],
            linksstopped=[
                pgtrigger.compiler.Trigger(name='links_stopped_is_final', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This record cannot be changed or deleted. Email a new link instead.' USING ERRCODE = 'restrict_violation';", hash='1f0377c6715e27815f93da9c60eabbedbd48f643', operation='UPDATE OR DELETE', pgid='pgtrigger_links_stopped_is_final_45ce9', table='finance_linksstopped', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='links_stopped_is_final_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='682ab1ce8b9ba9cf835bd2c4a188e6f5e3b5c936', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_links_stopped_is_final_kept_8995c', table='finance_linksstopped', when='BEFORE')),
            ],
            purchaseorder=[
                pgtrigger.compiler.Trigger(name='purchase_order_is_fixed', sql=tenancy.guards.GuardSql(condition='WHEN (OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL OR (NEW.agency_id, NEW.scope, NEW.number, NEW.event_id, NEW.first_day, NEW.last_day) IS DISTINCT FROM (OLD.agency_id, OLD.scope, OLD.number, OLD.event_id, OLD.first_day, OLD.last_day))', func="RAISE EXCEPTION 'A purchase order number that was given cannot be changed. Withdraw it.' USING ERRCODE = 'restrict_violation';", hash='080a0cd7b94b51d29db5dd4ce701138e93eacae8', operation='UPDATE', pgid='pgtrigger_purchase_order_is_fixed_673f4', table='finance_purchaseorder', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='purchase_order_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A purchase order number that was given cannot be deleted. Withdraw it.' USING ERRCODE = 'restrict_violation';", hash='b50beb0ca75d076f342b81ad7d3d9b9b5887e8c8', operation='DELETE', pgid='pgtrigger_purchase_order_is_kept_0ac42', table='finance_purchaseorder', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='purchase_orders_are_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='10d08d52c2ddca62fcd5c6457af81945472ac508', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_purchase_orders_are_kept_e441b', table='finance_purchaseorder', when='BEFORE')),
            ],
        ),
    ]
