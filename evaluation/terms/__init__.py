"""What operations decide by: whom to ask, who has earned a certificate."""
