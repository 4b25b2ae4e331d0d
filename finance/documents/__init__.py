"""Documents of money."""
