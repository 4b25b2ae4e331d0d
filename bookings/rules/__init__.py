"""Policy on places and prices, as pure functions: no Django, no database, no clock."""
