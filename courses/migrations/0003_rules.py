"""Every change of a rule gives the partnership's rulebook a new edition."""

from django.db import migrations

import partnerships.tenancy.policy


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_group_policy"),
        ("partnerships", "0002_rulebook"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="course",
            constraint=partnerships.tenancy.policy.Rule(name="courses_course_rule"),
        ),
        migrations.AddConstraint(
            model_name="prerequisite",
            constraint=partnerships.tenancy.policy.Rule(name="courses_prerequisite_rule"),
        ),
        migrations.AddConstraint(
            model_name="pricelist",
            constraint=partnerships.tenancy.policy.Rule(name="courses_pricelist_rule"),
        ),
        migrations.AddConstraint(
            model_name="pricerow",
            constraint=partnerships.tenancy.policy.Rule(name="courses_pricerow_rule"),
        ),
    ]
