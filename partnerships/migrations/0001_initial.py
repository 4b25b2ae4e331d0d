import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import partnerships.models.agency
import partnerships.models.message
import partnerships.models.partnership
import partnerships.models.people
import partnerships.rules.agencies
import partnerships.tenancy.fields
import partnerships.tenancy.policy
from partnerships.tenancy.history import RECORD_CHANGE, RECORD_PARTNERSHIP
import partnerships.tenancy.scope
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        BtreeGistExtension(),  # an exclusion constraint compares an agency and a range of days
        migrations.RunSQL(RECORD_CHANGE, "DROP FUNCTION record_change() CASCADE"),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('reference', models.SlugField(max_length=60)),
                ('sector', models.CharField(choices=[('childrens_social_care', "Children's social care"), ('adult_social_care', 'Adult social care'), ('youth_justice', 'Youth justice'), ('maintained_school', 'Maintained school'), ('academy', 'Academy'), ('independent_school', 'Independent school'), ('further_education', 'Further education'), ('early_years', 'Early years'), ('nhs_trust', 'NHS trust'), ('gp_practice', 'GP practice'), ('icb', 'Integrated care board'), ('police', 'Police'), ('probation', 'Probation'), ('fire', 'Fire and rescue'), ('housing', 'Housing'), ('voluntary', 'Voluntary and community'), ('faith', 'Faith group'), ('private_provider', 'Private provider'), ('other', 'Other')], max_length=30)),
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('finance_email', models.EmailField(blank=True, help_text='Where invoices are sent.', max_length=254)),
                ('purchase_order', models.CharField(blank=True, help_text='Printed on every invoice. Without one, invoices wait as “purchase order awaited”.', max_length=60, verbose_name='standing purchase order')),
                ('purchase_order_required', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'ordering': ['name'],
            },
        ),
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
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_unique')],
            },
        ),
        migrations.CreateModel(
            name='Partnership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='First part of every address of this partnership.', unique=True, validators=[partnerships.models.partnership.validate_slug])),
                ('host', models.CharField(blank=True, help_text='Own host name, if it has one.', max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('short_name', models.CharField(max_length=60)),
                ('strapline', models.CharField(blank=True, max_length=300)),
                ('nation', models.CharField(choices=[('ENG', 'England'), ('WLS', 'Wales'), ('SCT', 'Scotland'), ('NIR', 'Northern Ireland')], default=partnerships.rules.agencies.Nation['ENGLAND'], max_length=3)),
                ('time_zone', models.CharField(default='Europe/London', max_length=40)),
                ('group_term', models.CharField(default='Group', help_text='What the workforce groups are called here: Level, Target group, Group.', max_length=40)),
                ('training_year_start_month', models.PositiveSmallIntegerField(default=4, help_text='1 to 12; 4 is April to April.')),
                ('brand_colour', models.CharField(default='#1d70b8', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$', 'Enter a colour such as #1d70b8.'), partnerships.models.partnership.validate_brand_colour])),
                ('contact_email', models.EmailField(max_length=254)),
                ('contact_phone', models.CharField(blank=True, max_length=40)),
                ('address', models.TextField(blank=True)),
                ('staff_second_factor_required', models.BooleanField(default=True, help_text='Staff must sign in with a code or a passkey as well.')),
                ('is_demo', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('host', ''), _negated=True), fields=('host',), name='partnership_host_unique'), models.CheckConstraint(condition=models.Q(('training_year_start_month__range', (1, 12))), name='partnership_year_starts_in_a_month')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Says what the message is for; one message a key.', max_length=200)),
                ('why', models.CharField(help_text='Why it exists, in a sentence.', max_length=300)),
                ('about', models.CharField(blank=True, help_text='Reference of what it concerns.', max_length=100)),
                ('to_email', models.EmailField(max_length=254)),
                ('to_name', models.CharField(blank=True, max_length=150)),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('attachments', models.JSONField(blank=True, default=list, help_text='A list of name, type and text content.')),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('pending', 'To send'), ('sent', 'Sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled')], default=partnerships.models.message.MessageState['PENDING'], max_length=10)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-due_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['partnership', 'due_at'], name='message_due')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='message_key_unique'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_has_a_time'), partnerships.tenancy.policy.Island(history=('text', 'html', 'attachments'), name='partnerships_message_island')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('practitioner', 'Practitioner'), ('line_manager', 'Line manager'), ('agency_lead', 'Agency lead'), ('trainer', 'Trainer'), ('coordinator', 'Training coordinator'), ('finance_officer', 'Finance officer'), ('subgroup_member', 'Learning and development subgroup'), ('administrator', 'Partnership administrator')], max_length=30), default=list, size=None)),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['user__full_name'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'user'), name='membership_unique'), partnerships.tenancy.policy.Island(history=(), name='partnerships_membership_island')],
            },
        ),
        migrations.CreateModel(
            name='ClosureDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('name', models.CharField(max_length=100)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['day'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'day'), name='closure_day_unique'), partnerships.tenancy.policy.Island(history=(), name='partnerships_closureday_island')],
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
                ('user', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['partnership', 'table', 'row'], name='change_by_row')],
                'constraints': [partnerships.tenancy.policy.Island(history=None, name='partnerships_change_island')],
            },
        ),
        migrations.CreateModel(
            name='AgencyPayerClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payer_class', models.CharField(choices=[('partner', 'Safeguarding partner'), ('relevant_agency', 'Relevant agency'), ('contributor', 'Contributes money'), ('profit_making', 'Profit-making'), ('not_for_profit', 'Not for profit, does not contribute'), ('individual', 'Individual or sole trader')], max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, help_text='Last day; empty means still so.', null=True)),
                ('agency', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='payer_classes', to='partnerships.agency')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'payer class',
                'verbose_name_plural': 'payer classes',
                'ordering': ['agency', '-valid_from'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), (partnerships.models.agency.Days('valid_from', 'valid_to', models.Value('[]')), '&&')], name='agency_payer_class_once_a_day', violation_error_message='These days overlap another payer class of the agency.'), partnerships.tenancy.policy.Island(history=(), name='partnerships_agencypayerclass_island'), partnerships.tenancy.policy.SamePartnership(field='agency', name='partnerships_agencypayerclass_agency_same')],
            },
        ),
        migrations.CreateModel(
            name='AgencyDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=200)),
                ('agency', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='partnerships.agency')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'e-mail domain',
                'ordering': ['domain'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'domain', 'agency'), name='agency_domain_unique'), partnerships.tenancy.policy.Island(history=(), name='partnerships_agencydomain_island'), partnerships.tenancy.policy.SamePartnership(field='agency', name='partnerships_agencydomain_agency_same')],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='partnership',
            field=models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership'),
        ),
        migrations.CreateModel(
            name='WorkforceGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20)),
                ('name', models.CharField(max_length=80)),
                ('description', models.TextField(blank=True)),
                ('position', models.PositiveSmallIntegerField(help_text='Order; neighbours are adjoining groups.')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='workforce_group_code_unique'), partnerships.tenancy.policy.Island(history=(), name='partnerships_workforcegroup_island')],
            },
        ),
        migrations.CreateModel(
            name='Employment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job_title', models.CharField(max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('refused', 'Refused')], default=partnerships.models.people.EmploymentState['PENDING'], max_length=10)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('refusal_reason', models.CharField(blank=True, help_text='Told to the person.', max_length=300)),
                ('agency', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='partnerships.agency')),
                ('confirmed_by', partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.membership')),
                ('line_manager', partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='team', to='partnerships.membership')),
                ('membership', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='employments', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('group', partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='employments', to='partnerships.workforcegroup')),
            ],
            options={
                'ordering': ['-starts_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='employment_ends_after_it_starts', violation_error_message='The last day cannot be before the first day.'), partnerships.tenancy.policy.Island(history=(), name='partnerships_employment_island'), partnerships.tenancy.policy.SamePartnership(field='membership', name='partnerships_employment_membership_same'), partnerships.tenancy.policy.SamePartnership(field='agency', name='partnerships_employment_agency_same'), partnerships.tenancy.policy.SamePartnership(field='group', name='partnerships_employment_group_same'), partnerships.tenancy.policy.SamePartnership(field='line_manager', name='partnerships_employment_line_manager_same'), partnerships.tenancy.policy.SamePartnership(field='confirmed_by', name='partnerships_employment_confirmed_by_same')],
            },
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('partnership', 'reference'), name='agency_reference_unique'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('partnership', 'name'), name='agency_name_unique'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=partnerships.tenancy.policy.Island(history=(), name='partnerships_agency_island'),
        ),
        migrations.RunSQL(RECORD_PARTNERSHIP, "DROP TRIGGER record_change ON partnerships_partnership"),
    ]
