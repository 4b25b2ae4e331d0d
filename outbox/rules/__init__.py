"""When work is tried again, as pure functions: no Django, no database, no clock."""
