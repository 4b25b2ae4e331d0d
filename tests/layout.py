"""The packages of the house, read where import-linter reads them."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_WALLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
_ORDER, _ROOMS = (one for one in _WALLS if one["type"] == "layers")

PACKAGES: tuple[str, ...] = tuple(_ORDER["layers"])  # all of ours, the highest first
APPS: tuple[str, ...] = tuple(_ROOMS["containers"])  # those with rooms inside
ROOMS: tuple[str, ...] = tuple(_ROOMS["layers"])  # in that order, neighbours on one level
