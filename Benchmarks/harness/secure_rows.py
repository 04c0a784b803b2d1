"""The rows with TLS and HTTP/2: the same certificate, streams and messages for every proxy."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import exchange, load, usage
from .measurement import PER_CONNECTION, PER_REQUEST, Measurement, Units
from .origin import GRPC_ANSWER, GRPC_PATH, KIB, MIB, SMALL_BODY, grpc_message
from .proxies import LARGE_NGINX, Plan, Proxy
from .rows import SETTLE_SECONDS, WARM_UP_SECONDS, Bench, RequestRow, Row, Target
from .session import Process, RowFailure
from .tls_load import THREADS

PER_HANDSHAKE = Units("CPU us/handshake", "handshakes/s")
CONNECTIONS, STREAMS = 8, 8
"""Of h2load: as many requests at a time as wrk has in the other rows."""
IDLE_SECURE_CONNECTIONS = 2_000
RESUMED_SHARE_MIN = 0.95
AT_BEST_PEER = (Target(1.0, "peers"),)
BENCHMARKS = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class SecureRequestRow(RequestRow):
    """wrk, with HTTP/1.1 in TLS."""

    scheme = "https"

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name != LARGE_NGINX

    def _plan(self, bench: Bench, plan: Plan) -> Plan:
        return replace(plan, certificate=bench.certificate)

    def _probe(self, bench: Bench, port: int) -> exchange.Response:
        tls = bench.certificate.context("http/1.1")
        response = exchange.get(port, self.path, self.fields, tls)
        exchange.require(response, 200, self.body_length)
        return response


@dataclass(frozen=True)
class HandshakeRow(Row):
    """A connection for each request, TLS 1.3 with X25519 where the proxy chooses; new, or resumed with a ticket."""

    units: Units = PER_HANDSHAKE
    is_resumed: bool = False

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name != LARGE_NGINX

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        plan = Plan([bench.origin.port], core=bench.pinning.proxy, certificate=bench.certificate)
        process = proxy.start(bench.session, plan)
        self._load(bench, plan, WARM_UP_SECONDS)
        pids = usage.process_tree(process.pid)
        before = usage.sample_cpu(pids)
        result = self._load(bench, plan, bench.seconds)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        peak = usage.peak_resident_bytes(pids) / MIB
        bench.session.stop(process)
        count = int(result["handshakes"])
        microseconds = 1e6 / count
        return Measurement(
            cpu.total * microseconds,
            cpu.user * microseconds,
            cpu.system * microseconds,
            count / float(result["seconds"]),
            float(result["p50Ms"]),
            float(result["p99Ms"]),
            peak,
        )

    def _load(self, bench: Bench, plan: Plan, seconds: float) -> dict[str, float]:
        kind = "resumed" if self.is_resumed else "new"
        numbers = [str(plan.port), str(bench.certificate.authority), str(seconds)]
        arguments = [*numbers, kind, "/small", str(len(SMALL_BODY))]
        script = [sys.executable, "-m", "harness.tls_load", *arguments]
        text = output_of(bench, "tls-load", script, {"PYTHONPATH": str(BENCHMARKS)})
        return believe_handshakes(json.loads(text), self.is_resumed)


def believe_handshakes(result: dict[str, object], is_resumed: bool) -> dict[str, float]:
    """None has failed, and each was of the kind that was asked for, but for the first of each client."""
    failures, count, resumed = result["failures"], int(str(result["handshakes"])), int(str(result["resumed"]))
    if failures:
        raise RowFailure(f"{failures}")
    if count == 0:
        raise RowFailure("no handshake was completed")
    if is_resumed and resumed < (count - THREADS) * RESUMED_SHARE_MIN:
        raise RowFailure(f"{resumed} of {count} sessions were resumed")
    if not is_resumed and resumed:
        raise RowFailure(f"{resumed} of {count} handshakes were not new")
    return {name: float(str(value)) for name, value in result.items() if name != "failures"}


@dataclass(frozen=True)
class HTTP2Row(Row):
    """h2load with one thread, 8 connections and 8 streams on each."""

    path: str = "/small"
    body_length: int = len(SMALL_BODY)
    endpoints_speak_http2: bool = False
    message: bytes | None = None
    """What is sent with POST, as gRPC."""

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name != LARGE_NGINX

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        origin = bench.http2_origin if self.endpoints_speak_http2 else bench.origin
        plan = Plan(
            [origin.port],
            core=bench.pinning.proxy,
            certificate=bench.certificate,
            endpoints_speak_http2=self.endpoints_speak_http2,
        )
        process = proxy.start(bench.session, plan)
        folder = bench.session.new_folder("h2load")
        if self.message is not None:
            (folder / "message").write_bytes(self.message)
        self._probe(plan.port, folder)
        self._load(bench, plan.port, WARM_UP_SECONDS, folder)
        pids = usage.process_tree(process.pid)
        before = usage.sample_cpu(pids)
        result = self._load(bench, plan.port, bench.seconds, folder)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        self._probe(plan.port, folder)
        peak = usage.peak_resident_bytes(pids) / MIB
        bench.session.stop(process)
        microseconds = 1e6 / result.requests
        return Measurement(
            cpu.total * microseconds,
            cpu.user * microseconds,
            cpu.system * microseconds,
            result.requests / bench.seconds,
            result.p50_ms,
            result.p99_ms,
            peak,
        )

    def _fields(self) -> list[str]:
        return ["content-type: application/grpc", "te: trailers"] if self.message is not None else []

    def _probe(self, port: int, folder: Path) -> None:
        """One request by nghttp, which tells every frame: what the load does not look at."""
        command = ["nghttp", "--verbose", "--timeout=10", "--no-dep", "--no-verify-peer"]
        for line in self._fields():
            command += ["--header", line]
        if self.message is not None:
            command += ["--data", str(folder / "message")]
        url = f"https://127.0.0.1:{port}{self.path}"
        done = subprocess.run([*command, url], capture_output=True, check=False, timeout=20)
        frames = done.stdout.decode(errors="replace")
        if done.returncode != 0 or not re.search(r"recv \(stream_id=\d+\) :status: 200\n", frames):
            raise RowFailure(f"nghttp ended with {done.returncode}: {frames[-300:]}")
        size = sum(map(int, re.findall(r"recv DATA frame <length=(\d+)", frames)))
        if size != self.body_length:
            raise RowFailure(f"{size} bytes instead of {self.body_length}")
        if self.message is not None and not re.search(r"recv \(stream_id=\d+\) grpc-status: 0\n", frames):
            raise RowFailure("no grpc-status came")

    def _load(self, bench: Bench, port: int, seconds: int, folder: Path) -> H2LoadResult:
        log = folder / "requests"
        log.unlink(missing_ok=True)
        command = ["h2load", "-t1", f"-c{CONNECTIONS}", f"-m{STREAMS}", f"-D{seconds}", f"--log-file={log}"]
        for line in self._fields():
            command += ["-H", line]
        if self.message is not None:
            command += ["-d", str(folder / "message")]
        text = output_of(bench, "h2load", [*command, f"https://127.0.0.1:{port}{self.path}"])
        return H2LoadResult.of(text, log).require_clean(self.body_length)


@dataclass(frozen=True)
class H2LoadResult:
    requests: int
    """That were answered, whole."""
    failed: int
    successes: int
    data_bytes: int
    p50_ms: float
    p99_ms: float

    @staticmethod
    def of(text: str, log: Path) -> H2LoadResult:
        counts = re.search(
            r"requests: .* (\d+) done, (\d+) succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text
        )
        statuses = re.search(r"status codes: (\d+) 2xx", text)
        data = re.search(r"\((\d+)\) data", text)
        if not counts or not statuses or not data:
            raise RowFailure(f"h2load has no result: {text[-300:]}")
        done, succeeded, failed, errored, late = map(int, counts.groups())
        # A line: when it began, the status, how long it took in microseconds.
        times = sorted(int(line.split()[2]) for line in log.read_text().splitlines())
        middle = times[len(times) // 2] / 1e3 if times else 0.0
        high = times[len(times) * 99 // 100] / 1e3 if times else 0.0
        problems = failed + errored + late + done - succeeded
        return H2LoadResult(done, problems, int(statuses.group(1)), int(data.group(1)), middle, high)

    def require_clean(self, body_length: int) -> H2LoadResult:
        # What was under way at the end counts its head and its bytes, and not itself.
        under_way = self.successes - self.requests
        if self.requests == 0 or self.failed or not 0 <= under_way <= CONNECTIONS * STREAMS:
            raise RowFailure(f"{self.requests} done, {self.failed} failed, {self.successes} with status 2xx")
        extra = self.data_bytes - self.requests * body_length
        if not 0 <= extra <= CONNECTIONS * STREAMS * body_length:
            raise RowFailure(f"{self.data_bytes} bytes for {self.requests} bodies of {body_length}")
        return self


def output_of(bench: Bench, name: str, command: Sequence[str], environment: dict[str, str] | None = None) -> str:
    process = bench.session.spawn(
        name, command, core=bench.pinning.load, environment=environment, output=subprocess.PIPE
    )
    assert process.popen.stdout is not None
    text = process.popen.stdout.read().decode()
    process.popen.stdout.close()
    code = bench.session.stop(process)
    if code != 0:
        raise RowFailure(f"{name} ended with code {code}: {process.error_tail(300)}")
    return text


@dataclass(frozen=True)
class IdleSecureRow(Row):
    """As the row `idle`, with TLS."""

    units: Units = PER_CONNECTION

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name != LARGE_NGINX

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        tls = bench.certificate.context("http/1.1")
        plan = Plan([bench.origin.port], core=bench.pinning.proxy, certificate=bench.certificate)
        process: Process = proxy.start(bench.session, plan)
        load.run_wrk(bench.session, f"https://127.0.0.1:{plan.port}/small", WARM_UP_SECONDS, {}, bench.pinning.load)
        pids = usage.process_tree(process.pid)
        before = usage.resident_bytes(pids)
        with load.idle_connections(plan.port, "/small", IDLE_SECURE_CONNECTIONS, tls) as held:
            time.sleep(SETTLE_SECONDS)
            grown = usage.resident_bytes(pids) - before
            for connection in held:
                load.exchange_once(connection, plan.port, "/small")
            measurement = Measurement(
                grown / KIB / IDLE_SECURE_CONNECTIONS,
                rate=float(len(held)),
                peak_mib=usage.peak_resident_bytes(pids) / MIB,
            )
        process.require_alive()
        bench.session.stop(process)
        return measurement


def secure_rows() -> list[Row]:
    message = grpc_message(b"a question of some bytes")
    return [
        SecureRequestRow("tls-keepalive", "small response, keep-alive, HTTP/1.1 in TLS", targets=AT_BEST_PEER),
        HandshakeRow("tls-handshake-new", "a new handshake (TLS 1.3) and a small response", targets=AT_BEST_PEER),
        HandshakeRow(
            "tls-handshake-resumed", "a resumed handshake and a small response", targets=AT_BEST_PEER, is_resumed=True
        ),
        HTTP2Row("h2-to-h1", "small response, HTTP/2 in TLS to HTTP/1.1", targets=AT_BEST_PEER),
        HTTP2Row(
            "h2-to-h2", "small response, HTTP/2 in TLS to HTTP/2", targets=AT_BEST_PEER, endpoints_speak_http2=True
        ),
        HTTP2Row(
            "grpc-unary",
            "gRPC call with messages of some bytes, HTTP/2 in TLS to HTTP/2",
            targets=AT_BEST_PEER,
            path=GRPC_PATH,
            body_length=len(grpc_message(GRPC_ANSWER)),
            endpoints_speak_http2=True,
            message=message,
        ),
        IdleSecureRow("tls-idle", f"{IDLE_SECURE_CONNECTIONS} idle keep-alive connections with TLS"),
    ]
