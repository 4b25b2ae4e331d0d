"""The triggers that give a partnership's rulebook a new edition whenever one of its rules may change.

They write in the transaction that changes the rule, so no one sees the new rule with the old edition. Editions are
never used twice, even if a transaction is rolled back. The triggers run before their statement: two people who change
rules wait for each other here, before either holds a rule that the other waits for. Operations that lock rules
themselves call ``hold_rulebook`` first.
"""

# Outside a partnership, ordinary roles can change no rule (the policy hides them all); a superuser may change any.
NEW_EDITION = """
CREATE OR REPLACE FUNCTION new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    active bigint := NULLIF(current_setting('app.partnership_id', true), '')::bigint;
BEGIN
    IF active IS NULL AND row_security_active('tenancy_rulebookedition') THEN
        RETURN NULL;
    END IF;
    IF active IS NULL THEN
        UPDATE tenancy_rulebookedition SET edition = gen_random_uuid();
    ELSE
        INSERT INTO tenancy_rulebookedition (partnership_id, edition) VALUES (active, gen_random_uuid())
        ON CONFLICT (partnership_id) DO UPDATE SET edition = EXCLUDED.edition;
    END IF;
    RETURN NULL;
END
$$
"""


def edition_trigger_on(table: str) -> str:
    """SQL for a trigger that makes a new edition on every statement that writes to a table."""
    return (
        f"CREATE TRIGGER new_edition BEFORE INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION new_edition()"
    )
