"""A series of numbers belongs to a prefix, and a prefix to one kind of document for ever."""

import django.contrib.postgres.constraints
from django.db import migrations, models
from pgtrigger.compiler import Trigger

from partnerships.tenancy.guards import GuardSql, add_guards

# Policies hold for migrations too: each partnership in turn.
ONE_SERIES_FOR_EACH_PREFIX = """
DO $$
DECLARE each bigint;
BEGIN
    FOR each IN SELECT id FROM partnerships_partnership LOOP
        PERFORM set_config('app.partnership_id', each::text, true);
        DELETE FROM bookings_documentsequence WHERE partnership_id = each;
        INSERT INTO bookings_documentsequence (partnership_id, kind, prefix, year, last_number)
        SELECT each, kind, part[1], part[2]::int, max(part[3]::int)
          FROM (SELECT kind, regexp_match(number, '^([0-9A-Z]*[A-Z])([0-9]{4})([0-9]+)$') AS part
                  FROM (SELECT 'invoice' AS kind, number FROM bookings_invoice WHERE partnership_id = each
                        UNION ALL
                        SELECT 'credit_note', number FROM bookings_creditnote WHERE partnership_id = each
                       ) AS document) AS named
         GROUP BY kind, part[1], part[2];
    END LOOP;
    PERFORM set_config('app.partnership_id', '', true);
END
$$;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0005_colleague_proposed_group_not_known")]

    operations = [
        migrations.AddField(
            model_name='documentsequence',
            name='prefix',
            field=models.CharField(default='', max_length=12),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name='documentsequence',
            name='document_sequence_one_a_year',
        ),
        migrations.RunSQL(ONE_SERIES_FOR_EACH_PREFIX, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='documentsequence',
            constraint=models.UniqueConstraint(fields=('partnership', 'prefix', 'year'), name='document_sequence_once_per_year'),
        ),
        migrations.AddConstraint(
            model_name='documentsequence',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('partnership', '='), ('prefix', '='), ('kind', '<>')], name='document_prefix_of_one_kind'),
        ),
        migrations.AddConstraint(
            model_name='documentsequence',
            constraint=models.CheckConstraint(condition=models.Q(('prefix__regex', '^[0-9A-Z]*[A-Z]$')), name='document_prefix_ends_with_a_letter'),
        ),
        add_guards(
            creditnote=[
                Trigger(name='credit_note_number_is_new', sql=GuardSql(func="\n            IF EXISTS (SELECT FROM bookings_invoice\n                        WHERE partnership_id = NEW.partnership_id AND number = NEW.number) THEN\n                RAISE EXCEPTION 'The number % is taken.', NEW.number\n                    USING ERRCODE = 'unique_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='1242fa14a13b20a97ce5ee2873ea9fd5de344c21', operation='INSERT', pgid='pgtrigger_credit_note_number_is_new_ac244', table='bookings_creditnote', when='BEFORE')),
            ],
            documentsequence=[
                Trigger(name='document_sequence_rises', sql=GuardSql(condition='WHEN ((NEW.partnership_id, NEW.kind, NEW.prefix, NEW.year, NEW.last_number) <> (OLD.partnership_id, OLD.kind, OLD.prefix, OLD.year, OLD.last_number + 1))', func="RAISE EXCEPTION 'A series of document numbers only rises, by one for each document.' USING ERRCODE = 'restrict_violation';", hash='65bbd09c1ac3bcb71f6de7f0c6e2a51846058104', operation='UPDATE', pgid='pgtrigger_document_sequence_rises_60b54', table='bookings_documentsequence', when='BEFORE')),
                Trigger(name='document_sequence_stays', sql=GuardSql(func="RAISE EXCEPTION 'A series of document numbers cannot be deleted.' USING ERRCODE = 'restrict_violation';", hash='fa8d1921d18368e444fec7b1cd56c6d46b14041e', operation='DELETE', pgid='pgtrigger_document_sequence_stays_1d707', table='bookings_documentsequence', when='BEFORE')),
                Trigger(name='document_sequence_is_kept', sql=GuardSql(func="RAISE EXCEPTION 'This table is a record and is never emptied.' USING ERRCODE = 'restrict_violation';", hash='1bc7c2042c652bacf137b95f8ee8c528aae04212', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_document_sequence_is_kept_2fe1a', table='bookings_documentsequence', when='BEFORE')),
            ],
        ),
    ]
