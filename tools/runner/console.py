"""What the runner says to the person at the keyboard."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"


class Problem(Exception):
    """One sentence for a person: what is wrong, and the command that fixes it."""


def say(line: str) -> None:
    """Print at once, because late progress messages are no use."""
    print(line, flush=True)


def complain(problem: Exception) -> None:
    sys.stdout.flush()
    print(f"make: {problem}", file=sys.stderr, flush=True)
