"""What every test may ask for by name."""

pytest_plugins = [
    "tests.plugins.clock",
    "tests.plugins.flush",
    "tests.plugins.schedule",
    "tests.plugins.services",
    "tests.plugins.world",
]
