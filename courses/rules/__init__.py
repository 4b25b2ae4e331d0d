"""Policy on what is offered, as pure functions: no Django, no database, no clock."""
