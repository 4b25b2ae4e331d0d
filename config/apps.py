from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Gives the project's own commands (load_demo, sweep) a home above the five apps."""

    name = "config"
    label = "config"
