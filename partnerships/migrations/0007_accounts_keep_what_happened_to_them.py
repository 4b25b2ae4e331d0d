"""Failed sign-ins and changes to accounts are kept for a while."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0006_work_that_fails_is_set_aside"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_in", "Signed in"),
                            ("wrong_password", "Wrong password"),
                            ("wrong_code", "Wrong code in the second step"),
                            ("password_changed", "Password changed"),
                            ("password_reset", "New password set by an emailed link"),
                            ("address_added", "Email address added"),
                            ("address_confirmed", "Email address confirmed"),
                            ("main_address_changed", "Main email address changed"),
                            ("address_removed", "Email address removed"),
                            ("factor_added", "Second step set up"),
                            ("factor_removed", "Second step removed"),
                            ("codes_made", "New recovery codes made"),
                            ("changes_stopped", "Changes taken back by an emailed link"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("network_address", models.GenericIPAddressField(null=True)),
                ("browser", models.CharField(blank=True, max_length=200)),
                ("detail", models.CharField(blank=True, max_length=300)),
                (
                    "told_at",
                    models.DateTimeField(
                        help_text="Of changes taken back: when the address had been told of one.",
                        null=True,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["user", "-at"], name="account_event_by_user"),
                    models.Index(fields=["at"], name="account_event_by_time"),
                ],
            },
        ),
    ]
