"""The product's processes on the test's own database."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection

from tools.bench.place import free_port, running, wait_until_it_answers
from tools.runner import commands, preflight
from tools.runner.template import for_database


def environment(**more: str) -> dict[str, str]:
    """What a process needs to work on the database that the test sees."""
    url = for_database(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": url}
    return preflight.environment() | settings | more


@contextmanager
def web_server(environ: Mapping[str, str]) -> Iterator[str]:
    """The real web server; gives its address."""
    port = free_port()
    address = f"{preflight.LOOPBACK}:{port}"
    with running("web server", commands.web(address), environ) as child:
        wait_until_it_answers(child, port)
        yield f"http://{address}"
