"""Policy on asking what changed, as pure functions: no Django, no database, no clock."""
