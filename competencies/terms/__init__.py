"""What operations decide by: who works where, how people stand."""
