"""What goes wrong on purpose: processes are killed outright, and rubbish is put into the queue's folder."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from random import Random
from time import monotonic

from tools.bench.memory import children_of
from tools.soak.site import RunningSite

EVERY_SECONDS = 9.0  # on average
RUBBISH_EVERY = 5.0
# Which processes are killed, and how often compared with the others. "x of y" is a process that y has started.
TARGETS = {
    "process of the web server": 4,
    "web server": 3,
    "process of the worker": 4,
    "worker": 3,
    "beat": 3,
    "queue": 3,
    "database": 1,
}
RUBBISH = {
    ".celery.msg": b"",  # what once stopped the site
    "0.celery.msg": b'{"body": "W10=", "hea',
    "dump.rdb": b"REDIS0011\xfa\tredis-v",
    "appendonly.aof": b"*3\r\n$3\r\nSET\r\n$",
    "temp-1.rdb": bytes(range(256)),
}


class Storm:
    """Runs until it is told to stop."""

    def __init__(self, site: RunningSite, over: threading.Event, seed: float) -> None:
        self.site, self.over, self.chance = site, over, Random(seed)
        self.killed: Counter[str] = Counter()
        self.rubbish = 0

    def rage(self) -> None:
        kill_at = monotonic() + self.chance.expovariate(1 / EVERY_SECONDS)
        rubbish_at = monotonic()
        while not self.over.wait(0.05):
            if monotonic() >= rubbish_at:
                self.strew()
                rubbish_at = monotonic() + RUBBISH_EVERY
            if monotonic() >= kill_at:
                (target,) = self.chance.choices(list(TARGETS), list(TARGETS.values()))
                self.kill(target)
                kill_at = monotonic() + self.chance.expovariate(1 / EVERY_SECONDS)

    def kill(self, target: str) -> None:
        """Kill a process without a chance to tidy up; none if there is none at this moment."""
        part, _, whole = target.rpartition(" of the ")
        pid = self.site.processes().get(whole)
        if pid is not None and part:
            pid = self.chance.choice(children_of(pid) or [None])
        if pid is None:
            return
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.killed[target] += 1

    def strew(self) -> None:
        name, content = self.chance.choice(list(RUBBISH.items()))
        try:
            (self.site.var / "queue" / name).write_bytes(content)
        except OSError:
            return
        self.rubbish += 1
