"""What an incident costs: failing requests with the store and without it, in turns."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import exchange, load, usage
from .measurement import Measurement, Units
from .origin import MIB
from .proxies import STORE_BYTES_MAX, Proxy, sluice_config, sluice_environment
from .rows import WARM_UP_SECONDS, Bench, Row
from .session import Process, RowFailure, free_port, wait_for_port

PER_INCIDENT = Units("CPU us/incident", "failing requests/s")
CLIENTS = 160
PAUSE_MS = 31
"""So many connections that wait this long before each request make about 2,000 requests a second: each request is tried
three times, with two pauses that take 40 ms on average."""
RATE_MIN = 1_500.0
RUN_FACTOR = 15
"""Runs are so many times as long as those of other rows: a minute where those take four seconds."""
BLOCK_SECONDS = 10.0
P99_FACTOR_MAX = 1.5
P99_ALLOWANCE_MS = 2.0


@dataclass(frozen=True)
class Run:
    result: load.WrkResult
    cpu: usage.CpuUse
    peak_mib: float
    counted: int
    """Incidents that the store knows of, kept or only counted."""


@dataclass(frozen=True)
class IncidentsRow(Row):
    """The difference between a gateway that keeps incidents and one that does not, for each failing request."""

    units: Units = PER_INCIDENT
    is_blocked: bool = False

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        seconds = bench.seconds * RUN_FACTOR
        without = _run(bench, proxy, seconds, store=None)
        folder = bench.session.new_folder("store")
        store = folder / "incidents.sqlite"
        with _blocked(store) if self.is_blocked else _untouched() as blocker:
            kept = _run(bench, proxy, seconds, store=store, when_running=blocker)
        _require_answers(without, kept)
        if not self.is_blocked:
            _require_kept(kept, store)
        costs = [
            (b - a) * 1e6 / kept.result.requests
            for a, b in (
                (_scaled(without, without.cpu.total, kept), kept.cpu.total),
                (_scaled(without, without.cpu.user, kept), kept.cpu.user),
                (_scaled(without, without.cpu.system, kept), kept.cpu.system),
            )
        ]
        return Measurement(*costs, kept.result.per_second, kept.result.p50Ms, kept.result.p99Ms, kept.peak_mib)


def _scaled(run: Run, seconds: float, other: Run) -> float:
    """As if both runs had had the same number of requests."""
    return seconds * other.result.requests / run.result.requests


def _run(bench: Bench, proxy: Proxy, seconds: int, store: Path | None, when_running: Callable[[], None] | None = None) -> Run:
    folder = bench.session.new_folder("incidents")
    port, dead = free_port(), free_port()
    config = folder / "sluice.yaml"
    config.write_text(
        sluice_config([port], [("/", "dead")], {"dead": [dead]}, 1, None, str(store) if store else "off")
    )
    process = bench.session.spawn(
        proxy.name,
        [proxy.binary, "run", "--config", str(config)],
        core=bench.pinning.proxy,
        environment=sluice_environment(folder),
    )
    wait_for_port(port, process)
    answer = exchange.get(port, "/")
    if answer.head.status != 502 or "sluice-incident" not in answer.head.fields:
        raise RowFailure(f"status {answer.head.status} instead of 502 with Sluice-Incident")
    result, cpu, peak = _load(bench, process, port, seconds, when_running)
    bench.session.stop(process)
    return Run(result, cpu, peak, _counted(bench, proxy, store) if store else 0)


def _load(
    bench: Bench, process: Process, port: int, seconds: int, when_running: Callable[[], None] | None
) -> tuple[load.WrkResult, usage.CpuUse, float]:
    url = f"http://127.0.0.1:{port}/"
    core = bench.pinning.load
    load.run_wrk(bench.session, url, WARM_UP_SECONDS, {}, core, PAUSE_MS, CLIENTS)
    if when_running is not None:
        when_running()
    pids = usage.process_tree(process.pid)
    before = usage.sample_cpu(pids)
    result = load.run_wrk(bench.session, url, seconds, {}, core, PAUSE_MS, CLIENTS)
    cpu = usage.cpu_between(before, usage.sample_cpu(pids))
    process.require_alive()
    if result.status != result.requests or result.connect or result.read or result.write or result.timeout:
        raise RowFailure(f"{result.status} of {result.requests} answers were failures, or an error: {result}")
    if result.per_second < RATE_MIN:
        raise RowFailure(f"{result.per_second:.0f} failing requests/s are too few")
    return result, cpu, usage.peak_resident_bytes(pids) / MIB


def _require_answers(without: Run, kept: Run) -> None:
    limit = without.result.p99Ms * P99_FACTOR_MAX + P99_ALLOWANCE_MS
    if kept.result.p99Ms > limit:
        raise RowFailure(f"p99 {kept.result.p99Ms:.2f} ms with the store, {without.result.p99Ms:.2f} ms without")


def _require_kept(run: Run, store: Path) -> None:
    """All are counted, and the store keeps to its bound."""
    if run.counted < run.result.requests:
        raise RowFailure(f"{run.counted} incidents counted for {run.result.requests} failed requests")
    size = sum(file.stat().st_size for file in store.parent.iterdir())
    if size > 1.25 * STORE_BYTES_MAX:
        raise RowFailure(f"the store has {size} bytes, its bound is {STORE_BYTES_MAX}")


def _counted(bench: Bench, proxy: Proxy, store: Path) -> int:
    output = bench.session.new_folder("problems") / "problems.json"
    command = [proxy.binary, "problems", "--json", "--store", str(store)]
    process = bench.session.spawn("problems", command, output=output)
    code = process.popen.wait(30)
    bench.session.stop(process)
    if code != 0:
        raise RowFailure(f"sluice problems ended with code {code}: {process.error_tail()}")
    return sum(problem["count"] for problem in json.loads(output.read_text()))


@contextmanager
def _untouched() -> Iterator[None]:
    yield None


@contextmanager
def _blocked(store: Path) -> Iterator[Callable[[], None]]:
    """Yields what locks the store against every writer, for ten seconds from its call on."""
    threads: list[threading.Thread] = []

    def lock() -> None:
        connection = sqlite3.connect(store, timeout=5, isolation_level=None)
        connection.execute("BEGIN EXCLUSIVE")
        time.sleep(BLOCK_SECONDS)
        connection.execute("ROLLBACK")
        connection.close()

    def start() -> None:
        threads.append(threading.Thread(target=lock, daemon=True))
        threads[-1].start()

    yield start
    for thread in threads:
        thread.join(BLOCK_SECONDS + 10)
