"""What a row yields for one proxy, and its median over turns."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Units:
    """Of `total`, `user` and `system` on one hand and of `rate` on the other."""

    cost: str
    rate: str


PER_REQUEST = Units("CPU us/request", "requests/s")
PER_GIB = Units("CPU s/GiB", "MiB/s")
PER_CONNECTION = Units("KiB/connection", "connections")
GROWTH = Units("MiB growth", "connections")


@dataclass(frozen=True)
class Measurement:
    """Lower `total` is better in every row. None: the row has no such thing."""

    total: float
    user: float | None = None
    system: float | None = None
    rate: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    peak_mib: float | None = None
    note: str = ""
    """What a row has to say beside its numbers."""


def median(turns: list[Measurement]) -> Measurement:
    """Of each column by itself."""
    middle: dict[str, Any] = {}
    for field in fields(Measurement):
        column = [getattr(turn, field.name) for turn in turns]
        if field.name == "note":
            middle["note"] = "; ".join(note for note in column if note)
            continue
        middle[field.name] = None if None in column else statistics.median(column)
    return Measurement(**middle)


def spread_percent(turns: list[Measurement]) -> float:
    """Half the distance between the extremes of `total`, in percent of the median."""
    totals = [turn.total for turn in turns]
    middle = statistics.median(totals)
    return 100 * (max(totals) - min(totals)) / 2 / middle if middle else 0.0


def ratio(value: float, reference: float | None) -> float | None:
    return value / reference if reference else None
