import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import tenancy.fields
import tenancy.policy
import tenancy.scope


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PathwayGuide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='name in the web address')),
                ('title', models.CharField(max_length=150)),
                ('introduction', models.TextField(blank=True)),
                ('first', models.SlugField(help_text='Code of the first question.', max_length=40, verbose_name='first question')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'slug'), name='guide_slug_unique'), tenancy.policy.Island(history=(), name='competencies_pathwayguide_island')],
            },
        ),
        migrations.CreateModel(
            name='GuideAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.SlugField(max_length=40, verbose_name='question code')),
                ('question_text', models.CharField(max_length=300, verbose_name='question')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label', models.CharField(max_length=100, verbose_name='answer')),
                ('leads_to', models.SlugField(blank=True, help_text='Code of the next question. Leave empty if the guide ends here.', max_length=40, verbose_name='next question')),
                ('attend', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='References of the courses to attend, separated by commas.', size=None, verbose_name='courses to attend')),
                ('optional', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, help_text='References of other courses that may be useful, separated by commas.', size=None, verbose_name='optional courses')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('guide', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='competencies.pathwayguide')),
            ],
            options={
                'ordering': ['question', 'position'],
                'constraints': [models.UniqueConstraint(fields=('guide', 'question', 'label'), name='guide_answer_unique'), tenancy.policy.Island(history=(), name='competencies_guideanswer_island'), tenancy.policy.SamePartnership(field='guide', name='competencies_guideanswer_guide_same')],
            },
        ),
        migrations.CreateModel(
            name='RoleProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=150)),
                ('description', models.TextField(blank=True)),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='role_profiles', to='partnerships.workforcegroup')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='role_profile_code_unique'), tenancy.policy.Island(history=(), name='competencies_roleprofile_island'), tenancy.policy.SamePartnership(field='group', name='competencies_roleprofile_group_same')],
            },
        ),
        migrations.CreateModel(
            name='Pathway',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='name in the web address')),
                ('title', models.CharField(max_length=150)),
                ('months', models.PositiveSmallIntegerField(default=24, verbose_name='length in months')),
                ('description', models.TextField(blank=True)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('role_profile', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pathways', to='competencies.roleprofile')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'slug'), name='pathway_slug_unique'), tenancy.policy.Island(history=(), name='competencies_pathway_island'), tenancy.policy.SamePartnership(field='role_profile', name='competencies_pathway_role_profile_same')],
            },
        ),
        migrations.CreateModel(
            name='PathwayStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('optional', models.BooleanField(default=False)),
                ('course', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='pathway_steps', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('pathway', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='competencies.pathway')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('pathway', 'position'), name='pathway_step_position_unique'), tenancy.policy.Island(history=(), name='competencies_pathwaystep_island'), tenancy.policy.SamePartnership(field='pathway', name='competencies_pathwaystep_pathway_same'), tenancy.policy.SamePartnership(field='course', name='competencies_pathwaystep_course_same')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60)),
                ('title', models.CharField(max_length=200)),
                ('months', models.PositiveSmallIntegerField(blank=True, help_text='How many months until it must be renewed. Leave empty if it is needed only once.', null=True, verbose_name='months until renewal')),
                ('minutes', models.PositiveIntegerField(default=0, help_text='Minutes of learning needed in that time. 0 if minutes are not counted.', verbose_name='minutes of learning')),
                ('participatory_percent', models.PositiveSmallIntegerField(default=0, verbose_name='percentage learnt with other people')),
                ('ladder', models.CharField(blank=True, help_text='Requirements in the same series build on each other: only the highest level counts.', max_length=40, verbose_name='series')),
                ('rung', models.PositiveSmallIntegerField(default=0, verbose_name='level in the series')),
                ('source', models.CharField(blank=True, help_text='The law, guidance or strategy it comes from.', max_length=200)),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='partnerships.workforcegroup')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('sector', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.sector')),
                ('role_profile', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='requirements', to='competencies.roleprofile')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role_profile__isnull', False), ('group__isnull', False), ('sector__isnull', False), _connector='OR'), name='requirement_is_of_somebody', violation_error_message='Choose a role profile, a group or a sector.'), models.CheckConstraint(condition=models.Q(('participatory_percent__lte', 100)), name='requirement_share_is_a_percentage', violation_error_message='A percentage must be 100 or less.'), tenancy.policy.Island(history=(), name='competencies_requirement_island'), tenancy.policy.SamePartnership(field='role_profile', name='competencies_requirement_role_profile_same'), tenancy.policy.SamePartnership(field='group', name='competencies_requirement_group_same'), tenancy.policy.SamePartnership(field='sector', name='competencies_requirement_sector_same')],
            },
        ),
        migrations.CreateModel(
            name='RequirementCourse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='satisfies', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('requirement', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='satisfied_by', to='competencies.requirement')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('requirement', 'course'), name='requirement_course_unique'), tenancy.policy.Island(history=(), name='competencies_requirementcourse_island'), tenancy.policy.SamePartnership(field='requirement', name='competencies_requirementcourse_requirement_same'), tenancy.policy.SamePartnership(field='course', name='competencies_requirementcourse_course_same')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='start date')),
                ('until', models.DateField(blank=True, null=True, verbose_name='end date')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='role_assignments', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('role_profile', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='competencies.roleprofile')),
            ],
            options={
                'ordering': ['-since'],
                'constraints': [models.UniqueConstraint(fields=('membership', 'role_profile', 'since'), name='role_assignment_unique'), tenancy.policy.Island(history=(), name='competencies_roleassignment_island'), tenancy.policy.SamePartnership(field='membership', name='competencies_roleassignment_membership_same'), tenancy.policy.SamePartnership(field='role_profile', name='competencies_roleassignment_role_profile_same')],
            },
        ),
    ]
