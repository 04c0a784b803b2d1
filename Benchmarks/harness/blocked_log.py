"""The gateway while nothing takes its logs: no request may be lost or slowed."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import exchange, load, usage
from .measurement import PER_REQUEST, Measurement, Units
from .origin import MIB, SMALL_BODY
from .proxies import Proxy, sluice_config, sluice_environment
from .rows import WARM_UP_SECONDS, Bench, Row
from .session import Process, RowFailure, Session, free_port, wait_for_port

TMPFS_BYTES = 256 * 1024
THROUGHPUT_SHARE_MIN = 0.8
P99_FACTOR_MAX = 1.5
P99_ALLOWANCE_MS = 1.0
TRIES_MAX = 3
FAILURE_INTERVAL_SECONDS = 0.005
"""Of requests that fail on purpose, since failures are what is told on standard error."""


@dataclass(frozen=True)
class BlockedLogRow(Row):
    """One run with logs that work, one with standard output and error on a full pipe and the log on a full disk."""

    units: Units = PER_REQUEST
    log_on_standard_output: bool = False

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def obstacle(self) -> str | None:
        return None if os.geteuid() == 0 or self.log_on_standard_output else "mounting a small tmpfs needs root"

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        """A busy machine can slow one run; logs that slow requests slow every run."""
        reasons: list[str] = []
        while len(reasons) < TRIES_MAX:
            usual, _ = self._run_usual(bench, proxy)
            blocked, measurement = self._run_blocked(bench, proxy)
            reason = slowdown(usual, blocked)
            if reason is None:
                return measurement
            reasons.append(reason)
        raise RowFailure(f"slowed by its logs {len(reasons)} times: {reasons[-1]}")

    def _run_usual(self, bench: Bench, proxy: Proxy) -> tuple[load.WrkResult, Measurement]:
        folder = bench.session.new_folder("usual")
        log = "-" if self.log_on_standard_output else str(folder / "access.log")
        with (folder / "output").open("wb") as output:
            gateway = _start(bench, proxy, folder, log, output.fileno())
            measured = _measure(bench, gateway)
            bench.session.stop(gateway.process)
        return measured

    def _run_blocked(self, bench: Bench, proxy: Proxy) -> tuple[load.WrkResult, Measurement]:
        folder = bench.session.new_folder("blocked")
        with full_pipe() as (reader, writer), self._full_disk(bench.session, folder) as disk:
            log = str(disk / "access.log") if disk else "-"
            gateway = _start(bench, proxy, folder, log, writer)
            measured = _measure(bench, gateway)
            if disk:
                (disk / "filler").unlink()
            told = _read_until_end(bench.session, gateway, reader, writer)
            if disk:
                told += (disk / "access.log").read_bytes()
        if b"drop" not in told.lower():
            raise RowFailure("afterwards nothing tells how many log lines were dropped")
        return measured

    @contextmanager
    def _full_disk(self, session: Session, folder: Path) -> Iterator[Path | None]:
        if self.log_on_standard_output:
            yield None
            return
        with small_tmpfs(session, folder / "disk") as disk:
            (disk / "access.log").touch(mode=0o600)
            fill(disk / "filler")
            yield disk


def slowdown(usual: load.WrkResult, blocked: load.WrkResult) -> str | None:
    p99_limit = usual.p99Ms * P99_FACTOR_MAX + P99_ALLOWANCE_MS
    if blocked.per_second >= usual.per_second * THROUGHPUT_SHARE_MIN and blocked.p99Ms <= p99_limit:
        return None
    return (
        f"{usual.per_second:.0f} to {blocked.per_second:.0f} requests/s, "
        f"p99 {usual.p99Ms:.2f} to {blocked.p99Ms:.2f} ms"
    )


@dataclass(frozen=True)
class Gateway:
    process: Process
    port: int


def _start(bench: Bench, proxy: Proxy, folder: Path, log: str, output: int) -> Gateway:
    """One listener, /small to the origin and /dead to an endpoint that refuses."""
    port, dead = free_port(), free_port()
    routes = [("/", "origin"), ("/dead", "dead")]
    config = folder / "sluice.yaml"
    config.write_text(
        sluice_config([port], routes, {"origin": [bench.origin.port], "dead": [dead]}, workers=1, access_log=log)
    )
    process = bench.session.spawn(
        proxy.name,
        [proxy.binary, "run", "--config", str(config)],
        core=bench.pinning.proxy,
        environment=sluice_environment(folder),
        output=output,
        errors=output,
    )
    wait_for_port(port, process)
    return Gateway(process, port)


def _measure(bench: Bench, gateway: Gateway) -> tuple[load.WrkResult, Measurement]:
    expected = exchange.get(gateway.port, "/small")
    exchange.require(expected, 200, len(SMALL_BODY))
    url = f"http://127.0.0.1:{gateway.port}/small"
    load.run_wrk(bench.session, url, WARM_UP_SECONDS, {}, bench.pinning.load)
    pids = usage.process_tree(gateway.process.pid)
    before = usage.sample_cpu(pids)
    with failing_requests(gateway.port):
        result = load.run_wrk(bench.session, url, bench.seconds, {}, bench.pinning.load)
    cpu = usage.cpu_between(before, usage.sample_cpu(pids))
    gateway.process.require_alive()
    result.require_clean(expected)
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


@contextmanager
def failing_requests(port: int) -> Iterator[None]:
    """Asks for /dead all the time; each answer must be the 502 that it is."""
    ended = threading.Event()
    problems: list[str] = []

    def run() -> None:
        while not ended.wait(FAILURE_INTERVAL_SECONDS):
            try:
                exchange.require(exchange.get(port, "/dead"), 502, None)
            except (OSError, RowFailure) as error:
                problems.append(str(error))
                return

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(20)
    if problems or thread.is_alive():
        raise RowFailure(f"the failing request: {problems[0] if problems else 'no answer in 20 s'}")


@contextmanager
def full_pipe() -> Iterator[tuple[int, int]]:
    """(reader, writer) of a pipe that takes not one byte more."""
    reader, writer = os.pipe()
    flags = fcntl.fcntl(writer, fcntl.F_GETFL)
    try:
        fcntl.fcntl(writer, fcntl.F_SETFL, flags | os.O_NONBLOCK)
        for size in (4096, 1):
            try:
                while True:
                    os.write(writer, b"." * size)
            except BlockingIOError:
                pass
        fcntl.fcntl(writer, fcntl.F_SETFL, flags)
        yield reader, writer
    finally:
        os.close(reader)
        try:
            os.close(writer)
        except OSError:
            pass


@contextmanager
def small_tmpfs(session: Session, folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TMPFS_BYTES}", "tmpfs", str(folder)], check=True)
    session.on_exit(lambda: _unmount(folder))
    try:
        yield folder
    finally:
        _unmount(folder)


def _unmount(folder: Path) -> None:
    if folder.is_mount():
        # Lazily, for on a failure the gateway may still hold its log open.
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def _read_until_end(session: Session, gateway: Gateway, reader: int, writer: int) -> bytes:
    """Takes what the gateway still has to say, with some more requests and its end."""
    told = bytearray()
    os.close(writer)

    def drain() -> None:
        while piece := os.read(reader, 65536):
            told.extend(piece)

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    deadline = time.monotonic() + 2
    while time.monotonic() < deadline:
        exchange.require(exchange.get(gateway.port, "/small"), 200, len(SMALL_BODY))
        time.sleep(0.05)
    gateway.process.popen.send_signal(signal.SIGTERM)
    session.stop(gateway.process)
    thread.join(10)
    return bytes(told)
