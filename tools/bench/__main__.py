"""Prepare, measure, print."""

from __future__ import annotations

import os
import shutil
import sys

from tools.bench import place
from tools.runner import assets, preflight
from tools.runner.console import VAR, Problem, complain, say

SETTINGS = "tools.bench.settings"


def main() -> int:
    try:
        preflight.check_pdf_library()
        with place.database() as (variables, server):
            os.environ |= {"DJANGO_SETTINGS_MODULE": SETTINGS} | variables
            bench(server)
    except Problem as problem:
        complain(problem)
        return 1
    return 0


def bench(server: int | None) -> None:
    """Everything once there is a database; ``server`` is its process if it is ours."""
    import django

    django.setup()
    from tools.bench import measure, report
    from tools.bench.data import fill
    from tools.bench.month_end import invoice_runs
    from tools.bench.simulate import measure_simulation

    say(report.machine())
    say("Filling an empty database ...")
    prepare()
    filled = fill()
    place.analyse()
    environ = preflight.environment() | dict(os.environ)
    measure.web(environ, filled, server)
    measure.invoices(environ)
    measure.worker(environ)
    measure_simulation(filled.partnership)
    invoice_runs(environ)


def prepare() -> None:
    """Static files, tables, and the folders used instead of services."""
    from django.core.management import call_command

    if not assets.are_gathered():
        call_command("collectstatic", interactive=False, verbosity=0)
        assets.remember()
    shutil.rmtree(VAR / "bench", ignore_errors=True)
    for name in ("messages", "control", "mail"):
        (VAR / "bench" / name).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    sys.exit(main())
