"""Full names hold no control characters: they go into the heads of mails."""

from django.db import migrations, models

TIDY = r"""
UPDATE partnerships_user
   SET full_name = btrim(regexp_replace(full_name, '[\u0001-\u001f\u007f]+', ' ', 'g'))
 WHERE full_name ~ '[\u0001-\u001f\u007f]'
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0002_rulebook")]

    operations = [
        migrations.RunSQL(TIDY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("full_name__regex", r"[\u0001-\u001f\u007f]"), _negated=True),
                name="user_name_is_one_line",
                violation_error_message="Full name must be in one line.",
            ),
        ),
    ]
