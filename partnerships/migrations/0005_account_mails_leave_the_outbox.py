"""Mails about accounts that partnerships' outboxes and histories still hold go; what is to be sent is moved."""

from typing import Any

from django.db import migrations

INSIDE = "SELECT set_config('app.partnership_id', %s, true)"
MOVE = """
INSERT INTO partnerships_accountmail
    (kind, from_name, reply_to, to_email, subject, text, html, state, queued_at, due_at, attempts, error)
SELECT split_part(key, ':', 2), %s, %s, to_email, subject, text, html, 'pending', created_at, due_at, attempts, ''
  FROM partnerships_message
 WHERE key LIKE 'account:%%' AND state = 'pending'
"""
DELETE = "DELETE FROM partnerships_message WHERE key LIKE 'account:%%' RETURNING id"
# Their history holds their text as well, the line that the deletion has just written included.
FORGET = (
    """DELETE FROM partnerships_change WHERE "table" = 'partnerships_message' AND "row" = ANY(%s)"""
)


def move(apps: Any, schema_editor: Any) -> None:
    """Inside each partnership, for its policies hold for whoever migrates too."""
    partnerships = apps.get_model("partnerships", "Partnership").objects.all()
    with schema_editor.connection.cursor() as cursor:
        for each in partnerships:
            cursor.execute(INSIDE, [str(each.pk)])
            cursor.execute(MOVE, [each.short_name, each.contact_email])
            cursor.execute(DELETE)
            cursor.execute(FORGET, [[pk for (pk,) in cursor.fetchall()]])
        cursor.execute(INSIDE, [""])


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_account_mails_belong_to_no_partnership")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
