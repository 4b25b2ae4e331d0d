"""Mails that may open an account get an outbox that no partnership's office reads."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_names_are_one_line")]

    operations = [
        migrations.CreateModel(
            name="AccountMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="Name of its template.", max_length=60)),
                (
                    "from_name",
                    models.CharField(
                        help_text="The partnership at whose address it was asked for.",
                        max_length=100,
                    ),
                ),
                ("reply_to", models.EmailField(max_length=254)),
                ("to_email", models.EmailField(max_length=254)),
                ("subject", models.CharField(max_length=300)),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "To send"),
                            ("sent", "Sent"),
                            ("given_up", "Not delivered"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("queued_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField(blank=True)),
                (
                    "user",
                    models.ForeignKey(
                        help_text="Whose account it is about; nobody's where the address has none.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["due_at"],
                        name="account_mail_due",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "pending"),
                            models.Q(("html", ""), ("text", "")),
                            _connector="OR",
                        ),
                        name="account_mail_text_goes_with_it",
                    )
                ],
            },
        ),
    ]
