import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import courses.rules.states
import tenancy.fields
import tenancy.policy
import tenancy.scope


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30)),
                ('slug', models.SlugField(max_length=120, verbose_name='name in the web address')),
                ('title', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('introductory', 'Introductory'), ('core', 'Core'), ('specialist', 'Specialist'), ('shared', 'Shared between groups'), ('advanced', 'Advanced')], default=courses.rules.states.CourseKind['CORE'], max_length=20, verbose_name='type of course')),
                ('level', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minutes', models.PositiveIntegerField(help_text='Length of the learning, in minutes.', verbose_name='length in minutes')),
                ('delivery', models.CharField(choices=[('in_person', 'In person'), ('virtual', 'Virtual'), ('blended', 'Blended'), ('e_learning', 'E-learning')], default=courses.rules.states.Delivery['IN_PERSON'], max_length=20)),
                ('event_type', models.CharField(choices=[('course', 'Course'), ('seminar', 'Seminar'), ('workshop', 'Workshop'), ('briefing', 'Briefing'), ('conference', 'Conference'), ('e_learning', 'E-learning')], default=courses.rules.states.EventType['COURSE'], max_length=20, verbose_name='type of event')),
                ('topics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('audience', models.TextField(blank=True, verbose_name='who it is for')),
                ('aims', models.TextField(blank=True)),
                ('content', models.TextField(blank=True, help_text='Write each point on a new line.')),
                ('group_policy', models.CharField(choices=[('target_only', 'This group only'), ('adjoining', 'This group and those next to it'), ('any', 'Everyone, although it is designed for this group')], default=courses.rules.states.GroupPolicy['ADJOINING'], help_text='Has no effect on a course that is for everyone.', max_length=12, verbose_name='who may book')),
                ('list_price', models.DecimalField(blank=True, decimal_places=2, help_text='In pounds. Needed if a fee is a percentage of it.', max_digits=9, null=True)),
                ('refresh_months', models.PositiveSmallIntegerField(blank=True, help_text='How long the learning stays current, in months.', null=True, verbose_name='months until refresher')),
                ('minimum_trainers', models.PositiveSmallIntegerField(default=1, verbose_name='minimum number of trainers')),
                ('needs_safeguarding_trainer', models.BooleanField(default=False, help_text='At least one trainer must have a current safeguarding background.', verbose_name='needs a trainer with a safeguarding background')),
                ('is_published', models.BooleanField(default=True, verbose_name='published')),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, help_text='The level or group it is for. Leave empty for everyone.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='courses', to='partnerships.workforcegroup')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['title'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'slug'), name='course_slug_unique'), models.UniqueConstraint(fields=('partnership', 'reference'), name='course_reference_unique'), models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='course_has_a_length'), tenancy.policy.Island(history=(), name='courses_course_island'), tenancy.policy.Rule(name='courses_course_rule'), tenancy.policy.SamePartnership(field='group', name='courses_course_group_same')],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['topics'], name='course_topics')],
            },
        ),
        migrations.CreateModel(
            name='LearningOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('text', models.CharField(max_length=300)),
                ('course', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='outcomes', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['position', 'id'],
                'constraints': [tenancy.policy.Island(history=(), name='courses_learningoutcome_island'), tenancy.policy.SamePartnership(field='course', name='courses_learningoutcome_course_same')],
            },
        ),
        migrations.CreateModel(
            name='Prerequisite',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.PositiveSmallIntegerField(default=0, help_text='Rows with the same number are alternatives: people need only one of them.', verbose_name='choice number')),
                ('course', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='prerequisites', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('requires', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.course', verbose_name='course needed first')),
            ],
            options={
                'ordering': ['course', 'choice'],
                'constraints': [models.UniqueConstraint(fields=('course', 'requires'), name='prerequisite_unique'), models.CheckConstraint(condition=models.Q(('course', models.F('requires')), _negated=True), name='prerequisite_is_another_course'), tenancy.policy.Island(history=(), name='courses_prerequisite_island'), tenancy.policy.Rule(name='courses_prerequisite_rule'), tenancy.policy.SamePartnership(field='course', name='courses_prerequisite_course_same'), tenancy.policy.SamePartnership(field='requires', name='courses_prerequisite_requires_same')],
            },
        ),
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('approved_on', models.DateField(blank=True, null=True, verbose_name='approval date')),
                ('approved_for_years', models.PositiveSmallIntegerField(default=2, verbose_name='years of approval')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='programme_ends_after_it_starts', violation_error_message='The last day cannot be before the first day.'), tenancy.policy.Island(history=(), name='courses_programme_island')],
            },
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('safeguarding_background', models.BooleanField(default=False, help_text='Recent working knowledge and experience of safeguarding practice.')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('agency', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='trainers', to='partnerships.agency')),
                ('membership', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='trainer_profiles', to='partnerships.membership', verbose_name='account')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('membership__isnull', False)), fields=('membership',), name='trainer_membership_unique'), tenancy.policy.Island(history=(), name='courses_trainer_island'), tenancy.policy.SamePartnership(field='membership', name='courses_trainer_membership_same'), tenancy.policy.SamePartnership(field='agency', name='courses_trainer_agency_same')],
            },
        ),
        migrations.CreateModel(
            name='TrainerQualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('gained_on', models.DateField(verbose_name='date gained')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='expiry date')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('trainer', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='qualifications', to='courses.trainer')),
            ],
            options={
                'ordering': ['-gained_on'],
                'constraints': [tenancy.policy.Island(history=(), name='courses_trainerqualification_island'), tenancy.policy.SamePartnership(field='trainer', name='courses_trainerqualification_trainer_same')],
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150)),
                ('address', models.TextField(blank=True)),
                ('postcode', models.CharField(blank=True, max_length=10)),
                ('capacity', models.PositiveIntegerField(blank=True, help_text='We show a warning on events that offer more places than this.', null=True)),
                ('access_notes', models.TextField(blank=True, help_text='Step-free access, hearing loop, parking.', verbose_name='getting in and around')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'name'), name='venue_name_unique'), tenancy.policy.Island(history=(), name='courses_venue_island')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('cancelled', 'Cancelled'), ('completed', 'Completed')], default=courses.rules.states.EventState['DRAFT'], max_length=12, verbose_name='status')),
                ('delivery', models.CharField(choices=[('in_person', 'In person'), ('virtual', 'Virtual'), ('blended', 'Blended'), ('e_learning', 'E-learning')], default=courses.rules.states.Delivery['IN_PERSON'], max_length=20)),
                ('starts_at', models.DateTimeField(verbose_name='start')),
                ('ends_at', models.DateTimeField(verbose_name='end')),
                ('bookings_close_at', models.DateTimeField(blank=True, help_text='Leave empty to close when the event starts.', null=True, verbose_name='close of bookings')),
                ('joining_url', models.URLField(blank=True, help_text='Shown to people who have a place.', verbose_name='joining link')),
                ('joining_notes', models.TextField(blank=True, help_text='Shown to people who have a place.')),
                ('capacity', models.PositiveIntegerField(verbose_name='number of places')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, help_text='How many times its dates or venue have changed. Calendars use this to replace older copies.')),
                ('register_closed_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_reason', models.CharField(blank=True, max_length=300)),
                ('course', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('register_closed_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='partnerships.membership')),
                ('programme', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='events', to='courses.programme')),
                ('venue', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='courses.venue')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'reference'), name='event_reference_unique'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_it_starts', violation_error_message='The event must end after it starts.'), models.CheckConstraint(condition=models.Q(models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_at__isnull', True)), _connector='OR'), name='event_cancelled_has_a_time'), tenancy.policy.Island(history=(), name='courses_event_island'), tenancy.policy.SamePartnership(field='course', name='courses_event_course_same'), tenancy.policy.SamePartnership(field='programme', name='courses_event_programme_same'), tenancy.policy.SamePartnership(field='venue', name='courses_event_venue_same'), tenancy.policy.SamePartnership(field='register_closed_by', name='courses_event_register_closed_by_same')],
                'indexes': [models.Index(fields=['partnership', 'starts_at'], name='event_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('starts_at', models.DateTimeField(verbose_name='start')),
                ('ends_at', models.DateTimeField(verbose_name='end')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='courses.event')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['starts_at'],
                'constraints': [models.UniqueConstraint(fields=('event', 'position'), name='session_position_unique'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts', violation_error_message='The session must end after it starts.'), tenancy.policy.Island(history=(), name='courses_session_island'), tenancy.policy.SamePartnership(field='event', name='courses_session_event_same')],
            },
        ),
        migrations.CreateModel(
            name='EventTrainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='event_trainers', to='courses.event')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('trainer', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='event_trainers', to='courses.trainer')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('event', 'trainer'), name='event_trainer_unique'), tenancy.policy.Island(history=(), name='courses_eventtrainer_island'), tenancy.policy.SamePartnership(field='event', name='courses_eventtrainer_event_same'), tenancy.policy.SamePartnership(field='trainer', name='courses_eventtrainer_trainer_same')],
            },
        ),
        migrations.CreateModel(
            name='TrainingRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('provider', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(choices=[('event', 'An event of this partnership'), ('elsewhere', 'Somewhere else')], default=courses.rules.states.RecordSource['EVENT'], max_length=10)),
                ('completed_on', models.DateField(verbose_name='date completed')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='minutes of learning')),
                ('participatory', models.BooleanField(default=True, help_text='Learning together with other people.', verbose_name='learnt with other people')),
                ('course', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_records', to='courses.course')),
                ('event', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_records', to='courses.event')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='training_records', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-completed_on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('event__isnull', False)), fields=('membership', 'event'), name='training_record_once_an_event'), tenancy.policy.Island(history=(), name='courses_trainingrecord_island'), tenancy.policy.SamePartnership(field='membership', name='courses_trainingrecord_membership_same'), tenancy.policy.SamePartnership(field='course', name='courses_trainingrecord_course_same'), tenancy.policy.SamePartnership(field='event', name='courses_trainingrecord_event_same')],
            },
        ),
    ]
