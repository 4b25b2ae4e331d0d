"""Yes or no about neighbouring groups becomes one of three answers, in place: no row is read or lost."""

from django.db import migrations, models

import courses.rules.states

CONVERT = """
ALTER TABLE courses_course RENAME COLUMN open_to_adjoining_groups TO group_policy;
ALTER TABLE courses_course ALTER COLUMN group_policy TYPE varchar(12)
      USING CASE WHEN group_policy THEN 'adjoining' ELSE 'target_only' END;
"""
CONVERT_BACK = """
ALTER TABLE courses_course ALTER COLUMN group_policy TYPE boolean USING group_policy <> 'target_only';
ALTER TABLE courses_course RENAME COLUMN group_policy TO open_to_adjoining_groups;
"""


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(CONVERT, CONVERT_BACK)],
            state_operations=[
                migrations.RemoveField("course", "open_to_adjoining_groups"),
                migrations.AddField(
                    "course",
                    "group_policy",
                    models.CharField(
                        choices=courses.rules.states.GroupPolicy.choices(),
                        default=courses.rules.states.GroupPolicy["ADJOINING"],
                        help_text="Has no effect on a course that is meant for everybody.",
                        max_length=12,
                        verbose_name="who may book",
                    ),
                ),
            ],
        ),
    ]
