"""Policy on what people need, hold and lack, as pure functions: no Django, database or clock."""
