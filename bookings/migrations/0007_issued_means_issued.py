"""An issued invoice takes no further line, an invoiced charge stays as it is, and neither table is emptied."""

import pgtrigger.migrations
from django.db import migrations, models
from pgtrigger.compiler import Trigger

from partnerships.tenancy.guards import GuardSql, add_guards

# Policies hold for migrations too: each partnership in turn.
COUNT_THE_LINES = """
DO $$
DECLARE each bigint;
BEGIN
    FOR each IN SELECT id FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', each::text, true);
        UPDATE bookings_invoice AS invoice
           SET line_count = (SELECT count(*) FROM bookings_invoiceline WHERE invoice_id = invoice.id)
         WHERE partnership_id = each;
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_a_prefix_stays_with_its_kind")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='creditnote',
            name='credit_note_is_final',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invoice',
            name='invoice_is_final',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='invoiceline',
            name='invoice_line_is_final',
        ),
        migrations.AddField(
            model_name='invoice',
            name='line_count',
            field=models.PositiveSmallIntegerField(default=0, editable=False, help_text='Lines it was issued with; the database takes no further one.'),
            preserve_default=False,
        ),
        migrations.RunSQL(COUNT_THE_LINES, migrations.RunSQL.noop),
        add_guards(
            charge=[
                Trigger(name='charge_is_final', sql=GuardSql(condition='WHEN (OLD."state" = \'invoiced\')', func="RAISE EXCEPTION 'An invoiced charge cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='3c21d48fc3dff135022936d5c10914123ac41806', operation='UPDATE OR DELETE', pgid='pgtrigger_charge_is_final_f2dde', table='bookings_charge', when='BEFORE')),
                Trigger(name='charge_is_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='a258f1e552751bee4c8377ae3e50620a146c4d84', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_charge_is_kept_420c2', table='bookings_charge', when='BEFORE')),
            ],
            creditnote=[
                Trigger(name='credit_note_is_final', sql=GuardSql(func="RAISE EXCEPTION 'An issued credit note cannot be changed or deleted. Issue another document.' USING ERRCODE = 'restrict_violation';", hash='1955a45da3f6bd09598c55ce009ff20d18f5b3ce', operation='UPDATE OR DELETE', pgid='pgtrigger_credit_note_is_final_b46cf', table='bookings_creditnote', when='BEFORE')),
                Trigger(name='credit_note_is_final_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='ca3664d09dc18b62bf59ffe092c12a8bfb1ab98d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_credit_note_is_final_kept_79cee', table='bookings_creditnote', when='BEFORE')),
            ],
            invoice=[
                Trigger(name='invoice_is_final', sql=GuardSql(func="RAISE EXCEPTION 'An issued invoice cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='a0907d3ac681d6169d7e9cdbbd062758a91c8d45', operation='UPDATE OR DELETE', pgid='pgtrigger_invoice_is_final_d667e', table='bookings_invoice', when='BEFORE')),
                Trigger(name='invoice_is_final_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='2afd59024d5e8734165e27ce1255f8df870651b7', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_is_final_kept_25c89', table='bookings_invoice', when='BEFORE')),
                Trigger(name='invoice_number_is_new', sql=GuardSql(func="\n            IF EXISTS (SELECT FROM bookings_creditnote\n                        WHERE partnership_id = NEW.partnership_id AND number = NEW.number) THEN\n                RAISE EXCEPTION 'The number % is taken.', NEW.number\n                    USING ERRCODE = 'unique_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='060b8928e3720629282c2e561902c78fe87c8b2b', operation='INSERT', pgid='pgtrigger_invoice_number_is_new_5ada0', table='bookings_invoice', when='BEFORE')),
            ],
            invoiceline=[
                Trigger(name='invoice_line_is_final', sql=GuardSql(func="RAISE EXCEPTION 'A line of an issued invoice cannot be changed or deleted. Issue a credit note instead.' USING ERRCODE = 'restrict_violation';", hash='9611f783a20044b941c83decf5246a6277db514b', operation='UPDATE OR DELETE', pgid='pgtrigger_invoice_line_is_final_51c6e', table='bookings_invoiceline', when='BEFORE')),
                Trigger(name='invoice_line_is_final_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='eb96b839977847899a97d50a2cd371e234cfa264', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_line_is_final_kept_77015', table='bookings_invoiceline', when='BEFORE')),
                Trigger(name='invoice_lines_add_up', sql=GuardSql(func="\nIF EXISTS (\n    SELECT FROM bookings_invoice AS invoice\n    CROSS JOIN LATERAL (\n        SELECT count(*) AS lines, sum(net) AS net, sum(vat) AS vat, sum(gross) AS gross\n          FROM bookings_invoiceline WHERE invoice_id = invoice.id\n    ) AS found\n    WHERE invoice.id IN (SELECT invoice_id FROM new_lines)\n      AND (found.lines > invoice.line_count OR found.lines = invoice.line_count\n           AND (found.net, found.vat, found.gross) <> (invoice.net, invoice.vat, invoice.gross))\n) THEN\n    RAISE EXCEPTION 'An issued invoice takes no further line, and its lines add up to its totals.'\n        USING ERRCODE = 'restrict_violation';\nEND IF;\nRETURN NULL;\n", hash='8583771a3140d4dca2fc0671dad33ce2736e0f0a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_invoice_lines_add_up_a3fd3', referencing='REFERENCING NEW TABLE AS new_lines ', table='bookings_invoiceline', when='AFTER')),
            ],
        ),
    ]
