"""Many clients at once, and what they saw."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.bench.memory import seconds_of


@dataclass(frozen=True)
class Measured:
    """Times of single pieces of work, in seconds, and how long they took in total."""

    clients: int
    seconds: float
    times: tuple[float, ...]
    processor: float = 0.0  # seconds that the processes under test used

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds

    @property
    def processor_each(self) -> float:
        """Processor time of one piece of work, in milliseconds. Hardly changes when the machine is busy."""
        return self.processor / len(self.times) * 1000

    def percentile(self, percent: int) -> float:
        """The time, in milliseconds, that this percentage of the work did not exceed."""
        return statistics.quantiles(self.times, n=100, method="inclusive")[percent - 1] * 1000


def drive(
    clients: int,
    work: Callable[[int], Callable[[], bool]],
    seconds: float,
    under_test: Sequence[int] = (),
) -> Measured:
    """Let each client repeat its work until the time is up, or until it says that nothing is left.

    ``work(n)`` prepares client number n and returns what it repeats. An exception in any client is raised here:
    a benchmark of error pages is worth nothing. ``under_test`` are the processes whose
    processor time is measured.
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
    used = sum(map(seconds_of, under_test))
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    took, used = time.perf_counter() - began, sum(map(seconds_of, under_test)) - used
    return Measured(clients, took, tuple(times), used)
