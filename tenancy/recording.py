"""The trigger that keeps the history of every tenant table in ``tenancy_change``."""

RECORD_CHANGE = """
CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_out text[] := COALESCE(TG_ARGV, ARRAY[]::text[]);
    old_row jsonb;
    new_row jsonb;
    before jsonb;
    after jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN old_row := to_jsonb(OLD) - left_out; END IF;
    IF TG_OP <> 'DELETE' THEN new_row := to_jsonb(NEW) - left_out; END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
          INTO before, after
          FROM jsonb_each(old_row) o
         WHERE new_row -> o.key IS DISTINCT FROM o.value;
        IF before IS NULL THEN RETURN NULL; END IF;
    ELSE
        before := old_row;
        after := new_row;
    END IF;
    INSERT INTO tenancy_change
        (partnership_id, "table", "row", action, before, after, at, user_id, address)
    VALUES (
        COALESCE(new_row ->> 'partnership_id', old_row ->> 'partnership_id', new_row ->> 'id')::bigint,
        TG_TABLE_NAME,
        COALESCE(new_row ->> 'id', old_row ->> 'id')::bigint,
        TG_OP,
        before,
        after,
        clock_timestamp(),
        NULLIF(current_setting('app.user_id', true), '')::bigint,
        COALESCE(current_setting('app.address', true), '')
    );
    RETURN NULL;
END
$$
"""


def trigger_on(table: str, left_out: tuple[str, ...]) -> str:
    """SQL that keeps the history of a table, without the columns ``left_out``."""
    arguments = ", ".join(f"'{column}'" for column in left_out)
    return (
        f"CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION record_change({arguments})"
    )


def trigger_on_tenants(table: str) -> str:
    """The same for the table of partnerships, whose rows have no partnership but themselves.

    Only for changes: a partnership is created outside any, where the policy lets nothing be written.
    """
    return (
        f"CREATE TRIGGER record_change AFTER UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION record_change()"
    )
