"""A price list that somebody was quoted from stays as it is."""

import django.db.models.deletion
import partnerships.tenancy.fields
import partnerships.tenancy.guards
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0003_rules'),
        ('partnerships', '0002_rulebook'),
    ]

    operations = [
        migrations.AddField(
            model_name='pricelist',
            name='quoted_since',
            field=models.DateTimeField(blank=True, editable=False, help_text='When the first booking was made by it. It has been fixed since then.', null=True),
        ),
        migrations.AlterField(
            model_name='pricerow',
            name='course',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.course'),
        ),
        migrations.AlterField(
            model_name='pricerow',
            name='group',
            field=partnerships.tenancy.fields.TenantForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partnerships.workforcegroup'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricelist',
            trigger=pgtrigger.compiler.Trigger(name='price_list_is_fixed', sql=partnerships.tenancy.guards.GuardSql(condition='WHEN (OLD."quoted_since" IS NOT NULL)', func="RAISE EXCEPTION 'A price list in use cannot be changed or deleted: somebody relies on it.' USING ERRCODE = 'restrict_violation';", hash='bb1bd1b9dea893aa5e8870116187642b881b6bc6', operation='UPDATE OR DELETE', pgid='pgtrigger_price_list_is_fixed_60ca4', table='courses_pricelist', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricerow',
            trigger=pgtrigger.compiler.Trigger(name='price_row_is_fixed', sql=partnerships.tenancy.guards.GuardSql(func="\nIF EXISTS (\n    SELECT FROM courses_pricelist\n     WHERE id IN (NEW.price_list_id, OLD.price_list_id) AND quoted_since IS NOT NULL\n       FOR SHARE\n) THEN\n    RAISE EXCEPTION 'Prices that somebody was quoted cannot be changed. Make a new price list.'\n        USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='6bb2ff87ceeded411666f5cabefc498694361e34', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_price_row_is_fixed_ad420', table='courses_pricerow', when='BEFORE')),
        ),
    ]
