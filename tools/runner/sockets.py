"""Where a built-in server's socket is."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_LONGEST_PATH = 100  # the kernel allows 107 bytes on Linux, 103 on macOS


def socket_folder(folder: Path, name: str) -> Path:
    """The folder for a socket of this name: the one asked for, unless the path would be too long for a socket;
    then a new one, which is deleted with this process."""
    if len(os.fsencode(folder / name)) <= _LONGEST_PATH:
        return folder
    short = Path(tempfile.mkdtemp(prefix="pt-"))
    atexit.register(shutil.rmtree, short, ignore_errors=True)
    return short
