"""Rules may be kept in memory under an edition; every partnership that is there already begins with one."""

import django.db.models.deletion
from django.db import migrations, models

import partnerships.tenancy.policy
import partnerships.tenancy.scope
from partnerships.tenancy.edition import NEW_EDITION

# Before the policy stands, for it would hide them from whoever migrates.
FIRST_EDITIONS = """
INSERT INTO partnerships_rulebookedition (partnership_id, edition)
SELECT id, gen_random_uuid() FROM partnerships_partnership
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [
        migrations.RunSQL(NEW_EDITION, "DROP FUNCTION new_edition() CASCADE"),
        migrations.CreateModel(
            name="RulebookEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edition", models.UUIDField()),
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
        ),
        migrations.RunSQL(FIRST_EDITIONS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="rulebookedition",
            constraint=models.UniqueConstraint(
                fields=("partnership",), name="rulebook_edition_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulebookedition",
            constraint=partnerships.tenancy.policy.Island(
                history=("edition",), name="partnerships_rulebookedition_island"
            ),
        ),
        migrations.AddConstraint(
            model_name="agencypayerclass",
            constraint=partnerships.tenancy.policy.Rule(name="partnerships_agencypayerclass_rule"),
        ),
        migrations.AddConstraint(
            model_name="closureday",
            constraint=partnerships.tenancy.policy.Rule(name="partnerships_closureday_rule"),
        ),
        migrations.AddConstraint(
            model_name="workforcegroup",
            constraint=partnerships.tenancy.policy.Rule(name="partnerships_workforcegroup_rule"),
        ),
    ]
