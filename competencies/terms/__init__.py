"""What operations decide by: who works where, and how up to date people are."""
