"""Policy on who works together, as pure functions: no Django, no database, no clock."""
