"""Many clients at once, and what they saw."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Times of single pieces of work, in seconds, and how long all of them took together."""

    clients: int
    seconds: float
    times: tuple[float, ...]

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    def percentile(self, percent: int) -> float:
        """The time, in milliseconds, that so many percent of the work did not exceed."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[percent - 1] * 1000


def drive(clients: int, work: Callable[[int], Callable[[], bool]], seconds: float) -> Measured:
    """Let each client repeat its work until the time is up, or until it says that nothing is left.

    ``work(n)`` prepares client number n and gives what it repeats. An exception in any client is raised here:
    a benchmark of error pages is worth nothing.
    """
    prepared = [work(number) for number in range(clients)]
    times: list[float] = []
    problems: list[Exception] = []
    start = threading.Barrier(clients + 1)

    def run(act: Callable[[], bool]) -> None:
        start.wait()
        end = time.perf_counter() + seconds
        try:
            while (before := time.perf_counter()) < end and not problems:
                if not act():
                    return
                times.append(time.perf_counter() - before)
        except Exception as problem:
            problems.append(problem)

    threads = [threading.Thread(target=run, args=[act]) for act in prepared]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return Measured(clients, time.perf_counter() - began, tuple(times))
