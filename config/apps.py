from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

# How many statements a connection keeps the plans of. Booking a place alone takes 80; the driver's default is 100.
PLANS_KEPT = 300


class ConfigConfig(AppConfig):
    """Gives the project's own commands (migrate, sweep, create_partnership) a home above the apps."""

    name = "config"
    label = "config"

    def ready(self) -> None:
        connection_created.connect(keep_plans, dispatch_uid="config.keep_plans")


def keep_plans(connection: Any, **kwargs: Any) -> None:
    """A new connection may keep more plans than the driver would."""
    connection.connection.prepared_max = PLANS_KEPT
