"""What it costs a request to be observed: metrics that are scraped, traces, access log and incidents, beside none."""

from __future__ import annotations

import http.server
import json
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import exchange, load, usage
from .measurement import Measurement, Units
from .origin import MIB, SMALL_BODY
from .proxies import Proxy, sluice_config, sluice_environment
from .rows import WARM_UP_SECONDS, Bench, Row
from .session import RowFailure, free_port, wait_for_port

ADDED = Units("CPU us/request added", "requests/s")
SAMPLE_PERCENT = 1
SCRAPE_SECONDS = 1.0
"""Fifteen times as often as Prometheus asks by default."""
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


@dataclass(frozen=True)
class Observed:
    result: load.WrkResult
    cpu: usage.CpuUse
    peak_mib: float


@dataclass(frozen=True)
class ObservedRow(Row):
    """The difference between a gateway with all of it and one with none, for each request."""

    units: Units = ADDED

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        plain = _run(bench, proxy, is_observed=False)
        observed = _run(bench, proxy, is_observed=True)

        def added(part: str) -> float:
            costs = [getattr(run.cpu, part) * 1e6 / run.result.requests for run in (plain, observed)]
            return costs[1] - costs[0]

        result = observed.result
        return Measurement(
            added("total"), added("user"), added("system"), result.per_second, result.p50Ms, result.p99Ms, observed.peak_mib
        )


def _run(bench: Bench, proxy: Proxy, is_observed: bool) -> Observed:
    folder = bench.session.new_folder("observed")
    port, admin = free_port(), free_port()
    log = folder / "access.log"
    with _collector() as collector:
        store = str(folder / "incidents.sqlite") if is_observed else "off"
        config = sluice_config([port], [("/", "app")], {"app": [bench.origin.port]}, 1, str(log) if is_observed else None, store)
        if is_observed:
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
        url = f"http://127.0.0.1:{port}/small"
        load.run_wrk(bench.session, url, WARM_UP_SECONDS, {}, bench.pinning.load)
        pids = usage.process_tree(process.pid)
        with _scraped(admin) if is_observed else _nobody():
            before = usage.sample_cpu(pids)
            result = load.run_wrk(bench.session, url, bench.seconds, {}, bench.pinning.load)
            cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        result.require_clean(expected)
        peak = usage.peak_resident_bytes(pids) / MIB
        bench.session.stop(process)
        if is_observed:
            _require_all(log, result.requests)
    shutil.rmtree(folder)
    return Observed(result, cpu, peak)


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
        while not ends.wait(SCRAPE_SECONDS):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                    if b"sluice_" not in answer.read():
                        failures.append("no metrics")
            except OSError as error:
                failures.append(str(error))

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
