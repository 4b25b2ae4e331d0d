import django.contrib.postgres.fields
import django.db.models.deletion
import evaluation.rules.states
import partnerships.tenancy.fields
import partnerships.tenancy.policy
import partnerships.tenancy.scope
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bookings', '0001_initial'),
        ('courses', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('baseline', 'At booking'), ('immediate', 'After the event'), ('impact', 'Impact'), ('trainer', "Trainer's view"), ('manager', "Manager's view")], max_length=10)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('valid_from', models.DateField()),
                ('title', models.CharField(max_length=200)),
                ('introduction', models.TextField(blank=True)),
                ('course', partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questionnaires', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['stage', '-version'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'stage', 'course', 'version'), name='questionnaire_version_unique', nulls_distinct=False), partnerships.tenancy.policy.Island(history=(), name='evaluation_questionnaire_island'), partnerships.tenancy.policy.SamePartnership(field='course', name='evaluation_questionnaire_course_same')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('key', models.SlugField(max_length=60)),
                ('text', models.CharField(max_length=400)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('scale', 'Scale'), ('choice', 'One of a list'), ('text', 'Free text')], default=evaluation.rules.states.QuestionKind['SCALE'], max_length=10)),
                ('subscale', models.CharField(choices=[('knowledge', 'Knowledge'), ('confidence', 'Confidence'), ('attitudes', 'Attitudes'), ('satisfaction', 'Satisfaction'), ('impact', 'Impact on practice'), ('other', 'Other')], default=evaluation.rules.states.Subscale['OTHER'], max_length=15)),
                ('lowest', models.SmallIntegerField(default=1)),
                ('highest', models.SmallIntegerField(default=5)),
                ('lowest_label', models.CharField(blank=True, max_length=60)),
                ('highest_label', models.CharField(blank=True, max_length=60)),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('required', models.BooleanField(default=True)),
                ('retrospective', models.BooleanField(default=False, help_text='Asked afterwards about before; never averaged with a true baseline. Its key is that of the question it goes with, followed by “-then”.')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('questionnaire', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evaluation.questionnaire')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'key'), name='question_key_unique'), models.CheckConstraint(condition=models.Q(('highest__gt', models.F('lowest'))), name='question_scale_has_two_ends', violation_error_message='The highest value must be above the lowest.'), partnerships.tenancy.policy.Island(history=(), name='evaluation_question_island'), partnerships.tenancy.policy.SamePartnership(field='questionnaire', name='evaluation_question_questionnaire_same')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submitted_at', models.DateTimeField()),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('question', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='evaluation.question')),
                ('response', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='answer_once_a_question'), partnerships.tenancy.policy.Island(history=(), name='evaluation_answer_island'), partnerships.tenancy.policy.SamePartnership(field='response', name='evaluation_answer_response_same'), partnerships.tenancy.policy.SamePartnership(field='question', name='evaluation_answer_question_same')],
            },
        ),
        migrations.CreateModel(
            name='SurveyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('baseline', 'At booking'), ('immediate', 'After the event'), ('impact', 'Impact'), ('trainer', "Trainer's view"), ('manager', "Manager's view")], max_length=10)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('sent', 'Sent'), ('answered', 'Answered'), ('lapsed', 'Not answered in time'), ('withdrawn', 'Withdrawn')], default=evaluation.rules.states.InvitationState['PLANNED'], max_length=10)),
                ('due_on', models.DateField()),
                ('counted_from', models.DateField(blank=True, editable=False, help_text="The event's last day as it was when the due date was counted; a moved event differs.", null=True)),
                ('sent_on', models.DateField(blank=True, null=True)),
                ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                ('reminded_on', models.DateField(blank=True, help_text='The last reminder.', null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('closes_on', models.DateField(blank=True, null=True)),
                ('booking', partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='bookings.booking')),
                ('event', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='courses.event')),
                ('membership', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('questionnaire', partnerships.tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='evaluation.questionnaire')),
            ],
            options={
                'ordering': ['-due_on', '-id'],
                'indexes': [models.Index(condition=models.Q(('state__in', ['planned', 'sent'])), fields=['partnership', 'due_on'], name='invitation_due')],
                'constraints': [models.UniqueConstraint(fields=('event', 'membership', 'stage'), name='invitation_once_a_stage'), partnerships.tenancy.policy.Island(history=(), name='evaluation_surveyinvitation_island'), partnerships.tenancy.policy.SamePartnership(field='event', name='evaluation_surveyinvitation_event_same'), partnerships.tenancy.policy.SamePartnership(field='booking', name='evaluation_surveyinvitation_booking_same'), partnerships.tenancy.policy.SamePartnership(field='membership', name='evaluation_surveyinvitation_membership_same'), partnerships.tenancy.policy.SamePartnership(field='questionnaire', name='evaluation_surveyinvitation_questionnaire_same')],
            },
        ),
        migrations.AddField(
            model_name='response',
            name='invitation',
            field=partnerships.tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='response', to='evaluation.surveyinvitation'),
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('holder_name', models.CharField(max_length=150)),
                ('agency_name', models.CharField(max_length=200)),
                ('course_title', models.CharField(max_length=200)),
                ('completed_on', models.DateField()),
                ('minutes', models.PositiveIntegerField()),
                ('pdf', models.BinaryField(default=b'', help_text='Drawn when it is first opened, then kept.')),
                ('booking', partnerships.tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='bookings.booking')),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-issued_at'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='certificate_code_unique'), partnerships.tenancy.policy.Island(history=('pdf',), name='evaluation_certificate_island'), partnerships.tenancy.policy.SamePartnership(field='booking', name='evaluation_certificate_booking_same')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('baseline_at_booking', models.BooleanField(default=True)),
                ('impact_months', models.PositiveSmallIntegerField(default=3, help_text='Months after the last day.')),
                ('send_on_working_days_only', models.BooleanField(default=False)),
                ('first_reminder_days', models.PositiveSmallIntegerField(default=7)),
                ('second_reminder_days', models.PositiveSmallIntegerField(default=14)),
                ('close_after_days', models.PositiveSmallIntegerField(default=28)),
                ('certificate_needs_evaluation', models.BooleanField(default=True)),
                ('subgroup_reads_answers', models.BooleanField(default=False)),
                ('partnership', models.ForeignKey(db_index=False, default=partnerships.tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='evaluation_plan_one_a_partnership'), partnerships.tenancy.policy.Island(history=(), name='evaluation_evaluationplan_island')],
            },
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=partnerships.tenancy.policy.Island(history=(), name='evaluation_response_island'),
        ),
        migrations.AddConstraint(
            model_name='response',
            constraint=partnerships.tenancy.policy.SamePartnership(field='invitation', name='evaluation_response_invitation_same'),
        ),
    ]
