"""The project: settings, addresses, the command that runs it, the demonstration data."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
