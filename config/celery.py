"""Celery only wakes sweeps. They read what is due from the database."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")

app = Celery("partnership_training")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["config"], related_name="sweeps")


@worker_init.connect
def read_the_fonts(**_signal: Any) -> None:
    """Which characters our fonts have, once for all child processes: finding out takes 30 MB."""
    from govuk.fonts import printable

    printable()


@worker_process_init.connect
def keep_what_is_loaded(**_signal: Any) -> None:
    """What a child process starts with lives as long as it does, so garbage collection can skip it."""
    gc.freeze()
