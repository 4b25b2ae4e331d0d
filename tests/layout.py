"""The packages of the house, read where import-linter reads them."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_ORDER, _ROOMS, *_ = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]

PACKAGES: tuple[str, ...] = tuple(_ORDER["layers"])  # all of ours, the highest first
APPS: tuple[str, ...] = tuple(_ROOMS["containers"])  # those with rooms inside
