"""Child processes that never outlive us.

Every child leads a process group of its own, so Ctrl-C reaches only us and we stop them in
order: first those that use the database, then the database.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from typing import IO

from tools.runner.console import ROOT

POLL_SECONDS = 0.1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


class Child:
    """One running process and the signal that asks it to stop."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        output: IO[bytes] | None = None,
        user: int | None = None,
        group: int | None = None,
    ) -> None:
        self.name = name
        self.stop_signal = stop_signal
        self._popen = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            process_group=0,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            preexec_fn=_dies_with_parent(stop_signal),
        )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """As in a shell: 128 + the signal's number if a signal ended it."""
        code = self._popen.poll()
        return 128 - code if code is not None and code < 0 else code

    def ask_to_stop(self) -> None:
        if self.exit_code is None:
            self._popen.send_signal(self.stop_signal)

    def wait(self, *, seconds: float) -> bool:
        """Whether it ended within the time."""
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End whatever is left of its group, even if the leader itself has gone."""
        try:
            os.killpg(self._popen.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return
        self._popen.wait()


class Stop:
    """Remembers that someone asked us to stop: Ctrl-C, a closed terminal, a supervisor."""

    def __init__(self) -> None:
        self.requested = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._remember)

    def _remember(self, *_: object) -> None:
        self.requested = True


def first_to_end(children: Iterable[Child], stop: Stop) -> Child | None:
    """Wait until a child ends (that one) or we are asked to stop (none)."""
    watched = list(children)
    while not stop.requested:
        for child in watched:
            if child.exit_code is not None:
                return child
        time.sleep(POLL_SECONDS)
    return None


def stop_all(children: Iterable[Child], *, seconds: float) -> None:
    """Ask all at once, wait for all together, then insist."""
    asked = list(children)
    for child in asked:
        child.ask_to_stop()
    deadline = time.monotonic() + seconds
    for child in asked:
        child.wait(seconds=max(0.0, deadline - time.monotonic()))
    for child in asked:
        child.end()


def _dies_with_parent(number: signal.Signals) -> Callable[[], None] | None:
    """Linux tells the child when we are killed outright and cannot say goodbye."""
    if _LIBC is None:
        return None
    libc = _LIBC

    def ask_the_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(number))

    return ask_the_kernel
