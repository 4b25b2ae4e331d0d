"""How much memory and processor time processes take. Only on Linux; elsewhere there is no figure."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """In MB. The proportional size splits what processes share; the resident size does not."""

    proportional: float
    resident: float


def memory_of(pid: int) -> Memory | None:
    """What a process takes now; None if the system does not say."""
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


def seconds_of(pid: int) -> float:
    """The processor time that a process and everything it started have used, including what has ended."""
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    # User and system time, its own and that of children that ended: fields 14 to 17 of proc(5).
    own = sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return own + sum(seconds_of(child) for child in children_of(pid))
