"""How much memory a process takes. Linux tells; elsewhere nothing is said."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """In MB. The proportional size shares out what processes have in common; the resident size does not."""

    proportional: float
    resident: float


def memory_of(pid: int) -> Memory | None:
    """What a process takes now; None where the system does not say."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return Memory(kilobytes["Pss"] / 1024, kilobytes["Rss"] / 1024)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started, oldest first."""
    try:
        return [int(each) for each in (PROC / f"{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
