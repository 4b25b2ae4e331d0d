from importlib import import_module

from django.apps import AppConfig

from tenancy.scope import resolve_here


class PartnershipsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "partnerships"
    verbose_name = "Agencies, people and settings"

    def ready(self) -> None:
        """Listen to allauth's signals about accounts and tell it where pages are. Its models are only loaded now."""
        import_module("partnerships.account_changes")
        # allauth uses it to continue with a form after asking for the password again. Its own way knows a prefix of
        # all addresses only as a setting, and answers "not found".
        reauthentication = import_module("allauth.account.internal.flows.reauthentication")
        reauthentication.script_aware_resolve = resolve_here  # type: ignore[attr-defined]
