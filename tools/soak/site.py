"""The site under the soak: `make run` on a copy of this checkout, in a process group of its own."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

from tools.bench.memory import PROC, children_of
from tools.runner import preflight
from tools.runner.console import ROOT, Problem, say
from tools.runner.processes import Stop

LEFT_OUT = shutil.ignore_patterns(
    ".*", "node_modules", "var", "__pycache__", "screenshots", "tests"
)
START_SECONDS, STOP_SECONDS = 240, 20
NAMES = {  # a word of its command line: what the runner calls it
    "gunicorn": "web server",
    "worker": "worker",
    "beat": "beat",
    "valkey-server": "queue",
    "postgres": "database",
}
AGAIN = re.compile(r"^The ([\w ]+) ended by itself .*starting it again", re.MULTILINE)


class RunningSite:
    """Started when the block begins; ended, whatever happens, when it ends."""

    def __init__(self, folder: Path, port: int, stop: Stop) -> None:
        self._stop = stop
        self.folder = folder / "site"
        self.var = self.folder / "var"
        self.port = port
        self.address = f"http://{preflight.LOOPBACK}:{port}"
        self.log = folder / "run.log"
        self.runner: subprocess.Popen[bytes]

    def __enter__(self) -> RunningSite:
        say(f"Starting a site in {self.folder} ...")
        shutil.copytree(ROOT, self.folder, ignore=LEFT_OUT)
        (self.folder / "node_modules").symlink_to(ROOT / "node_modules")
        environ = os.environ | {"PORT": str(self.port), "PYTHONPATH": str(self.folder)}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE"):
            environ.pop(name, None)
        with self.log.open("wb") as output:
            self.runner = subprocess.Popen(
                [sys.executable, "-m", "tools.runner"],
                cwd=self.folder,
                env=environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while "press Ctrl-C to stop everything" not in self.said():
            if self.is_down() or self._stop.requested or time.monotonic() > deadline:
                self.__exit__(None, None, None)
                raise Problem(f"the site did not start: {self.said()[-800:]}")
            time.sleep(0.5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.runner.poll() is None:
            self.runner.send_signal(signal.SIGINT)
            try:
                self.runner.wait(2 * STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.runner.kill()

    def lend_settings(self) -> None:
        """This process reads and writes what the site does."""
        sockets = self.var / "postgres" / "run"
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": f"postgresql://partnership_app@/partnership_training?host={sockets}",
            "REDIS_URL": f"unix://{self.var / 'queue' / 'queue.sock'}",
            "PORT": str(self.port),
        }

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def is_down(self) -> str:
        """In words, when the runner itself has ended."""
        return "" if self.runner.poll() is None else f"The runner ({self.runner.returncode})"

    def processes(self) -> dict[str, int]:
        """What the runner has started, by the name that it uses."""
        found = {}
        for pid in children_of(self.runner.pid):
            name = next((name for word, name in NAMES.items() if word in command_of(pid)), "")
            if name:
                found[name] = pid
        return found

    def started_again(self) -> dict[str, int]:
        """How often each process had to be started again, from the runner's output."""
        told = AGAIN.findall(self.said())
        return {name: told.count(name) for name in sorted(set(told))}

    def stop(self) -> list[str]:
        """Press Ctrl-C, as a person would; returns what was wrong with how it ended."""
        begun = time.monotonic()
        self.runner.send_signal(signal.SIGINT)
        try:
            code = self.runner.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            return [f"Ctrl-C did not stop it within {STOP_SECONDS} seconds."]
        faults = [] if code == 0 else [f"Ctrl-C ended it with exit code {code}."]
        pids = [int(path.name) for path in PROC.iterdir() if path.name.isdecimal()]
        left = [pid for pid in pids if self._is_ours(pid)]
        if left:
            faults.append(
                f"After Ctrl-C these still ran: {[command_of(pid)[:80] for pid in left]}."
            )
        say(f"Ctrl-C stopped it in {time.monotonic() - begun:.0f} s.")
        return faults

    def _is_ours(self, pid: int) -> bool:
        """Whether a process was started in, or works on, the throw-away folder."""
        try:
            inside = (PROC / str(pid) / "cwd").readlink().is_relative_to(self.folder)
        except OSError:
            inside = False
        return pid != os.getpid() and (inside or str(self.folder) in command_of(pid))


def command_of(pid: int) -> str:
    try:
        return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
