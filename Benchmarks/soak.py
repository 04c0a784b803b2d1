#!/usr/bin/env python3
"""Mixed load through the gateway with a reload every few seconds: nothing may fail, nothing may grow.

Asserts at the end: no failed request, memory flat, descriptors back to where they were, and one line in the
access log for each request.

Examples:
  soak.py                   30 minutes
  soak.py --minutes 0.5     a short one, as in CI
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import time
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from pathlib import Path

from harness.proxies import sluice_environment
from harness.release_build import sluice_binary
from harness.session import Process, RowFailure, Session, free_port, raise_descriptor_limit, wait_for_port
from harness.soak.clients import Clients, Stop
from harness.soak.ledger import Ledger, audit_logs
from harness.soak.reloads import Generations, Reloader, wait_until_serving
from harness.soak.watch import MIB, Watch

BENCHMARKS = Path(__file__).resolve().parent
SUMMARY_SECONDS = 30.0
STOP_SECONDS_MAX = 30.0
DESCRIPTOR_SECONDS_MAX = 60.0
WARM_UP_SHARE, WARM_UP_SECONDS_MAX = 0.2, 120.0

EXIT_FAILED = 1
EXIT_IMPOSSIBLE = 3


@dataclass(frozen=True)
class Soak:
    session: Session
    generations: Generations
    gateway: Process
    ledger: Ledger
    watch: Watch
    reloader: Reloader
    clients: Clients

    @property
    def stop(self) -> Stop:
        return self.clients.stop


def prepare(session: Session, binary: Path, seconds: float, interval: float) -> Soak:
    folder = session.new_folder("soak")
    origins = (free_port(), free_port(), free_port())
    module = [sys.executable, "-m", "harness.soak.origin", *map(str, origins)]
    origin = session.spawn("origin", module, environment={"PYTHONPATH": str(BENCHMARKS)})
    for port in origins:
        wait_for_port(port, origin)
    generations = Generations(folder, origins)
    generations.write()
    gateway = session.spawn(
        "sluice",
        [str(binary), "run", "--config", str(generations.config_path)],
        environment=sluice_environment(folder),
        output=folder / "output",
    )
    stop, ledger = Stop(), Ledger()
    return Soak(
        session,
        generations,
        gateway,
        ledger,
        Watch(gateway.pid, min(seconds * WARM_UP_SHARE, WARM_UP_SECONDS_MAX), seconds),
        Reloader(generations, gateway, ledger, interval, stop),
        Clients(generations.main_port, ledger, stop),
    )


async def run(soak: Soak, seconds: float) -> list[str]:
    """The problems that were found."""
    await wait_until_serving(soak.generations, soak.gateway, soak.ledger)
    baseline = await settled_descriptors(soak)
    stuck = await under_load(soak, seconds)
    problems = [f"{stuck} clients still busy {STOP_SECONDS_MAX:.0f} s after the end"] if stuck else []
    soak.gateway.require_alive()
    # The first configuration again, so that the same listeners are open as at the baseline.
    while soak.generations.current % 3:
        await soak.reloader.reload()
    problems += found(await soak.watch.descriptors_back_to(baseline, DESCRIPTOR_SECONDS_MAX))
    problems += found(soak.watch.problem())
    return problems


async def settled_descriptors(soak: Soak) -> int:
    """The count once it has stood still for longer than an idle upstream connection lives."""
    lowest, since = soak.watch.descriptors(), time.monotonic()
    while time.monotonic() - since < 6:
        await asyncio.sleep(0.2)
        if (now := soak.watch.descriptors()) < lowest:
            lowest, since = now, time.monotonic()
    return lowest


async def under_load(soak: Soak, seconds: float) -> int:
    """Returns the number of clients that did not end."""
    async with background(soak.watch.run(), summaries(soak)):
        load = [*soak.clients.all(), soak.reloader.run(), soak.reloader.use_extra_listener()]
        tasks = [asyncio.ensure_future(client) for client in load]
        soak.watch.started = time.monotonic()
        done, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_EXCEPTION)
        soak.stop.is_set = True
        for task in done:
            task.result()
        _, pending = await asyncio.wait(tasks, timeout=STOP_SECONDS_MAX)
        for task in pending:
            task.cancel()
        return len(pending)


@contextlib.asynccontextmanager
async def background(*work: Awaitable[None]) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(item) for item in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def summaries(soak: Soak) -> None:
    while True:
        await asyncio.sleep(SUMMARY_SECONDS)
        print(summary(soak), flush=True)


def summary(soak: Soak) -> str:
    ledger = soak.ledger
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(ledger.completed.items()))
    return (
        f"{time.monotonic() - ledger.started:6.0f} s  {ledger.completed_count} requests ({kinds}), "
        f"{ledger.failure_count} failed, {ledger.reloads} reloads, "
        f"{soak.watch.resident() / MIB:.1f} MiB, {soak.watch.descriptors()} descriptors"
    )


def finish(soak: Soak) -> list[str]:
    """Ends the gateway in good order; then its log is complete."""
    problems = [f"{soak.ledger.failure_count} failed requests"] if soak.ledger.failure_count else []
    code = soak.session.stop(soak.gateway)
    if code != 0:
        problems.append(f"the gateway ended with code {code}: {soak.gateway.error_tail()}")
    audit = audit_logs([*soak.reloader.rotated, soak.generations.log_path], soak.ledger)
    print(f"access log: {audit.lines} lines in {len(soak.reloader.rotated) + 1} files")
    return problems + found(audit.problem())


def found(problem: str | None) -> list[str]:
    return [problem] if problem else []


def tell(soak: Soak, problems: list[str]) -> int:
    ledger = soak.ledger
    early, late = soak.watch.medians()
    print(f"memory: {early / MIB:.1f} MiB after the warm-up, {late / MIB:.1f} MiB at the end")
    if ledger.closed_in_order:
        print(f"{ledger.closed_in_order} connections ended with Connection: close")
    if ledger.refused_by_removed_listener:
        print(f"{ledger.refused_by_removed_listener} connections met the end of a removed listener")
    for failure in ledger.failures:
        print(f"  {failure}")
    for problem in problems:
        print(f"problem: {problem}")
    print("FAIL" if problems else "PASS")
    return EXIT_FAILED if problems else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0, help="of load, default 30")
    parser.add_argument("--reload-seconds", type=float, default=3.0, help="between reloads, default 3")
    options = parser.parse_args()
    binary = sluice_binary(BENCHMARKS.parent)
    raise_descriptor_limit()
    seconds = options.minutes * 60
    try:
        with Session(prefix="sluice-soak-") as session:
            soak = prepare(session, binary, seconds, options.reload_seconds)
            problems = asyncio.run(run(soak, seconds))
            print(summary(soak))
            return tell(soak, problems + finish(soak))
    except KeyboardInterrupt:
        print("interrupted; everything it started has ended")
        return EXIT_IMPOSSIBLE
    except RowFailure as failure:
        print(f"FAIL: {failure}")
        return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
