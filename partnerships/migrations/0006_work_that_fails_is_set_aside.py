"""Rows that a sweep could not do are kept apart, so that they keep no other waiting."""

import django.db.models.deletion
from django.db import migrations, models

import partnerships.tenancy.policy
import partnerships.tenancy.scope


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0005_account_mails_leave_the_outbox")]

    operations = [
        migrations.CreateModel(
            name="SetAside",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sweep",
                    models.CharField(help_text="The work that could not be done.", max_length=100),
                ),
                (
                    "model",
                    models.CharField(help_text="What kind of row: app and model.", max_length=100),
                ),
                ("row", models.BigIntegerField()),
                ("title", models.CharField(help_text="The row as people know it.", max_length=200)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.TextField()),
                ("failed_at", models.DateTimeField()),
                ("try_again_at", models.DateTimeField()),
                (
                    "partnership",
                    models.ForeignKey(
                        db_index=False,
                        default=partnerships.tenancy.scope.active_partnership_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "piece of work that failed",
                "verbose_name_plural": "work that failed",
                "ordering": ["-failed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "sweep", "model", "row"), name="set_aside_once"
                    ),
                    partnerships.tenancy.policy.Island(
                        history=(), name="partnerships_setaside_island"
                    ),
                ],
            },
        ),
    ]
