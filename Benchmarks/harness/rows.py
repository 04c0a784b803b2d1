"""The rows that compare proxies by their cost: requests, bulk transfers and idle connections."""

from __future__ import annotations

import shutil
import socket
import statistics
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from . import exchange, load, usage
from .measurement import PER_CONNECTION, PER_GIB, PER_REQUEST, Measurement, Units
from .origin import BULK_BYTES, FILES, KIB, MIB, SMALL_BODY, Origin
from .certificates import Certificate
from .proxies import LARGE_NGINX, NGHTTPX, Plan, Proxy
from .session import Process, RowFailure, Session

WARM_UP_SECONDS = 1
IDLE_CONNECTIONS = 10_000
SETTLE_SECONDS = 1.0
LOG_BYTES_PER_REQUEST_MIN = 40
"""A line with less is no access log."""


@dataclass(frozen=True)
class Pinning:
    """Cores: the proxy alone on one, the load and the origin on the other. None: the scheduler decides."""

    proxy: int | None
    load: int | None


@dataclass(frozen=True)
class Bench:
    """What rows share."""

    session: Session
    pinning: Pinning
    origin: Origin
    sink: Origin
    http2_origin: Origin
    certificate: Certificate
    bulk_file: Path
    seconds: int


@dataclass(frozen=True)
class Target:
    """`reference` is `peers` (the best of nginx, HAProxy and nghttpx), a proxy's name, or None for an absolute value."""

    limit: float
    reference: str | None


@dataclass(frozen=True)
class Row(ABC):
    name: str
    title: str
    units: Units = PER_REQUEST
    targets: tuple[Target, ...] = ()
    turns_max: int | None = None
    """Of a row whose single run is long; None: as many as all rows have."""

    @abstractmethod
    def measure(self, bench: Bench, proxy: Proxy) -> Measurement: ...

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name not in (LARGE_NGINX, NGHTTPX)

    def obstacle(self) -> str | None:
        """Why this machine cannot run the row, if so."""
        return None


@dataclass(frozen=True)
class RequestRow(Row):
    """wrk with one thread and 64 connections."""

    path: str = "/small"
    body_length: int = len(SMALL_BODY)
    fields: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    failing_endpoint: bool = False
    access_log: bool = False

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        session = bench.session
        pinning = bench.pinning if self.workers == 1 else Pinning(None, None)
        folder = session.new_folder("log")
        log = folder / "access.log" if self.access_log else None
        with socket.socket() as refusing:
            # Bound and not listening: nobody else can take the port, and every connect to it is refused.
            refusing.bind(("127.0.0.1", 0))
            endpoints = [bench.origin.port] + ([refusing.getsockname()[1]] if self.failing_endpoint else [])
            plan = self._plan(bench, Plan(endpoints, self.workers, log, pinning.proxy))
            process = proxy.start(session, plan)
            result, measurement = self._run(bench, process, plan, pinning)
            code = session.stop(process)
        if code not in (0, -15, 128 + 15):
            raise RowFailure(f"{proxy.name} ended with code {code}: {process.error_tail()}")
        if log is not None:
            _require_log(log, result.requests)
        shutil.rmtree(folder)
        return measurement

    def _run(self, bench: Bench, process: Process, plan: Plan, pinning: Pinning) -> tuple[load.WrkResult, Measurement]:
        expected = self._probe(bench, plan.port)
        url = f"{self.scheme}://127.0.0.1:{plan.port}{self.path}"
        load.run_wrk(bench.session, url, WARM_UP_SECONDS, self.fields, pinning.load)
        pids = usage.process_tree(process.pid)
        before = usage.sample_cpu(pids)
        result = load.run_wrk(bench.session, url, bench.seconds, self.fields, pinning.load)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        result.require_clean(expected)
        self._probe(bench, plan.port)
        microseconds = 1e6 / result.requests
        return result, Measurement(
            cpu.total * microseconds,
            cpu.user * microseconds,
            cpu.system * microseconds,
            result.per_second,
            result.p50Ms,
            result.p99Ms,
            usage.peak_resident_bytes(pids) / MIB,
        )

    scheme: ClassVar[str] = "http"

    def _plan(self, bench: Bench, plan: Plan) -> Plan:
        return plan

    def _probe(self, bench: Bench, port: int) -> exchange.Response:
        response = exchange.get(port, self.path, self.fields)
        exchange.require(response, 200, self.body_length)
        return response


