"""Every change of a rule gives the partnership's rulebook a new edition."""

from django.db import migrations, models

import courses.rules.prices
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
        migrations.AddConstraint(
            model_name="pricerow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("base", courses.rules.prices.FeeBase["PERCENT_OF_ATTENDANCE"]),
                    ("kind", courses.rules.prices.ChargeKind["ATTENDANCE"]),
                    _negated=True,
                ),
                name="price_row_attendance_is_no_share_of_itself",
                violation_error_message="An attendance fee cannot be a share of the attendance fee.",
            ),
        ),
    ]
