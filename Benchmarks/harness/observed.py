"""What it costs a request to be observed: metrics that are scraped, traces, access log and incidents, beside none."""

from __future__ import annotations

import http.server
import json
import shutil
import statistics
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import exchange, load, usage
from .measurement import Measurement, Units
from .origin import MIB, SMALL_BODY
from .proxies import Proxy, sluice_config, sluice_environment
from .rows import WARM_UP_SECONDS, Bench, Row
from .session import Process, RowFailure, free_port, wait_for_port

ADDED = Units("CPU us/request added", "requests/s")
SAMPLE_PERCENT = 1
SLICE_SECONDS = 1
"""Of load on one of the two gateways before it is the other's turn. wrk takes whole seconds only."""
SETTLE_SECONDS = 0.25
SCRAPE_SECONDS = 1.0
"""Fifteen times as often as Prometheus asks by default; the first time at the beginning of a slice."""
SPANS_SHARE_MIN = 0.5
"""Of the requests that the sample should have traced: fewer, and tracing was not measured."""


class Collector(http.server.BaseHTTPRequestHandler):
    """Takes exports and answers as OTLP wants it: an empty message."""

    protocol_version = "HTTP/1.1"
    exports = 0
    size = 0

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        Collector.exports += 1
        Collector.size += len(body)
        self.send_response(200)
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Gateway:
    """One of the two, and what its slices came to."""

    process: Process
    url: str
    admin: int | None
    log: Path | None
    expected: exchange.Response
    warm_requests: int = 0
    requests: int = 0
    slices: list[load.WrkResult] = field(default_factory=list)
    costs: list[tuple[float, float]] = field(default_factory=list)
    """Of each slice: microseconds of user and system time for a request."""


@dataclass(frozen=True)
class ObservedRow(Row):
    """The difference between a gateway with all of it and one with none, for each request.

    Both run all the time and are loaded in turn, a second each, in an order that goes there and back: a machine's speed
    moves by more within a minute than being observed costs. The median of these pairs counts, so that one in which the
    machine was somebody else's says no more than any other.
    """

    units: Units = ADDED

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        folder = bench.session.new_folder("observed")
        with _collector() as collector:
            plain, observed = (_start(bench, proxy, folder, to) for to in (None, collector))
            for gateway in (plain, observed):
                warm = load.run_wrk(bench.session, gateway.url, WARM_UP_SECONDS, {}, bench.pinning.load)
                gateway.warm_requests = warm.requests
            for turn in range(bench.seconds):
                for gateway in (plain, observed) if turn % 2 == 0 else (observed, plain):
                    _load(bench, gateway)
            peak = usage.peak_resident_bytes(usage.process_tree(observed.process.pid)) / MIB
            for gateway in (plain, observed):
                bench.session.stop(gateway.process)
            if observed.log is not None:
                _require_all(observed.log, observed.warm_requests + observed.requests)
        shutil.rmtree(folder)

        pairs = list(zip(plain.costs, observed.costs, strict=True))
        user, system = (statistics.median(after[part] - before[part] for before, after in pairs) for part in (0, 1))
        total = statistics.median(sum(after) - sum(before) for before, after in pairs)
        seconds = sum(result.seconds for result in observed.slices)
        p50, p99 = (statistics.median(getattr(result, key) for result in observed.slices) for key in ("p50Ms", "p99Ms"))
        return Measurement(total, user, system, observed.requests / seconds, p50, p99, peak)


def _start(bench: Bench, proxy: Proxy, parent: Path, collector: str | None) -> Gateway:
    """With everything where there is a collector, else with nothing."""
    folder = parent / ("plain" if collector is None else "observed")
    folder.mkdir()
    port, admin = free_port(), free_port()
    log = None if collector is None else folder / "access.log"
    store = "off" if collector is None else str(folder / "incidents.sqlite")
    routes, upstreams = [("/", "app")], {"app": [bench.origin.port]}
    config = sluice_config([port], routes, upstreams, 1, str(log) if log else None, store)
    if collector is not None:
        config += f"admin: {{ address: 127.0.0.1:{admin} }}\n"
        config += f"tracing: {{ endpoint: {json.dumps(collector)}, sample: {SAMPLE_PERCENT}% }}\n"
    (folder / "sluice.yaml").write_text(config)
    process = bench.session.spawn(
        proxy.name,
        [proxy.binary, "run", "--config", str(folder / "sluice.yaml")],
        core=bench.pinning.proxy,
        environment=sluice_environment(folder),
    )
    wait_for_port(port, process)
    expected = exchange.get(port, "/small")
    exchange.require(expected, 200, len(SMALL_BODY))
    return Gateway(process, f"http://127.0.0.1:{port}/small", admin if collector else None, log, expected)


def _load(bench: Bench, gateway: Gateway) -> None:
    pids = usage.process_tree(gateway.process.pid)
    with _nobody() if gateway.admin is None else _scraped(gateway.admin):
        before = usage.sample_cpu(pids)
        result = load.run_wrk(bench.session, gateway.url, SLICE_SECONDS, {}, bench.pinning.load)
        # Lines and spans that wait for their time belong to the requests that made them.
        time.sleep(SETTLE_SECONDS)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
    gateway.process.require_alive()
    result.require_clean(gateway.expected)
    gateway.requests += result.requests
    gateway.costs.append((cpu.user * 1e6 / result.requests, cpu.system * 1e6 / result.requests))
    gateway.slices.append(result)


def _require_all(log: Path, requests: int) -> None:
    """What was left out would cost nothing."""
    with log.open("rb") as file:
        lines = sum(1 for _ in file)
    if lines < requests:
        raise RowFailure(f"the access log has {lines} lines for {requests} requests")
    if Collector.exports == 0 or Collector.size < requests * SAMPLE_PERCENT / 100 * SPANS_SHARE_MIN * 100:
        raise RowFailure(f"{Collector.exports} exports with {Collector.size} bytes for {requests} requests")


@contextmanager
def _collector() -> Iterator[str]:
    Collector.exports = Collector.size = 0
    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.server_address[1]}/v1/traces"
    finally:
        listener.shutdown()
        listener.server_close()


@contextmanager
def _scraped(port: int) -> Iterator[None]:
    """/metrics is read all the time, as Prometheus does."""
    ends = threading.Event()
    failures: list[str] = []

    def scrape() -> None:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                    if b"sluice_" not in answer.read():
                        failures.append("no metrics")
            except OSError as error:
                failures.append(str(error))
            if ends.wait(SCRAPE_SECONDS):
                return

    thread = threading.Thread(target=scrape, daemon=True)
    thread.start()
    yield
    ends.set()
    thread.join(10)
    if failures:
        raise RowFailure(f"/metrics: {failures[0]}")


@contextmanager
def _nobody() -> Iterator[None]:
    yield
