"""What operations decide by: who may teach, what is known of an event, its times."""
