import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

import evaluation.rules.states
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from tenancy.guards import add_guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bookings', '0001_initial'),
        ('courses', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EvaluationPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('baseline_at_booking', models.BooleanField(default=True, verbose_name='ask the baseline questions at booking')),
                ('impact_months', models.PositiveSmallIntegerField(default=3, help_text='How many months after the last day.', verbose_name='impact evaluation after (months)')),
                ('send_on_working_days_only', models.BooleanField(default=False)),
                ('first_reminder_days', models.PositiveSmallIntegerField(default=7, verbose_name='first reminder after (days)')),
                ('second_reminder_days', models.PositiveSmallIntegerField(default=14, verbose_name='second reminder after (days)')),
                ('close_after_days', models.PositiveSmallIntegerField(default=28, verbose_name='close after (days)')),
                ('certificate_needs_evaluation', models.BooleanField(default=True, verbose_name='certificate only after the evaluation')),
                ('subgroup_reads_answers', models.BooleanField(default=False, verbose_name='subgroup can read individual answers')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='evaluation_plan_one_a_partnership'), tenancy.policy.Island(history=(), name='evaluation_evaluationplan_island'), tenancy.policy.Rule(name='evaluation_evaluationplan_rule')],
            },
        ),
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('baseline', 'At booking'), ('immediate', 'After the event'), ('impact', 'Impact'), ('trainer', "Trainer's view"), ('manager', "Manager's view")], max_length=10)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('valid_from', models.DateField(verbose_name='start date')),
                ('title', models.CharField(max_length=200)),
                ('introduction', models.TextField(blank=True)),
                ('course', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='questionnaires', to='courses.course')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['stage', '-version'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'stage', 'course', 'version'), name='questionnaire_version_unique', nulls_distinct=False), tenancy.policy.Island(history=(), name='evaluation_questionnaire_island'), tenancy.policy.Rule(name='evaluation_questionnaire_rule'), tenancy.policy.SamePartnership(field='course', name='evaluation_questionnaire_course_same')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('key', models.SlugField(max_length=60)),
                ('text', models.CharField(max_length=400)),
                ('hint', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('scale', 'Scale'), ('choice', 'One from a list'), ('text', 'Free text')], default=evaluation.rules.states.QuestionKind['SCALE'], max_length=10, verbose_name='type of answer')),
                ('subscale', models.CharField(choices=[('knowledge', 'Knowledge'), ('confidence', 'Confidence'), ('attitudes', 'Attitudes'), ('satisfaction', 'Satisfaction'), ('impact', 'Impact on practice'), ('other', 'Other')], default=evaluation.rules.states.Subscale['OTHER'], max_length=15)),
                ('lowest', models.SmallIntegerField(default=1, verbose_name='lowest value')),
                ('highest', models.SmallIntegerField(default=5, verbose_name='highest value')),
                ('lowest_label', models.CharField(blank=True, max_length=60, verbose_name='label of the lowest value')),
                ('highest_label', models.CharField(blank=True, max_length=60, verbose_name='label of the highest value')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('required', models.BooleanField(default=True)),
                ('retrospective', models.BooleanField(default=False, help_text='Asks afterwards about how things were before. Never averaged with a true baseline. Its key is the key of the matching question, followed by “-then”.', verbose_name='looks back')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('questionnaire', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='evaluation.questionnaire')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'key'), name='question_key_unique'), models.CheckConstraint(condition=models.Q(('highest__gt', models.F('lowest'))), name='question_scale_has_two_ends', violation_error_message='The highest value must be above the lowest.'), tenancy.policy.Island(history=(), name='evaluation_question_island'), tenancy.policy.Rule(name='evaluation_question_rule'), tenancy.policy.SamePartnership(field='questionnaire', name='evaluation_question_questionnaire_same')],
            },
        ),
        migrations.CreateModel(
            name='SurveyInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('baseline', 'At booking'), ('immediate', 'After the event'), ('impact', 'Impact'), ('trainer', "Trainer's view"), ('manager', "Manager's view")], max_length=10)),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('sent', 'Sent'), ('answered', 'Answered'), ('lapsed', 'Not answered in time'), ('withdrawn', 'Withdrawn')], default=evaluation.rules.states.InvitationState['PLANNED'], max_length=10, verbose_name='status')),
                ('due_on', models.DateField(verbose_name='due date')),
                ('counted_from', models.DateField(blank=True, editable=False, help_text='The event’s last day when the due date was worked out. It differs if the event has moved since.', null=True)),
                ('sent_on', models.DateField(blank=True, null=True, verbose_name='date sent')),
                ('reminders_sent', models.PositiveSmallIntegerField(default=0)),
                ('reminded_on', models.DateField(blank=True, help_text='When the last reminder was sent.', null=True, verbose_name='last reminder')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='closing date')),
                ('booking', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='bookings.booking')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='courses.event')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='survey_invitations', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('questionnaire', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='evaluation.questionnaire')),
            ],
            options={
                'ordering': ['-due_on', '-id'],
                'constraints': [models.UniqueConstraint(fields=('event', 'membership', 'stage'), name='invitation_once_a_stage'), tenancy.policy.Island(history=(), name='evaluation_surveyinvitation_island'), tenancy.policy.SamePartnership(field='event', name='evaluation_surveyinvitation_event_same'), tenancy.policy.SamePartnership(field='booking', name='evaluation_surveyinvitation_booking_same'), tenancy.policy.SamePartnership(field='membership', name='evaluation_surveyinvitation_membership_same'), tenancy.policy.SamePartnership(field='questionnaire', name='evaluation_surveyinvitation_questionnaire_same')],
                'indexes': [models.Index(condition=models.Q(('state__in', ['planned', 'sent'])), fields=['partnership', 'due_on'], name='invitation_due')],
            },
        ),
        migrations.CreateModel(
            name='Response',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('submitted_at', models.DateTimeField(verbose_name='submitted')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('invitation', tenancy.fields.TenantOneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='response', to='evaluation.surveyinvitation')),
            ],
            options={
                'abstract': False,
                'constraints': [tenancy.policy.Island(history=(), name='evaluation_response_island'), tenancy.policy.SamePartnership(field='invitation', name='evaluation_response_invitation_same')],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField(blank=True, null=True)),
                ('text', models.TextField(blank=True)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('question', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='evaluation.question')),
                ('response', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.response')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('response', 'question'), name='answer_once_a_question'), tenancy.policy.Island(history=(), name='evaluation_answer_island'), tenancy.policy.SamePartnership(field='response', name='evaluation_answer_response_same'), tenancy.policy.SamePartnership(field='question', name='evaluation_answer_question_same')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('issued_at', models.DateTimeField(verbose_name='issued')),
                ('holder_name', models.CharField(max_length=150, verbose_name='name on the certificate')),
                ('agency_name', models.CharField(max_length=200, verbose_name='name of the agency')),
                ('course_title', models.CharField(max_length=200, verbose_name='course')),
                ('completed_on', models.DateField(verbose_name='date completed')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes of learning')),
                ('outcomes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None)),
                ('pdf', models.BinaryField(default=b'', help_text='Created when the certificate is first opened, then kept.')),
                ('stands_since', models.DateTimeField(blank=True, editable=False, help_text='When the register was last closed with an attendance that earned the certificate.', null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('withdrawal', models.CharField(blank=True, choices=[('attendance', 'The attendance was corrected'), ('replaced', 'It was replaced by another certificate'), ('decided', 'The training team withdrew it')], max_length=10, verbose_name='why withdrawn')),
                ('withdrawal_reason', models.CharField(blank=True, help_text='What we told the certificate holder. Never shown to the public.', max_length=300, verbose_name='reason given to the holder')),
                ('booking', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='bookings.booking')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('withdrawn_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, help_text='Empty if it was withdrawn because the attendance was corrected.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'ordering': ['-issued_at'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'code'), name='certificate_code_unique'), models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('booking',), name='certificate_one_valid_per_booking'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawal', ''), ('withdrawn_at__isnull', True)), models.Q(('withdrawal', 'attendance'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', True)), models.Q(('withdrawal__in', ['replaced', 'decided']), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='certificate_withdrawal_is_whole'), tenancy.policy.Island(history=('pdf',), name='evaluation_certificate_island'), tenancy.policy.SamePartnership(field='booking', name='evaluation_certificate_booking_same'), tenancy.policy.SamePartnership(field='withdrawn_by', name='evaluation_certificate_withdrawn_by_same')],
            },
        ),
        add_guards(
            certificate=[
                pgtrigger.compiler.Trigger(name='certificate_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'A certificate is never deleted. Withdraw it, with the reason.' USING ERRCODE = 'restrict_violation';", hash='41bb1e2fcf6c0d8bc1a1f351c3d256472105c74c', operation='DELETE', pgid='pgtrigger_certificate_is_kept_0096f', table='evaluation_certificate', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='certificate_withdrawal_is_final', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'A withdrawn certificate stays as it is. Issue another.' USING ERRCODE = 'restrict_violation';", hash='82f887e2d6bfca0e2583a3978b7d055a3660160e', operation='UPDATE', pgid='pgtrigger_certificate_withdrawal_is_final_b4b98', table='evaluation_certificate', when='BEFORE')),
                pgtrigger.compiler.Trigger(name='certificate_never_emptied', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='a72cbfef0407ba105c3da9c080a4349a9d453132', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_certificate_never_emptied_58213', table='evaluation_certificate', when='BEFORE')),
            ],
        ),
    ]
