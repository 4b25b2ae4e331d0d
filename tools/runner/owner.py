"""Who PostgreSQL runs as. It refuses to run as root, and containers often are root.

An ordinary user simply runs it. As root we lend it to `nobody`, the one other user that every
system has, and let that user through to the folders it needs.
"""

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from tools.runner.console import say

_OTHERS_PASS = stat.S_IXOTH
_OTHERS_READ = stat.S_IROTH


@dataclass(frozen=True)
class Owner:
    """Numeric user and group, or None for "whoever we are"."""

    user: int | None
    group: int | None

    @classmethod
    def of_server(cls) -> "Owner":
        if os.geteuid() != 0:
            return cls(None, None)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid)

    def give(self, folder: Path) -> None:
        if self.user is not None and self.group is not None:
            os.chown(folder, self.user, self.group)

    def make_private(self, folder: Path) -> None:
        folder.mkdir(parents=True, mode=0o700)
        self.give(folder)

    def remove(self, folder: Path) -> None:
        if folder.exists():
            shutil.rmtree(folder)

    def can_reach(self, folder: Path) -> None:
        """Let others pass through (not list) the folders above, and say which were closed."""
        if self.user is None:
            return
        for above in folder.resolve().parents:
            mode = above.stat().st_mode
            if not mode & _OTHERS_PASS:
                above.chmod(mode | _OTHERS_PASS)
                say(f"    PostgreSQL runs as 'nobody', not root: chmod o+x {above}")

    def can_run(self, programs: Path) -> None:
        """Packages installed under a strict umask are unreadable to anyone but root."""
        self.can_reach(programs)
        if self.user is None or (programs / "postgres").stat().st_mode & _OTHERS_PASS:
            return
        tree = programs.parent
        for path in (tree, *tree.rglob("*")):
            mode = path.stat().st_mode
            if path.is_dir() or mode & stat.S_IXUSR:
                mode |= _OTHERS_PASS
            path.chmod(mode | _OTHERS_READ)
