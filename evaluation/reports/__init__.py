"""Read-only queries across this app's models, one subject per file."""
