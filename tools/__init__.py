"""What surrounds the product without being part of it: the commands that run, load, measure and test it."""
