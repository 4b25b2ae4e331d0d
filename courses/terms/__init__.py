"""What operations decide by: who may teach, what people know about an event, its times."""
