from importlib import import_module

from django.apps import AppConfig

from tenancy.scope import resolve_here


class PartnershipsConfig(AppConfig):
    default_auto_field = "django.db.models.BigAutoField"
    name = "partnerships"
    verbose_name = "Agencies, people and settings"

    def ready(self) -> None:
        """Listen to what allauth tells of accounts, and tell it where pages are; its models are there only now."""
        import_module("partnerships.account_changes")
        # By it allauth goes on with a form after asking for the password again. Its own way knows a prefix of all
        # addresses only as a setting, and answers "not found".
        reauthentication = import_module("allauth.account.internal.flows.reauthentication")
        reauthentication.script_aware_resolve = resolve_here  # type: ignore[attr-defined]
