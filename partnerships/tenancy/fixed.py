"""Rows that the database keeps as they are once somebody relies on them."""

import pgtrigger


def fixed_since(name: str, column: str) -> pgtrigger.Protect:
    """A trigger that refuses every update and delete of a row from the moment its ``column`` says when it was fixed."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Q(**{f"old__{column}__isnull": False}),
    )
