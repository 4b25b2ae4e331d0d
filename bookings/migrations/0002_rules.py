"""Every change of a rule gives the partnership's rulebook a new edition."""

from django.db import migrations

import partnerships.tenancy.policy


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0001_initial"),
        ("partnerships", "0002_rulebook"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="cancellationpolicy",
            constraint=partnerships.tenancy.policy.Rule(name="bookings_cancellationpolicy_rule"),
        ),
    ]
