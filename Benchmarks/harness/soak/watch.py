"""Memory and descriptors of the gateway over the time of the soak."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass, field

from .. import usage

SAMPLE_SECONDS = 1.0
WINDOW_SHARE = 0.15
GROWTH_SHARE_MAX = 0.10
GROWTH_ALLOWANCE_BYTES = 8 << 20
MIB = 1 << 20


@dataclass
class Watch:
    """`warm_up` seconds are left out: pools and allocator arenas fill in them."""

    pid: int
    warm_up: float
    duration: float
    started: float = field(default_factory=time.monotonic)
    samples: list[tuple[float, int]] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            self.samples.append((time.monotonic() - self.started, self.resident()))
            await asyncio.sleep(SAMPLE_SECONDS)

    def resident(self) -> int:
        return usage.resident_bytes(usage.process_tree(self.pid))

    def descriptors(self) -> int:
        return usage.descriptor_count(usage.process_tree(self.pid))

    def medians(self) -> tuple[float, float]:
        """Resident bytes just after the warm-up, and at the end."""
        window = (self.duration - self.warm_up) * WINDOW_SHARE
        early = [value for at, value in self.samples if self.warm_up <= at <= self.warm_up + window]
        late = [value for at, value in self.samples if at >= self.duration - window]
        return statistics.median(early or [0]), statistics.median(late or [0])

    def problem(self) -> str | None:
        early, late = self.medians()
        if late > early * (1 + GROWTH_SHARE_MAX) + GROWTH_ALLOWANCE_BYTES:
            return f"memory: {early / MIB:.1f} MiB after the warm-up, {late / MIB:.1f} MiB at the end"
        return None

    async def descriptors_back_to(self, baseline: int, seconds: float) -> str | None:
        """Waits for idle pools and closing connections to go."""
        deadline = time.monotonic() + seconds
        while (now := self.descriptors()) > baseline:
            if time.monotonic() > deadline:
                return f"descriptors: {baseline} at the start, {now} at the end"
            await asyncio.sleep(0.2)
        return None
