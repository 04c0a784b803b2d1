"""Which requests were sent, which failed and why; compared at the end with the access log."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

FAILURES_KEPT_MAX = 50


@dataclass
class Ledger:
    """Every request carries its number as the last segment of its path."""

    started: float = field(default_factory=time.monotonic)
    issued: int = 0
    completed: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    failure_count: int = 0
    reloads: int = 0
    reload_at: float = 0.0
    closed_in_order: int = 0
    """Connections that the gateway ended with `Connection: close`."""
    refused_by_removed_listener: int = 0
    unlogged: set[int] = field(default_factory=set)

    def next_path(self, kind: str) -> str:
        self.issued += 1
        return f"/{kind}/{self.issued}"

    def succeed(self, kind: str) -> None:
        self.completed[kind] += 1

    def fail(self, kind: str, path: str, reason: str) -> None:
        self.failure_count += 1
        if len(self.failures) < FAILURES_KEPT_MAX:
            now = time.monotonic()
            when = f"{now - self.started:.2f} s, {now - self.reload_at:.3f} s after reload {self.reloads}"
            self.failures.append(f"{kind} {path} at {when}: {reason}")
            # At once: a long run that is cut short must not keep it to itself.
            print(f"failed: {self.failures[-1]}", flush=True)

    def forget(self, path: str) -> None:
        """A request of which the gateway has read nothing: no line is expected."""
        self.unlogged.add(number_of(path))

    @property
    def completed_count(self) -> int:
        return sum(self.completed.values())


def number_of(path: str) -> int:
    tail = path.rpartition("/")[2]
    return int(tail) if tail.isdigit() else 0


@dataclass(frozen=True)
class LogAudit:
    lines: int
    unreadable: int
    missing: int
    doubled: int
    examples: list[int]

    def problem(self) -> str | None:
        if self.unreadable or self.missing or self.doubled:
            return (
                f"access log: {self.missing} requests without a line, {self.doubled} with more than one, "
                f"{self.unreadable} lines that are not understood; for example requests {self.examples}"
            )
        return None


def audit_logs(files: Iterable[Path], ledger: Ledger) -> LogAudit:
    """Counts lines by request number; a bitmap of two bits' worth is enough."""
    seen = bytearray(ledger.issued + 1)
    lines = unreadable = 0
    for path in files:
        with path.open("rb") as file:
            for line in file:
                lines += 1
                number = _number_of_line(line)
                if 0 < number <= ledger.issued:
                    seen[number] = min(2, seen[number] + 1)
                else:
                    unreadable += 1
    missing = [n for n in range(1, ledger.issued + 1) if seen[n] == 0 and n not in ledger.unlogged]
    doubled = [n for n in range(1, ledger.issued + 1) if seen[n] > 1]
    return LogAudit(lines, unreadable, len(missing), len(doubled), (missing + doubled)[:10])


def _number_of_line(line: bytes) -> int:
    try:
        return number_of(json.loads(line)["path"])
    except (ValueError, KeyError, TypeError):
        return 0
