"""A price list that somebody was quoted from stays as it is."""

import django.db.models.deletion
import partnerships.tenancy.fields
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
            trigger=pgtrigger.compiler.Trigger(name='price_list_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."quoted_since" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cbee80934e1663b8a9d2018d71f913d8c79984c2', operation='UPDATE OR DELETE', pgid='pgtrigger_price_list_is_fixed_60ca4', table='courses_pricelist', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricerow',
            trigger=pgtrigger.compiler.Trigger(name='price_row_is_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF EXISTS (\n    SELECT FROM courses_pricelist\n     WHERE id IN (NEW.price_list_id, OLD.price_list_id) AND quoted_since IS NOT NULL\n       FOR SHARE\n) THEN\n    RAISE EXCEPTION 'prices that somebody was quoted stay as they are' USING ERRCODE = 'check_violation';\nEND IF;\nRETURN COALESCE(NEW, OLD);\n", hash='5139fadad7b3127953e0df960bf687a55cb0e7b1', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_price_row_is_fixed_ad420', table='courses_pricerow', when='BEFORE')),
        ),
    ]
