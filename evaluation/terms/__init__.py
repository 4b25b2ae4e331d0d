"""What operations decide by: facts, terms and places, each read and defined once."""
