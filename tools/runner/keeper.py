"""Processes that are restarted when they stop by themselves.

A process that stops once in a while is back in a second. One that keeps stopping waits longer and longer, and in the
end the site stops rather than pretend that all is well.
"""

import time
from collections.abc import Callable, Iterable

from tools.runner.console import Problem, complain, say
from tools.runner.processes import POLL_SECONDS, Child, Stop

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)  # pause after the first, the second ... failure in a row
STEADY_SECONDS = 20.0  # a process that has run this long has recovered


class Kept:
    """A process and what starts it again."""

    def __init__(
        self, name: str, launch: Callable[[], Child], *, child: Child | None = None
    ) -> None:
        self.name = name
        self.launch = launch
        self.child = child or launch()
        self.failures = 0
        self._launched = time.monotonic()
        self._again_at: float | None = None

    @property
    def exit_code(self) -> int | None:
        return self.child.exit_code

    def look(self) -> bool:
        """Start it again if its pause is over. False when it has failed too often in a row."""
        now = time.monotonic()
        if self._again_at is not None:
            return now < self._again_at or self._start_again()
        if self.exit_code is None:
            return True
        if now - self._launched >= STEADY_SECONDS:
            self.failures = 0
        return self._failed(f"ended by itself with exit code {self.exit_code}")

    def _start_again(self) -> bool:
        self._again_at = None
        self._launched = time.monotonic()
        try:
            self.child = self.launch()
        except (Problem, OSError) as problem:
            complain(problem)
            return self._failed("could not be started")
        return True

    def _failed(self, how: str) -> bool:
        self.child.end()  # end whatever it had started itself, which may hold what the next one needs
        if self.failures == len(PAUSES):
            say(f"\nThe {self.name} {how}, {self.failures + 1} times in a row; stopping all.")
            return False
        pause = PAUSES[self.failures]
        self.failures += 1
        self._again_at = time.monotonic() + pause
        say(f"The {self.name} {how}; starting it again in {pause:.0f} s.")
        return True


def keep(all_of_them: Iterable[Kept], stop: Stop) -> Kept | None:
    """Run until we are asked to stop (returns None) or one of them keeps failing (returns that one)."""
    watched = list(all_of_them)
    while not stop.requested:
        for each in watched:
            if not each.look():
                return each
        time.sleep(POLL_SECONDS)
    return None
