"""Pages: access, form, one operation, template."""
