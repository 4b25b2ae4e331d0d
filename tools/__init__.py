"""What is around the product and no part of it: the commands that run, load, measure and try it."""
