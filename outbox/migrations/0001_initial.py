import django.db.models.deletion
from django.db import migrations, models

import outbox.models.message
import tenancy.policy
import tenancy.scope


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('partnerships', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='Identifies what the message is for. There is one message per key.', max_length=200)),
                ('why', models.CharField(help_text='Why we are sending it, in one sentence.', max_length=300, verbose_name='why we send it')),
                ('about', models.CharField(blank=True, help_text='The reference of what it is about.', max_length=100, verbose_name='what it is about')),
                ('to_email', models.EmailField(max_length=254, verbose_name='email address')),
                ('to_name', models.CharField(blank=True, max_length=150, verbose_name='recipient')),
                ('subject', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('attachments', models.JSONField(blank=True, default=list, help_text='A list of names, types and text content.')),
                ('due_at', models.DateTimeField(verbose_name='due')),
                ('state', models.CharField(choices=[('pending', 'To send'), ('sent', 'Sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled')], default=outbox.models.message.MessageState['PENDING'], max_length=10, verbose_name='status')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'ordering': ['-due_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['partnership', 'due_at'], name='message_due')],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'key'), name='message_key_unique'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_has_a_time'), tenancy.policy.Island(history=('text', 'html', 'attachments'), name='outbox_message_island')],
            },
        ),
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sweep', models.CharField(help_text='The background task that failed.', max_length=100, verbose_name='task')),
                ('model', models.CharField(help_text='What it was working on: app and model.', max_length=100)),
                ('row', models.BigIntegerField()),
                ('title', models.CharField(help_text='What it was working on, in words.', max_length=200)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.TextField()),
                ('failed_at', models.DateTimeField(verbose_name='failed')),
                ('try_again_at', models.DateTimeField(verbose_name='next attempt')),
                ('partnership', models.ForeignKey(db_index=False, default=tenancy.scope.active_partnership_id, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.partnership')),
            ],
            options={
                'verbose_name': 'failed task',
                'verbose_name_plural': 'failed tasks',
                'ordering': ['-failed_at'],
                'constraints': [models.UniqueConstraint(fields=('partnership', 'sweep', 'model', 'row'), name='set_aside_once'), tenancy.policy.Island(history=(), name='outbox_setaside_island')],
            },
        ),
    ]
