"""The admin as a whole: every page of every table that is registered."""
