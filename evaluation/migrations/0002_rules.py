"""Every change of a rule gives the partnership's rulebook a new edition."""

from django.db import migrations

import partnerships.tenancy.policy


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_rules"),
        ("evaluation", "0001_initial"),
        ("partnerships", "0002_rulebook"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="evaluationplan",
            constraint=partnerships.tenancy.policy.Rule(name="evaluation_evaluationplan_rule"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=partnerships.tenancy.policy.Rule(name="evaluation_question_rule"),
        ),
        migrations.AddConstraint(
            model_name="questionnaire",
            constraint=partnerships.tenancy.policy.Rule(name="evaluation_questionnaire_rule"),
        ),
    ]
