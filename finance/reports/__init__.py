"""Reading what is owed, for pages, files and documents."""
