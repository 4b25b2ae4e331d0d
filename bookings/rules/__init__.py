"""Policy of places and money, as pure functions: no Django, no database, no clock."""
