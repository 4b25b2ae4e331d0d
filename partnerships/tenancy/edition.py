"""The triggers that give a partnership's rulebook a new edition whenever one of its rules changes.

They write inside the transaction that changes the rule, so nobody sees the new rule with the old edition. Editions
are never used twice, not even when a transaction is taken back.
"""

NEW_EDITION = """
CREATE OR REPLACE FUNCTION new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO partnerships_rulebookedition (partnership_id, edition)
    VALUES (COALESCE(NEW.partnership_id, OLD.partnership_id), gen_random_uuid())
    ON CONFLICT (partnership_id) DO UPDATE SET edition = EXCLUDED.edition;
    RETURN NULL;
END
$$
"""


def edition_trigger_on(table: str) -> str:
    """SQL that makes every change of a table's rows a new edition."""
    return (
        f"CREATE TRIGGER new_edition AFTER INSERT OR UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION new_edition()"
    )
