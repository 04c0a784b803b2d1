"""CPU time and memory of a process and everything it started, from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

NANOSECONDS_PER_TICK = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class CpuSample:
    """Since the processes' start: user and system in clock ticks, and running time by thread in nanoseconds."""

    user_ticks: int
    system_ticks: int
    running_ns: dict[int, int]


@dataclass(frozen=True)
class CpuUse:
    """Seconds between two samples."""

    user: float
    system: float

    @property
    def total(self) -> float:
        return self.user + self.system


def process_tree(root: int) -> list[int]:
    """The process and its descendants."""
    parents: dict[int, int] = {}
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            fields = _stat_fields(int(entry.name))
            if fields:
                parents[int(entry.name)] = int(fields[1])
    tree = [root]
    for pid in tree:
        tree.extend(child for child, parent in parents.items() if parent == pid)
    return tree


def sample_cpu(pids: list[int]) -> CpuSample:
    user = system = 0
    running: dict[int, int] = {}
    for pid in pids:
        fields = _stat_fields(pid)
        if not fields:
            continue
        user += int(fields[11])
        system += int(fields[12])
        for task in (PROC / str(pid) / "task").iterdir():
            running[int(task.name)] = int((task / "schedstat").read_text().split()[0])
    return CpuSample(user, system, running)


def cpu_between(before: CpuSample, after: CpuSample) -> CpuUse:
    """The total in nanoseconds from the scheduler; only the split comes from the coarser clock ticks.

    A thread that has ended took its schedstat with it, so in that case the total is that of the ticks.
    """
    user_ticks = after.user_ticks - before.user_ticks
    system_ticks = after.system_ticks - before.system_ticks
    ticks = user_ticks + system_ticks
    if before.running_ns.keys() <= after.running_ns.keys():
        nanoseconds = sum(after.running_ns.values()) - sum(before.running_ns.values())
    else:
        nanoseconds = ticks * NANOSECONDS_PER_TICK
    user_share = user_ticks / ticks if ticks else 0.0
    return CpuUse(nanoseconds * user_share / 1e9, nanoseconds * (1 - user_share) / 1e9)


def resident_bytes(pids: list[int]) -> int:
    return sum(_status_kib(pid, "VmRSS") for pid in pids) * 1024


def peak_resident_bytes(pids: list[int]) -> int:
    return sum(_status_kib(pid, "VmHWM") for pid in pids) * 1024


def descriptor_count(pids: list[int]) -> int:
    return sum(len(os.listdir(PROC / str(pid) / "fd")) for pid in pids)


def machine_ticks() -> tuple[int, int]:
    """(busy, all) clock ticks of all cores together."""
    values = [int(value) for value in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    idle = values[3] + values[4]
    return sum(values) - idle, sum(values)


def _status_kib(pid: int, key: str) -> int:
    try:
        lines = (PROC / str(pid) / "status").read_text().splitlines()
    except FileNotFoundError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key + ":")), 0)


def _stat_fields(pid: int) -> list[str]:
    """The fields after the command name, which may itself hold spaces and brackets; state is first."""
    try:
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