def _require_log(log: Path, requests: int) -> None:
    """A log that lost lines would make its proxy look cheap."""
    lines = size = 0
    with log.open("rb") as file:
        for line in file:
            lines += 1
            size += len(line)
    if lines < requests or size < requests * LOG_BYTES_PER_REQUEST_MIN:
        raise RowFailure(f"the access log has {lines} lines, {size} bytes, for at least {requests} requests")


@dataclass(frozen=True)
class BulkRow(Row):
    units: Units = PER_GIB
    is_upload: bool = False

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name != NGHTTPX

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        endpoint = bench.sink.port if self.is_upload else bench.origin.port
        plan = Plan([endpoint], core=bench.pinning.proxy)
        process = proxy.start(bench.session, plan)
        self._transfer(bench, plan.port, 0)
        pids = usage.process_tree(process.pid)
        before = usage.sample_cpu(pids)
        transfers = self._transfer(bench, plan.port, bench.seconds)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        gib = transfers.bytes / (1024 * MIB)
        measurement = Measurement(
            cpu.total / gib,
            cpu.user / gib,
            cpu.system / gib,
            transfers.bytes / MIB / transfers.seconds,
            statistics.median(transfers.durations) * 1e3,
            max(transfers.durations) * 1e3,
            usage.peak_resident_bytes(pids) / MIB,
        )
        bench.session.stop(process)
        return measurement

    def _transfer(self, bench: Bench, port: int, seconds: float) -> load.Transfers:
        if self.is_upload:
            return load.upload(port, bench.bulk_file, seconds)
        return load.download(port, "/100m", BULK_BYTES, seconds)


@dataclass(frozen=True)
class IdleRow(Row):
    units: Units = PER_CONNECTION

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        plan = Plan([bench.origin.port], core=bench.pinning.proxy)
        process = proxy.start(bench.session, plan)
        url = f"http://127.0.0.1:{plan.port}/small"
        load.run_wrk(bench.session, url, WARM_UP_SECONDS, {}, bench.pinning.load)
        pids = usage.process_tree(process.pid)
        before = usage.resident_bytes(pids)
        with load.idle_connections(plan.port, "/small", IDLE_CONNECTIONS) as held:
            time.sleep(SETTLE_SECONDS)
            grown = usage.resident_bytes(pids) - before
            for connection in held:
                load.exchange_once(connection, plan.port, "/small")
            measurement = Measurement(
                grown / KIB / IDLE_CONNECTIONS,
                rate=float(len(held)),
                peak_mib=usage.peak_resident_bytes(pids) / MIB,
            )
        process.require_alive()
        bench.session.stop(process)
        return measurement


AT_PEERS = (Target(1.0, "peers"), Target(0.35, "caddy"))

CLOSE = {"Connection": "close"}


def request_rows() -> list[Row]:
    """Each once with access logs off everywhere and once with them on everywhere."""
    plain = [
        RequestRow("small", "small response, keep-alive", targets=AT_PEERS),
        RequestRow("new-connection", "small response, a new connection for each request", fields=CLOSE),
        RequestRow("1k", "1 KiB response, keep-alive", path="/1k", body_length=FILES["1k"]),
        RequestRow("64k", "64 KiB response, keep-alive", path="/64k", body_length=FILES["64k"]),
        RequestRow("failing-endpoint", "small, one of two endpoints refuses connections", failing_endpoint=True),
        RequestRow("2-workers", "small, 2 workers, nothing pinned", workers=2),
    ]
    return [variant for row in plain for variant in (row, _with_log(row))]


def _with_log(row: RequestRow) -> RequestRow:
    values = {**row.__dict__, "name": f"{row.name}-log", "title": f"{row.title}, access log on", "access_log": True}
    return RequestRow(**values)


def other_rows() -> list[Row]:
    return [
        BulkRow("download", "100 MiB download", targets=(Target(1.0, "nginx"),)),
        BulkRow("upload", "100 MiB upload", targets=(Target(1.0, "nginx"),), is_upload=True),
        IdleRow("idle", f"{IDLE_CONNECTIONS} idle keep-alive connections", targets=(Target(5.0, None),)),
    ]
