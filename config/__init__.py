"""The project: settings, URLs, the command that runs it and the demonstration data."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
