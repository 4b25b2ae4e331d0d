import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import partnerships.models.account_mail
import partnerships.models.partnership
import partnerships.models.people
import partnerships.rules.agencies
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from tenancy.edition import NEW_EDITION
from tenancy.guards import add_guards
from tenancy.recording import RECORD_CHANGE, trigger_on_tenants


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),  # an exclusion constraint compares a number and a range of days
        migrations.RunSQL(RECORD_CHANGE, "DROP FUNCTION record_change() CASCADE"),
        migrations.RunSQL(NEW_EDITION, "DROP FUNCTION new_edition() CASCADE"),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email address')),
                ('full_name', models.CharField(max_length=150)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique'), models.CheckConstraint(condition=models.Q(('full_name__regex', '[\\u0001-\\u001f\\u007f]'), _negated=True), name='user_name_is_one_line', violation_error_message='Full name must be on one line.')],
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('wrong_password', 'Wrong password'), ('wrong_code', 'Wrong code at the second step'), ('password_changed', 'Password changed'), ('password_reset', 'New password set using an emailed link'), ('address_added', 'Email address added'), ('address_confirmed', 'Email address confirmed'), ('main_address_changed', 'Main email address changed'), ('address_removed', 'Email address removed'), ('factor_added', 'Second step set up'), ('factor_removed', 'Second step removed'), ('codes_made', 'New recovery codes created'), ('changes_stopped', 'Changes undone using an emailed link')], max_length=20)),
                ('at', models.DateTimeField()),
                ('network_address', models.GenericIPAddressField(null=True)),
                ('browser', models.CharField(blank=True, max_length=200)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('told_at', models.DateTimeField(help_text='For undone changes: when the address was told about the change.', null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['user', '-at'], name='account_event_by_user'), models.Index(fields=['at'], name='account_event_by_time')],
            },
        ),
        migrations.CreateModel(
            name='AccountMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='The name of its template.', max_length=60)),
                ('from_name', models.CharField(help_text='The partnership whose site it was requested from.', max_length=100)),
                ('reply_to', models.EmailField(max_length=254)),
                ('to_email', models.EmailField(max_length=254)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('html', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('pending', 'To send'), ('sent', 'Sent'), ('given_up', 'Not delivered')], default=partnerships.models.account_mail.AccountMailState['PENDING'], max_length=10)),
                ('queued_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('user', models.ForeignKey(help_text='The account it is about. Empty if no account has this address.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state', 'pending'), models.Q(('html', ''), ('text', '')), _connector='OR'), name='account_mail_text_goes_with_it')],
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at'], name='account_mail_due')],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The first part of this partnership’s web address.', unique=True, validators=[partnerships.models.partnership.validate_slug], verbose_name='name in the web address')),
                ('host', models.CharField(blank=True, help_text='The partnership’s own host name, if it has one.', max_length=200, verbose_name='host name')),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=60)),
                ('strapline', models.CharField(blank=True, max_length=300)),
                ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales'), ('SCT', 'Scotland'), ('NIR', 'Northern Ireland')], default=partnerships.rules.agencies.Nation['ENGLAND'], max_length=3)),
                ('time_zone', models.CharField(default='Europe/London', max_length=40)),
                ('group_term', models.CharField(default='Group', help_text='What you call workforce groups, such as Level, Target group or Group.', max_length=40, verbose_name='word for workforce groups')),
                ('training_year_start_month', models.PositiveSmallIntegerField(default=4, help_text='A number from 1 to 12. For example, 4 means April.', verbose_name='first month of the training year')),
                ('brand_colour', models.CharField(default='#1d70b8', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Enter a colour such as #1d70b8.'), partnerships.models.partnership.validate_brand_colour])),
                ('contact_email', models.EmailField(max_length=254, verbose_name='contact email address')),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('address', models.TextField(blank=True)),
                ('staff_second_factor_required', models.BooleanField(default=True, help_text='Staff must also use a code or a passkey to sign in.', verbose_name='second step for staff')),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('host', ''), _negated=True), fields=('host',), name='partnership_host_unique'), models.CheckConstraint(condition=models.Q(('training_year_start_month__range', (1, 12))), name='partnership_year_starts_in_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('reference', models.SlugField(max_length=60)),
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('finance_email', models.EmailField(blank=True, help_text='We send invoices here.', max_length=254, verbose_name='finance office email address')),
                ('purchase_order', models.CharField(blank=True, help_text='Printed on every invoice. If one is required, no invoices are issued until you enter it.', max_length=60, verbose_name='standing purchase order')),
                ('purchase_order_required', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'reference'), name='agency_reference_unique'), models.UniqueConstraint(fields=('partnership', 'name'), name='agency_name_unique'), tenancy.policy.Island(history=(), name='partnerships_agency_island')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('practitioner', 'Practitioner'), ('line_manager', 'Line manager'), ('agency_lead', 'Agency lead'), ('trainer', 'Trainer'), ('coordinator', 'Training coordinator'), ('finance_officer', 'Finance officer'), ('subgroup_member', 'Learning and development subgroup'), ('administrator', 'Partnership administrator')], max_length=30), default=list, size=None)),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='joined')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['user__full_name'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'user'), name='membership_unique'), tenancy.policy.Island(history=(), name='partnerships_membership_island')],
            },
        ),
        migrations.CreateModel(
            name='ClosureDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='date')),
                ('name', models.CharField(max_length=100)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'day'), name='closure_day_unique'), tenancy.policy.Island(history=(), name='partnerships_closureday_island'), tenancy.policy.Rule(name='partnerships_closureday_rule')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Cannot be changed later.', max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='area_code_unique'), tenancy.policy.Island(history=(), name='partnerships_area_island'), tenancy.policy.Rule(name='partnerships_area_rule')],
            },
        ),
        migrations.CreateModel(
            name='AgencyDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=200, verbose_name='email domain')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='partnerships.agency')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'email domain',
                'ordering': ['domain'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'domain', 'agency'), name='agency_domain_unique'), tenancy.policy.Island(history=(), name='partnerships_agencydomain_island'), tenancy.policy.SamePartnership(field='agency', name='partnerships_agencydomain_agency_same')],
            },
        ),
        migrations.CreateModel(
            name='PayerClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Cannot be changed later.', max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('description', models.TextField(blank=True, help_text='Who belongs here, as people read it on the page about charges.')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name_plural': 'payer classes',
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='payer_class_code_unique'), tenancy.policy.Island(history=(), name='partnerships_payerclass_island'), tenancy.policy.Rule(name='partnerships_payerclass_rule')],
            },
        ),
        migrations.CreateModel(
            name='Sector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Cannot be changed later.', max_length=40)),
                ('name', models.CharField(max_length=100)),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='sector_code_unique'), tenancy.policy.Island(history=(), name='partnerships_sector_island'), tenancy.policy.Rule(name='partnerships_sector_rule')],
            },
        ),
        migrations.CreateModel(
            name='PayerClassRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('gives', models.CharField(blank=True, choices=[('anything', 'Contributes money or in kind'), ('money', 'Contributes money'), ('in_kind', 'Contributes in kind'), ('nothing', 'Does not contribute')], max_length=10, verbose_name='contribution')),
                ('turnover_from', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='turnover from')),
                ('turnover_below', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ('staff_from', models.PositiveIntegerField(blank=True, null=True)),
                ('staff_below', models.PositiveIntegerField(blank=True, null=True)),
                ('area', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.area')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payer_class', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='partnerships.payerclass')),
                ('sector', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.sector')),
            ],
            options={
                'verbose_name': 'rule for a payer class',
                'verbose_name_plural': 'rules for payer classes',
                'ordering': ['position', 'pk'],
                'constraints': [tenancy.policy.Island(history=(), name='partnerships_payerclassrule_island'), tenancy.policy.Rule(name='partnerships_payerclassrule_rule'), tenancy.policy.SamePartnership(field='payer_class', name='partnerships_payerclassrule_payer_class_same'), tenancy.policy.SamePartnership(field='sector', name='partnerships_payerclassrule_sector_same'), tenancy.policy.SamePartnership(field='area', name='partnerships_payerclassrule_area_same')],
            },
        ),
        migrations.CreateModel(
            name='AgencyFacts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='first day')),
                ('gives_money', models.BooleanField(default=False, verbose_name='contributes money')),
                ('gives_in_kind', models.BooleanField(default=False, verbose_name='contributes in kind')),
                ('turnover', models.DecimalField(blank=True, decimal_places=2, help_text='In pounds. Leave empty if it is not known.', max_digits=12, null=True, verbose_name='turnover a year')),
                ('staff', models.PositiveIntegerField(blank=True, null=True, verbose_name='number of staff')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='partnerships.agency')),
                ('area', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.area')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payer_class', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, help_text='Leave empty to let the rules for payer classes decide.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.payerclass')),
                ('sector', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.sector')),
            ],
            options={
                'verbose_name': 'facts about an agency',
                'verbose_name_plural': 'facts about agencies',
                'ordering': ['agency', '-valid_from'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'valid_from'), name='agency_facts_once_a_day', violation_error_message='There are already facts from this day. Change those.'), models.CheckConstraint(condition=models.Q(('turnover__isnull', True), ('turnover__gte', 0), _connector='OR'), name='agency_turnover_not_negative', violation_error_message='Enter a turnover of £0 or more.'), tenancy.policy.Island(history=(), name='partnerships_agencyfacts_island'), tenancy.policy.Rule(name='partnerships_agencyfacts_rule'), tenancy.policy.SamePartnership(field='agency', name='partnerships_agencyfacts_agency_same'), tenancy.policy.SamePartnership(field='sector', name='partnerships_agencyfacts_sector_same'), tenancy.policy.SamePartnership(field='area', name='partnerships_agencyfacts_area_same'), tenancy.policy.SamePartnership(field='payer_class', name='partnerships_agencyfacts_payer_class_same')],
            },
        ),
        migrations.CreateModel(
            name='WorkforceGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('description', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField(help_text='The order of the groups. Groups next to each other are adjoining groups.', verbose_name='order')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='workforce_group_code_unique'), tenancy.policy.Island(history=(), name='partnerships_workforcegroup_island'), tenancy.policy.Rule(name='partnerships_workforcegroup_rule')],
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_title', models.CharField(max_length=120)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default=partnerships.models.people.EmploymentState['PENDING'], max_length=10, verbose_name='status')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('refusal_reason', models.CharField(blank=True, help_text='We send this to the person.', max_length=300, verbose_name='reason for refusing')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='partnerships.agency')),
                ('confirmed_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.membership')),
                ('line_manager', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='team', to='partnerships.membership')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='employments', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='partnerships.workforcegroup')),
            ],
            options={
                'verbose_name': 'job',
                'ordering': ['-starts_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='employment_ends_after_it_starts', violation_error_message='The last day cannot be before the first day.'), tenancy.policy.Island(history=(), name='partnerships_employment_island'), tenancy.policy.SamePartnership(field='membership', name='partnerships_employment_membership_same'), tenancy.policy.SamePartnership(field='agency', name='partnerships_employment_agency_same'), tenancy.policy.SamePartnership(field='group', name='partnerships_employment_group_same'), tenancy.policy.SamePartnership(field='line_manager', name='partnerships_employment_line_manager_same'), tenancy.policy.SamePartnership(field='confirmed_by', name='partnerships_employment_confirmed_by_same')],
            },
        ),
        add_guards(
            area=[
                pgtrigger.compiler.Trigger(name='area_keeps_its_code', sql=tenancy.guards.GuardSql(condition='WHEN (NEW.code <> OLD.code)', func="RAISE EXCEPTION 'The code cannot be changed: bookings and prices use it. Change the name instead.' USING ERRCODE = 'restrict_violation';", hash='e759c9b1015bf77a8907732f3f3c2f2813e6da1d', operation='UPDATE', pgid='pgtrigger_area_keeps_its_code_a81fe', table='partnerships_area', when='BEFORE')),
            ],
            payerclass=[
                pgtrigger.compiler.Trigger(name='payer_class_keeps_its_code', sql=tenancy.guards.GuardSql(condition='WHEN (NEW.code <> OLD.code)', func="RAISE EXCEPTION 'The code cannot be changed: bookings and prices use it. Change the name instead.' USING ERRCODE = 'restrict_violation';", hash='c30151419e00d2ac34214644376dc63a33250902', operation='UPDATE', pgid='pgtrigger_payer_class_keeps_its_code_69959', table='partnerships_payerclass', when='BEFORE')),
            ],
            sector=[
                pgtrigger.compiler.Trigger(name='sector_keeps_its_code', sql=tenancy.guards.GuardSql(condition='WHEN (NEW.code <> OLD.code)', func="RAISE EXCEPTION 'The code cannot be changed: bookings and prices use it. Change the name instead.' USING ERRCODE = 'restrict_violation';", hash='4f3384142f1dc92d29ffb637705e6f97b73dcd46', operation='UPDATE', pgid='pgtrigger_sector_keeps_its_code_c406d', table='partnerships_sector', when='BEFORE')),
            ],
            workforcegroup=[
                pgtrigger.compiler.Trigger(name='workforce_group_keeps_its_code', sql=tenancy.guards.GuardSql(condition='WHEN (NEW.code <> OLD.code)', func="RAISE EXCEPTION 'The code of a group cannot be changed: policies name the group by it.' USING ERRCODE = 'restrict_violation';", hash='50fa085e6927de875509f7ed2698f243b98a9bad', operation='UPDATE', pgid='pgtrigger_workforce_group_keeps_its_code_0e045', table='partnerships_workforcegroup', when='BEFORE')),
            ],
        ),
        migrations.RunSQL(
            trigger_on_tenants("partnerships_partnership"),
            "DROP TRIGGER record_change ON partnerships_partnership",
        ),
    ]
