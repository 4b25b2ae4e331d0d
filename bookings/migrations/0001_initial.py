from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.db import migrations, models

import bookings.rules.money
import bookings.rules.notice
import bookings.rules.prices
import bookings.rules.states
import tenancy.fields
import tenancy.guards
import tenancy.policy
import tenancy.scope
from tenancy.guards import add_guards


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChargingPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('notice', models.PositiveSmallIntegerField(default=10, help_text='How many days or hours before the event.')),
                ('unit', models.CharField(choices=[('working_days', 'Working days'), ('calendar_days', 'Calendar days'), ('hours', 'Hours')], default=bookings.rules.notice.NoticeUnit['WORKING_DAYS'], max_length=20, verbose_name='unit of notice')),
                ('counting', models.CharField(choices=[('at_least', 'Charge when notice is less than this'), ('more_than', 'Charge when notice is this or less')], default=bookings.rules.notice.Counting['AT_LEAST'], max_length=20, verbose_name='when to charge')),
                ('clear_days', models.BooleanField(default=False)),
                ('skip_bank_holidays', models.BooleanField(default=True)),
                ('cut_off', models.TimeField(blank=True, help_text='Leave empty for the end of the day.', null=True, verbose_name='cut-off time')),
                ('is_charged', models.BooleanField(default=True, help_text='Are late cancellations and non-attendance charged at all?', verbose_name='unused places are charged')),
                ('version', models.PositiveSmallIntegerField()),
                ('valid_from', models.DateField(verbose_name='start date')),
                ('counts_from', models.CharField(choices=[('bookings', 'Places booked from the start date'), ('events', 'Events held from the start date, whenever they are booked')], default=bookings.rules.states.CountsFrom['BOOKINGS'], help_text='Which places the version applies to from its start date.', max_length=10, verbose_name='applies to')),
                ('is_example', models.BooleanField(default=False, help_text='These are invented amounts, for demonstration.', verbose_name='example prices')),
                ('half_day_minutes', models.PositiveSmallIntegerField(default=240, help_text='Sessions up to this long count as half a day, longer ones as a day.', verbose_name='longest half day (minutes)')),
                ('clause', models.TextField(help_text='The policy in plain English, as people accept it when they book.')),
                ('approval', models.CharField(choices=[('none', 'Not needed'), ('declared', 'The person booking confirms that their manager agrees'), ('by_link', 'The manager approves using an emailed link')], default=bookings.rules.states.ApprovalMode['DECLARED'], max_length=10, verbose_name='manager’s approval')),
                ('unknown_group', models.CharField(choices=[('hold', 'Hold the place until the group is known'), ('book', 'Book straight away and confirm the group later')], default=bookings.rules.states.UnknownGroup['HOLD'], help_text='When someone books a course for one group and we do not know yet which group they are in.', max_length=5, verbose_name='what to do if the group is not known')),
                ('grace_minutes', models.PositiveSmallIntegerField(default=30, help_text='How many minutes late people can arrive without any consequence.', verbose_name='minutes late allowed')),
                ('late_admitted', models.BooleanField(default=True, help_text='Can people who arrive later than that still take part?', verbose_name='late arrivals can take part')),
                ('late_certificate', models.BooleanField(default=False, help_text='Can people who arrive later than that still get a certificate?', verbose_name='certificate for late arrivals')),
                ('late_charged', models.BooleanField(default=False, help_text='Are people who arrive later than that charged as if absent?', verbose_name='charge late arrivals')),
                ('early_minutes', models.PositiveSmallIntegerField(blank=True, help_text='How many minutes early people can leave without any consequence. Leave empty for no limit.', null=True, verbose_name='minutes early allowed')),
                ('early_counts', models.BooleanField(default=False, help_text='Does the session still count in full for people who leave earlier than that?', verbose_name='session counts if people leave early')),
                ('early_certificate', models.BooleanField(default=False, help_text='Can people who leave earlier than that still get a certificate?', verbose_name='certificate for people who leave early')),
                ('early_charged', models.BooleanField(default=False, help_text='Are people who leave earlier than that charged as if absent?', verbose_name='charge people who leave early')),
                ('walk_in_admitted', models.BooleanField(default=True, help_text='Can people who come without a booking take part?', verbose_name='walk-ins can take part')),
                ('walk_in_certificate', models.BooleanField(default=True, help_text='Can they get a certificate?', verbose_name='certificate for walk-ins')),
                ('walk_in_charged', models.BooleanField(default=True, help_text='Are they charged the attendance fee?', verbose_name='charge walk-ins')),
                ('offer_grace_hours', models.PositiveSmallIntegerField(default=24, help_text='How many hours people have to cancel free of charge after accepting an offer.', verbose_name='free cancellation after an offer (hours)')),
                ('move_grace_hours', models.PositiveSmallIntegerField(default=72, help_text='How many hours people have to cancel free of charge after the partnership moves the event.', verbose_name='free cancellation after a move (hours)')),
                ('substitution_hours', models.PositiveSmallIntegerField(default=0, help_text='People can name a colleague to take their place until this many hours before the event.', verbose_name='last substitution (hours before)')),
                ('keep_late_charge', models.BooleanField(default=True, help_text='Keep the late cancellation fee if the partnership then cancels the event.', verbose_name='keep late cancellation fee')),
                ('released_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='released')),
                ('agreed_since', models.DateTimeField(blank=True, editable=False, help_text='When someone first agreed to it. It cannot be changed after that.', null=True)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('released_by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
            ],
            options={
                'verbose_name_plural': 'charging policies',
                'ordering': ['-valid_from', '-version'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'version'), name='policy_version_unique'), tenancy.policy.Island(history=(), name='bookings_chargingpolicy_island'), tenancy.policy.Rule(name='bookings_chargingpolicy_rule'), tenancy.policy.SamePartnership(field='released_by', name='bookings_chargingpolicy_released_by_same')],
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('access_needs', models.TextField(blank=True, verbose_name='access or dietary needs')),
                ('manager_declared', models.BooleanField(default=False, verbose_name='manager’s agreement declared')),
                ('approver_name', models.CharField(blank=True, max_length=150, verbose_name='manager’s name')),
                ('approver_email', models.EmailField(blank=True, max_length=254, verbose_name='manager’s email address')),
                ('evidence', models.TextField(blank=True, help_text='Training completed elsewhere.', verbose_name='earlier training')),
                ('waits_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='waiting for')),
                ('submission', models.CharField(blank=True, max_length=40)),
                ('reference', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('pending', 'Waiting for approval'), ('proposed', 'Waiting to take over a colleague’s place'), ('booked', 'Booked'), ('cancelled', 'Cancelled in time'), ('late_cancelled', 'Cancelled late'), ('declined', 'Not approved'), ('event_cancelled', 'Event cancelled by the partnership'), ('attended', 'Attended'), ('partly_attended', 'Attended in part'), ('no_show', 'Did not attend')], default=bookings.rules.states.BookingState['BOOKED'], max_length=20, verbose_name='status')),
                ('policy_accepted_at', models.DateTimeField(verbose_name='policy accepted')),
                ('payer_class', models.CharField(blank=True, max_length=40)),
                ('sector', models.CharField(blank=True, max_length=40)),
                ('area', models.CharField(blank=True, max_length=40)),
                ('event_type', models.CharField(blank=True, choices=[('course', 'Course'), ('seminar', 'Seminar'), ('workshop', 'Workshop'), ('briefing', 'Briefing'), ('conference', 'Conference'), ('e_learning', 'E-learning')], max_length=20)),
                ('delivery', models.CharField(blank=True, choices=[('in_person', 'In person'), ('virtual', 'Virtual'), ('blended', 'Blended'), ('e_learning', 'E-learning')], max_length=20, verbose_name='way of delivery')),
                ('sittings', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, help_text='The length of each session in minutes.', size=None)),
                ('list_price', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ('labels', models.JSONField(default=list, help_text='As prices explain it.', verbose_name='what was agreed, in words')),
                ('quote', models.JSONField(default=dict)),
                ('free_until', models.DateTimeField(verbose_name='free cancellation until')),
                ('free_until_why', models.JSONField(verbose_name='how free cancellation was worked out')),
                ('held_until', models.DateTimeField(blank=True, help_text='While the booking waits for approval, the place is held until this time.', null=True)),
                ('booked_at', models.DateTimeField(verbose_name='booked')),
                ('walk_in', models.BooleanField(default=False, help_text='Came without a booking; added at the register.', verbose_name='walk-in')),
                ('cancel_received_at', models.DateTimeField(blank=True, null=True, verbose_name='cancellation received')),
                ('cancel_entered_at', models.DateTimeField(blank=True, null=True, verbose_name='cancellation entered')),
                ('cancel_reason', models.CharField(blank=True, max_length=300, verbose_name='reason for cancelling')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='partnerships.agency')),
                ('approver', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='approvals', to='partnerships.membership')),
                ('booked_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('employment', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='partnerships.employment', verbose_name='job')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='courses.event')),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.workforcegroup')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='bookings', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('replaces', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replaced_by', to='bookings.booking', verbose_name='takes the place of')),
                ('policy', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.chargingpolicy')),
            ],
            options={
                'ordering': ['-booked_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'reference'), name='booking_reference_unique'), models.UniqueConstraint(condition=models.Q(('state__in', [bookings.rules.states.BookingState['ATTENDED'], bookings.rules.states.BookingState['BOOKED'], bookings.rules.states.BookingState['NO_SHOW'], bookings.rules.states.BookingState['PARTLY_ATTENDED'], bookings.rules.states.BookingState['PENDING'], bookings.rules.states.BookingState['PROPOSED']])), fields=('event', 'membership'), name='booking_one_place_a_person'), models.CheckConstraint(condition=models.Q(models.Q(('cancel_entered_at__isnull', True), ('cancel_received_at__isnull', True)), models.Q(('cancel_entered_at__isnull', False), ('cancel_received_at__isnull', False)), _connector='OR'), name='booking_cancel_times_together'), tenancy.policy.Island(history=(), name='bookings_booking_island'), tenancy.policy.SamePartnership(field='event', name='bookings_booking_event_same'), tenancy.policy.SamePartnership(field='membership', name='bookings_booking_membership_same'), tenancy.policy.SamePartnership(field='employment', name='bookings_booking_employment_same'), tenancy.policy.SamePartnership(field='agency', name='bookings_booking_agency_same'), tenancy.policy.SamePartnership(field='booked_by', name='bookings_booking_booked_by_same'), tenancy.policy.SamePartnership(field='policy', name='bookings_booking_policy_same'), tenancy.policy.SamePartnership(field='group', name='bookings_booking_group_same'), tenancy.policy.SamePartnership(field='approver', name='bookings_booking_approver_same'), tenancy.policy.SamePartnership(field='replaces', name='bookings_booking_replaces_same')],
                'indexes': [models.Index(fields=['event', 'state'], name='booking_by_event_state')],
            },
        ),
        migrations.CreateModel(
            name='NoticeException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_type', models.CharField(blank=True, choices=[('course', 'Course'), ('seminar', 'Seminar'), ('workshop', 'Workshop'), ('briefing', 'Briefing'), ('conference', 'Conference'), ('e_learning', 'E-learning')], max_length=20, verbose_name='type of event')),
                ('delivery', models.CharField(blank=True, choices=[('in_person', 'In person'), ('virtual', 'Virtual'), ('blended', 'Blended'), ('e_learning', 'E-learning')], max_length=20, verbose_name='way of delivery')),
                ('shortest', models.PositiveSmallIntegerField(blank=True, help_text='Only for events of at least so many minutes.', null=True, verbose_name='shortest (minutes)')),
                ('longest', models.PositiveSmallIntegerField(blank=True, help_text='Only for events of at most so many minutes.', null=True, verbose_name='longest (minutes)')),
                ('notice', models.PositiveSmallIntegerField(default=10, help_text='How many days or hours before the event.')),
                ('unit', models.CharField(choices=[('working_days', 'Working days'), ('calendar_days', 'Calendar days'), ('hours', 'Hours')], default=bookings.rules.notice.NoticeUnit['WORKING_DAYS'], max_length=20, verbose_name='unit of notice')),
                ('counting', models.CharField(choices=[('at_least', 'Charge when notice is less than this'), ('more_than', 'Charge when notice is this or less')], default=bookings.rules.notice.Counting['AT_LEAST'], max_length=20, verbose_name='when to charge')),
                ('clear_days', models.BooleanField(default=False)),
                ('skip_bank_holidays', models.BooleanField(default=True)),
                ('cut_off', models.TimeField(blank=True, help_text='Leave empty for the end of the day.', null=True, verbose_name='cut-off time')),
                ('is_charged', models.BooleanField(default=True, help_text='Are late cancellations and non-attendance charged at all?', verbose_name='unused places are charged')),
                ('name', models.CharField(help_text='The places it is for, such as “briefings”.', max_length=100)),
                ('clause', models.CharField(help_text='The rule in one sentence, shown to the people it applies to.', max_length=300)),
                ('area', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.area')),
                ('course', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course')),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.workforcegroup')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payer_class', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.payerclass')),
                ('policy', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='notice_exceptions', to='bookings.chargingpolicy')),
                ('sector', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.sector')),
            ],
            options={
                'verbose_name': 'exception to the notice',
                'verbose_name_plural': 'exceptions to the notice',
                'ordering': ['policy', 'id'],
                'constraints': [tenancy.policy.Island(history=(), name='bookings_noticeexception_island'), tenancy.policy.Rule(name='bookings_noticeexception_rule'), tenancy.policy.SamePartnership(field='course', name='bookings_noticeexception_course_same'), tenancy.policy.SamePartnership(field='payer_class', name='bookings_noticeexception_payer_class_same'), tenancy.policy.SamePartnership(field='sector', name='bookings_noticeexception_sector_same'), tenancy.policy.SamePartnership(field='area', name='bookings_noticeexception_area_same'), tenancy.policy.SamePartnership(field='group', name='bookings_noticeexception_group_same'), tenancy.policy.SamePartnership(field='policy', name='bookings_noticeexception_policy_same')],
            },
        ),
        migrations.CreateModel(
            name='PlannedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(help_text='We add the title of the course: “Reminder: Neglect”.', max_length=100)),
                ('text', models.TextField(blank=True, help_text='What you want to say. We add the dates and the venue and, before the event, how to join and cancel.')),
                ('days', models.PositiveSmallIntegerField(default=5, verbose_name='how many days')),
                ('timing', models.CharField(choices=[('before', 'Before the event begins'), ('after', 'After the event ends')], default=bookings.rules.states.MailTiming['BEFORE'], max_length=10, verbose_name='when it goes out')),
                ('audience', models.CharField(choices=[('booked', 'Everyone with a place'), ('attended', 'Everyone who attended')], default=bookings.rules.states.Audience['BOOKED'], max_length=10, verbose_name='who gets it')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='Not sent for events where it would have been due before this time.')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'planned email',
                'ordering': ['timing', '-days', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('audience', bookings.rules.states.Audience['BOOKED']), ('days__gte', 1), ('timing', bookings.rules.states.MailTiming['BEFORE'])), models.Q(('audience', bookings.rules.states.Audience['BOOKED']), ('days__gte', 0), ('timing', bookings.rules.states.MailTiming['AFTER'])), models.Q(('audience', bookings.rules.states.Audience['ATTENDED']), ('days__gte', 0), ('timing', bookings.rules.states.MailTiming['AFTER'])), _connector='OR'), name='planned_mail_can_be_due', violation_error_message='No one can read an email at that time. Change who gets it, or when.'), tenancy.policy.Island(history=(), name='bookings_plannedmail_island'), tenancy.policy.Rule(name='bookings_plannedmail_rule')],
            },
        ),
        migrations.CreateModel(
            name='PlannedMailSent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(help_text='When the event begins.')),
                ('booking', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='planned_mails', to='bookings.booking')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('planned_mail', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='sent', to='bookings.plannedmail')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('planned_mail', 'booking', 'starts_at'), name='planned_mail_once_a_date'), tenancy.policy.Island(history=(), name='bookings_plannedmailsent_island'), tenancy.policy.SamePartnership(field='planned_mail', name='bookings_plannedmailsent_planned_mail_same'), tenancy.policy.SamePartnership(field='booking', name='bookings_plannedmailsent_booking_same')],
            },
        ),
        migrations.CreateModel(
            name='PriceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_type', models.CharField(blank=True, choices=[('course', 'Course'), ('seminar', 'Seminar'), ('workshop', 'Workshop'), ('briefing', 'Briefing'), ('conference', 'Conference'), ('e_learning', 'E-learning')], max_length=20, verbose_name='type of event')),
                ('delivery', models.CharField(blank=True, choices=[('in_person', 'In person'), ('virtual', 'Virtual'), ('blended', 'Blended'), ('e_learning', 'E-learning')], max_length=20, verbose_name='way of delivery')),
                ('shortest', models.PositiveSmallIntegerField(blank=True, help_text='Only for events of at least so many minutes.', null=True, verbose_name='shortest (minutes)')),
                ('longest', models.PositiveSmallIntegerField(blank=True, help_text='Only for events of at most so many minutes.', null=True, verbose_name='longest (minutes)')),
                ('kind', models.CharField(choices=[('attendance', 'Attendance fee'), ('late_cancellation', 'Late cancellation fee'), ('no_show', 'Non-attendance fee'), ('late_arrival', 'Late arrival fee'), ('left_early', 'Early leaving fee'), ('walk_in', 'Walk-in surcharge'), ('not_completed', 'Non-completion fee')], max_length=20, verbose_name='charge')),
                ('outcome', models.CharField(choices=[('free', 'Free'), ('amount', 'An amount'), ('decision', 'Needs a decision')], max_length=10)),
                ('amount', models.DecimalField(decimal_places=2, default=Decimal('0.00'), help_text='In pounds, or as a percentage.', max_digits=9)),
                ('base', models.CharField(choices=[('flat', 'A flat amount'), ('per_session', 'For each session'), ('per_half_day', 'For each half day'), ('per_day', 'For each day'), ('percent_of_attendance', 'A percentage of the attendance fee'), ('percent_of_list_price', 'A percentage of the course’s list price')], default=bookings.rules.prices.FeeBase['FLAT'], max_length=25, verbose_name='how the amount applies')),
                ('less', models.DecimalField(decimal_places=2, default=Decimal('0.00'), help_text='Taken off the amount, such as a booking fee that has been paid.', max_digits=9, verbose_name='less (pounds)')),
                ('at_least', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='at least (pounds)')),
                ('at_most', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='at most (pounds)')),
                ('rounding', models.CharField(choices=[('penny', 'To the penny'), ('pound', 'To the nearest pound, with 50p rounded up'), ('pound_down', 'Down to the pound'), ('pound_up', 'Up to the pound')], default=bookings.rules.money.Rounding['PENNY'], max_length=12)),
                ('notice_under', models.PositiveSmallIntegerField(blank=True, help_text='Use this line only if people gave less notice than this, in the unit of the notice.', null=True, verbose_name='notice of less than')),
                ('clause', models.CharField(help_text='The rule in one sentence, shown to the people it applies to.', max_length=300)),
                ('area', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.area')),
                ('course', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course')),
                ('group', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.workforcegroup')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('payer_class', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.payerclass')),
                ('policy', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='bookings.chargingpolicy')),
                ('sector', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.sector')),
            ],
            options={
                'verbose_name': 'price',
                'ordering': ['policy', 'kind', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('outcome', 'amount')), models.Q(models.Q(('outcome', 'amount'), _negated=True), ('amount', 0)), _connector='OR'), name='price_row_amount_fits_outcome', violation_error_message='Enter an amount above zero if the outcome is an amount. Otherwise enter 0.'), models.CheckConstraint(condition=models.Q(('base', bookings.rules.prices.FeeBase['PERCENT_OF_ATTENDANCE']), ('kind', bookings.rules.prices.ChargeKind['ATTENDANCE']), _negated=True), name='price_row_attendance_is_no_share_of_itself', violation_error_message='An attendance fee cannot be a percentage of the attendance fee.'), models.CheckConstraint(condition=models.Q(('less__gte', 0)), name='price_row_less_not_negative', violation_error_message='Enter £0 or more to take off.'), models.CheckConstraint(condition=models.Q(('at_least__isnull', True), ('at_most__isnull', True), ('at_most__gte', models.F('at_least')), _connector='OR'), name='price_row_limits_in_order', violation_error_message='The most must not be below the least.'), models.CheckConstraint(condition=models.Q(('shortest__isnull', True), ('longest__isnull', True), ('longest__gte', models.F('shortest')), _connector='OR'), name='price_row_lengths_in_order', violation_error_message='The longest length must not be below the shortest.'), tenancy.policy.Island(history=(), name='bookings_pricerow_island'), tenancy.policy.Rule(name='bookings_pricerow_rule'), tenancy.policy.SamePartnership(field='course', name='bookings_pricerow_course_same'), tenancy.policy.SamePartnership(field='payer_class', name='bookings_pricerow_payer_class_same'), tenancy.policy.SamePartnership(field='sector', name='bookings_pricerow_sector_same'), tenancy.policy.SamePartnership(field='area', name='bookings_pricerow_area_same'), tenancy.policy.SamePartnership(field='group', name='bookings_pricerow_group_same'), tenancy.policy.SamePartnership(field='policy', name='bookings_pricerow_policy_same')],
            },
        ),
        migrations.CreateModel(
            name='WaitingListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('access_needs', models.TextField(blank=True, verbose_name='access or dietary needs')),
                ('manager_declared', models.BooleanField(default=False, verbose_name='manager’s agreement declared')),
                ('approver_name', models.CharField(blank=True, max_length=150, verbose_name='manager’s name')),
                ('approver_email', models.EmailField(blank=True, max_length=254, verbose_name='manager’s email address')),
                ('evidence', models.TextField(blank=True, help_text='Training completed elsewhere.', verbose_name='earlier training')),
                ('waits_for', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='waiting for')),
                ('submission', models.CharField(blank=True, max_length=40)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('offered', 'Offered a place'), ('booked', 'Booked'), ('left', 'Left the waiting list'), ('closed', 'Waiting list closed')], default=bookings.rules.states.WaitingState['WAITING'], max_length=10, verbose_name='status')),
                ('priority', models.PositiveSmallIntegerField(default=5, help_text='1 is first on the waiting list.')),
                ('joined_at', models.DateTimeField(verbose_name='joined')),
                ('override', models.CharField(blank=True, help_text='Why the training team set the usual rules aside. This still applies when a place becomes free.', max_length=280, verbose_name='usual rules set aside because')),
                ('agency', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='waiting_entries', to='partnerships.agency')),
                ('employment', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.employment', verbose_name='job')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='waiting_list', to='courses.event')),
                ('membership', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='waiting_entries', to='partnerships.membership', verbose_name='person')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('policy', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bookings.chargingpolicy')),
            ],
            options={
                'verbose_name_plural': 'waiting list entries',
                'ordering': ['joined_at', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'offered'])), fields=('event', 'membership'), name='waiting_once_an_event'), tenancy.policy.Island(history=(), name='bookings_waitinglistentry_island'), tenancy.policy.SamePartnership(field='event', name='bookings_waitinglistentry_event_same'), tenancy.policy.SamePartnership(field='membership', name='bookings_waitinglistentry_membership_same'), tenancy.policy.SamePartnership(field='employment', name='bookings_waitinglistentry_employment_same'), tenancy.policy.SamePartnership(field='agency', name='bookings_waitinglistentry_agency_same'), tenancy.policy.SamePartnership(field='policy', name='bookings_waitinglistentry_policy_same')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('open', 'Open'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('expired', 'Expired'), ('withdrawn', 'Withdrawn')], default=bookings.rules.states.OfferState['OPEN'], max_length=10, verbose_name='status')),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('booking', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='from_offer', to='bookings.booking')),
                ('event', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='courses.event')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('entry', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='bookings.waitinglistentry')),
            ],
            options={
                'ordering': ['-made_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('entry',), name='offer_one_open_an_entry'), tenancy.policy.Island(history=(), name='bookings_offer_island'), tenancy.policy.SamePartnership(field='entry', name='bookings_offer_entry_same'), tenancy.policy.SamePartnership(field='event', name='bookings_offer_event_same'), tenancy.policy.SamePartnership(field='booking', name='bookings_offer_booking_same')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(choices=[('present', 'Present'), ('late', 'Came late'), ('left_early', 'Left early'), ('absent', 'Absent')], max_length=12)),
                ('minutes_late', models.PositiveSmallIntegerField(default=0)),
                ('minutes_early', models.PositiveSmallIntegerField(default=0)),
                ('marked_at', models.DateTimeField()),
                ('marked_by', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
                ('session', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='courses.session')),
                ('booking', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='attendances', to='bookings.booking')),
            ],
            options={
                'verbose_name_plural': 'attendance',
                'ordering': ['booking', 'session'],
                'constraints': [models.UniqueConstraint(fields=('booking', 'session'), name='attendance_once_a_session'), tenancy.policy.Island(history=(), name='bookings_attendance_island'), tenancy.policy.SamePartnership(field='booking', name='bookings_attendance_booking_same'), tenancy.policy.SamePartnership(field='session', name='bookings_attendance_session_same'), tenancy.policy.SamePartnership(field='marked_by', name='bookings_attendance_marked_by_same')],
            },
        ),
        migrations.CreateModel(
            name='BookingPractice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('approval_hours', models.PositiveSmallIntegerField(default=120, help_text='How many hours we hold a place while it waits for approval.', verbose_name='hours to approve')),
                ('offer_hours', models.PositiveSmallIntegerField(default=48, help_text='How many hours we hold a place offered from the waiting list.', verbose_name='hours to answer an offer')),
                ('offer_cut_off_hours', models.PositiveSmallIntegerField(default=24, help_text='We stop making offers this many hours before the event.', verbose_name='last offers (hours before)')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'rule for holding places',
                'verbose_name_plural': 'rules for holding places',
                'constraints': [models.UniqueConstraint(fields=('partnership',), name='booking_practice_one_per_partnership'), tenancy.policy.Island(history=(), name='bookings_bookingpractice_island'), tenancy.policy.Rule(name='bookings_bookingpractice_rule')],
            },
        ),
        migrations.CreateModel(
            name='BookingTransition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(blank=True, choices=[('pending', 'Waiting for approval'), ('proposed', 'Waiting to take over a colleague’s place'), ('booked', 'Booked'), ('cancelled', 'Cancelled in time'), ('late_cancelled', 'Cancelled late'), ('declined', 'Not approved'), ('event_cancelled', 'Event cancelled by the partnership'), ('attended', 'Attended'), ('partly_attended', 'Attended in part'), ('no_show', 'Did not attend')], max_length=20)),
                ('to_state', models.CharField(choices=[('pending', 'Waiting for approval'), ('proposed', 'Waiting to take over a colleague’s place'), ('booked', 'Booked'), ('cancelled', 'Cancelled in time'), ('late_cancelled', 'Cancelled late'), ('declined', 'Not approved'), ('event_cancelled', 'Event cancelled by the partnership'), ('attended', 'Attended'), ('partly_attended', 'Attended in part'), ('no_show', 'Did not attend')], max_length=20)),
                ('at', models.DateTimeField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('booking', tenancy.fields.TenantForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='transitions', to='bookings.booking')),
                ('by', tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.membership')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['at', 'id'],
                'constraints': [tenancy.policy.Island(history=(), name='bookings_bookingtransition_island'), tenancy.policy.SamePartnership(field='booking', name='bookings_bookingtransition_booking_same'), tenancy.policy.SamePartnership(field='by', name='bookings_bookingtransition_by_same')],
            },
        ),
        add_guards(
            bookingtransition=[
                pgtrigger.compiler.Trigger(name='booking_history_is_kept', sql=tenancy.guards.GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='262e542ab5d9f694793ce81f50e7b7e6e58a5035', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_booking_history_is_kept_6586d', table='bookings_bookingtransition', when='BEFORE')),
            ],
            chargingpolicy=[
                pgtrigger.compiler.Trigger(name='policy_is_fixed', sql=tenancy.guards.GuardSql(condition='WHEN (OLD."agreed_since" IS NOT NULL)', func="RAISE EXCEPTION 'A charging policy in use cannot be changed or deleted, because someone relies on it.' USING ERRCODE = 'restrict_violation';", hash='fdcd88447fe0cdd563cdd334dc667c9fec82b3fb', operation='UPDATE OR DELETE', pgid='pgtrigger_policy_is_fixed_3c1c0', table='bookings_chargingpolicy', when='BEFORE')),
            ],
            noticeexception=[
                pgtrigger.compiler.Trigger(name='notice_exception_is_fixed', sql=tenancy.guards.GuardSql(func="\nIF EXISTS (\n    SELECT FROM bookings_chargingpolicy\n     WHERE id IN (NEW.policy_id, OLD.policy_id) AND agreed_since IS NOT NULL\n       FOR SHARE\n) THEN\n    RAISE EXCEPTION 'A charging policy that someone has agreed to cannot be changed. Make a new version.'\n        USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='4dcd11acf9dc7d64362d1c57a3067cc36e73f5eb', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_notice_exception_is_fixed_4628b', table='bookings_noticeexception', when='BEFORE')),
            ],
            pricerow=[
                pgtrigger.compiler.Trigger(name='price_row_is_fixed', sql=tenancy.guards.GuardSql(func="\nIF EXISTS (\n    SELECT FROM bookings_chargingpolicy\n     WHERE id IN (NEW.policy_id, OLD.policy_id) AND agreed_since IS NOT NULL\n       FOR SHARE\n) THEN\n    RAISE EXCEPTION 'A charging policy that someone has agreed to cannot be changed. Make a new version.'\n        USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='48195b23c123e511850230daaef43701e0917632', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_price_row_is_fixed_0958e', table='bookings_pricerow', when='BEFORE')),
            ],
        ),
    ]
