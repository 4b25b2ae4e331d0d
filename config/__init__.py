"""The site: settings, addresses, what every app adds to the home page, and the sweeps."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
