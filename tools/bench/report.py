"""What is printed: the machine, and one line per measurement."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from django.db import connection

from tools.bench.load import Measured
from tools.bench.memory import Memory
from tools.runner.console import say


def machine() -> str:
    """Processor, cores, memory, versions, and how busy the machine is with other things."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0].split()[0]
    return (
        f"{processor()}, {os.cpu_count()} cores, {gigabytes:.0f} GB; Python {platform.python_version()}, "
        f"PostgreSQL {postgres}; load average before: {os.getloadavg()[0]:.1f}"
    )


def processor() -> str:
    """The processor's name, from Linux."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def line(what: str, measured: Measured, unit: str) -> None:
    """One measurement under load."""
    clients = f"{measured.clients} client{'s' if measured.clients > 1 else ' '}"
    say(
        f"{what:<16} {clients:<10} {measured.per_second:7.1f} {unit:<11} "
        f"p50 {measured.percentile(50):6.1f} ms   p95 {measured.percentile(95):6.1f} ms   "
        f"processor {measured.processor_each:5.1f} ms each"
    )


def memory(what: str, found: Memory | None) -> None:
    if found is not None:
        say(f"{what:<27} {found.proportional:7.1f} MB own share, {found.resident:.1f} MB resident")
