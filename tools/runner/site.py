"""The site as one thing that is prepared, opened, watched and closed."""

import time
from functools import partial

from tools.runner import commands, preflight
from tools.runner.commands import Command, with_this_python
from tools.runner.console import VAR, Problem, say
from tools.runner.keeper import Kept, keep
from tools.runner.postgres import Server
from tools.runner.processes import POLL_SECONDS, Child, Stop, first_to_end, stop_all
from tools.runner.queue import Queue

DATABASE = "partnership_training"
_OPEN_SECONDS = 60
# Ctrl-C to silence in under twenty seconds, whatever a process is busy with.
_SERVICES_STOP_SECONDS = 10
_DATABASE_STOP_SECONDS = 7


class Site:
    """Built-in database and queue if there are no others, then web, worker and beat."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self._stop = Stop()
        self._server: Server | None = None
        self._queue: Queue | None = None
        self._kept: list[Kept] = []  # in the order of their start

    def prepare(self) -> bool:
        """Everything before the first visitor. False if we were asked to stop in the meantime."""
        say("2/6 Stylesheet and scripts ...")
        if not self._step("govuk.frontend", ("python", "-m", "govuk.frontend")):
            return False
        say("3/6 Database and queue ...")
        if not self.environ.get("DATABASE_URL"):
            self.environ |= self.start_database()
        if not self.environ.get("REDIS_URL"):
            self.environ["REDIS_URL"] = self.start_queue()
        # Deleted with the database, and says nothing about a database that is not ours.
        marker = VAR / "postgres" / "demo-loaded"
        loaded = self._server is not None and marker.exists()
        steps = ("python", "-m", "tools.runner.prepare", *(["--sign-ins"] if loaded else []))
        if not self._step("tools.runner.prepare", steps):
            return False
        if self._server is not None:
            marker.touch()
        return True

    def open(self, port: int) -> bool:
        """Start the services and wait for the first good answer."""
        say("6/6 Web server, worker and beat ...")
        self._start("web server", commands.web(f"{preflight.LOOPBACK}:{port}"))
        if not self._wait_for_answer(port):
            return False
        self._start("worker", commands.WORKER)  # after the first page, not in its way
        self._start("beat", commands.BEAT)
        return True

    def watch(self) -> int:
        """Run until Ctrl-C (returns 0) or until a process keeps ending by itself (returns its exit code, never 0)."""
        failing = keep(self._kept, self._stop)
        if failing is None:
            say("\nStopping ...")
            return 0
        return failing.exit_code or 1

    def close(self) -> None:
        """Those that use the database and the queue first, then these."""
        built_in = [part.child for part in (self._queue, self._server) if part and part.child]
        services = [kept.child for kept in self._kept if kept.child not in built_in]
        stop_all(reversed(services), seconds=_SERVICES_STOP_SECONDS)
        stop_all(built_in, seconds=_DATABASE_STOP_SECONDS)

    def _wait_for_answer(self, port: int) -> bool:
        deadline = time.monotonic() + _OPEN_SECONDS
        while not preflight.answers(port):
            if self._stop.requested:
                return False
            ended = next((child for child in self._all() if child.exit_code is not None), None)
            if ended is not None:
                raise Problem(f"the {ended.name} ended while starting: see the lines above")
            if time.monotonic() > deadline:
                raise Problem(f"the site does not answer on port {port}: see the lines above")
            time.sleep(POLL_SECONDS)
        return True

    def processes(self) -> dict[str, int]:
        """Process numbers by name, as they are now."""
        return {kept.name: kept.child.pid for kept in self._kept}

    def _all(self) -> list[Child]:
        return [kept.child for kept in self._kept]

    def _start(self, name: str, command: Command) -> None:
        launch = partial(Child, name, with_this_python(command), env=self.environ)
        self._kept.append(Kept(name, launch))

    def start_database(self) -> dict[str, str]:
        """The variables that name it."""
        self._server = server = Server(VAR / "postgres")
        self._kept.append(Kept("database", server.launch, child=server.start()))
        server.ensure_roles()
        server.ensure_database(DATABASE)
        return server.variables(DATABASE)

    def start_queue(self) -> str:
        self._queue = queue = Queue(VAR / "queue")
        self._kept.append(Kept("queue", queue.launch, child=queue.start()))
        return queue.url

    def _step(self, name: str, command: Command) -> bool:
        """Run to the end. False if we were asked to stop; raises Problem if it failed."""
        child = Child(name, with_this_python(command), env=self.environ)
        ended = first_to_end([child, *self._all()], self._stop)
        if ended is not child:
            stop_all([child], seconds=_DATABASE_STOP_SECONDS)
        if ended is None:
            return False
        if ended.exit_code:
            raise Problem(
                f"`python -m {ended.name}` failed with exit code {ended.exit_code}: see above"
            )
        return True
