"""What people enter, checked before anything is done with it."""
