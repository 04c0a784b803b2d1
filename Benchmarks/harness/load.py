"""Load: wrk for requests, plain sockets for bulk transfers and idle connections."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .exchange import Response, connect, read_head, read_response, request_bytes
from .session import RowFailure, Session

WRK_SCRIPT = Path(__file__).resolve().parent.parent / "wrk_report.lua"
CLIENTS = 64
DISCARD_BYTES = 1 << 20
SOURCES = [f"127.0.0.{number}" for number in range(2, 6)]
"""Client addresses of the idle connections: four, so that no address runs out of ports."""


@dataclass(frozen=True)
class WrkResult:
    requests: int
    bytes: int
    seconds: float
    p50Ms: float  # noqa: N815 (the names of the report)
    p99Ms: float  # noqa: N815
    connect: int
    read: int
    write: int
    status: int
    timeout: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def require_clean(self, expected: Response) -> None:
        """No error, nothing but the expected status, and as many bytes as that many whole responses have."""
        kinds = {
            "connect errors": self.connect,
            "read errors": self.read,
            "write errors": self.write,
            "responses that are not 2xx or 3xx": self.status,
            "timeouts": self.timeout,
        }
        problems = [f"{count} {kind}" for kind, count in kinds.items() if count]
        if self.requests == 0:
            problems.append("no request was answered")
        size = expected.wire_length
        if abs(self.bytes - self.requests * size) > CLIENTS * size + self.bytes // 200:
            problems.append(f"{self.bytes} bytes for {self.requests} responses of {size}")
        if problems:
            raise RowFailure(", ".join(problems))


def run_wrk(
    session: Session,
    url: str,
    seconds: int,
    fields: dict[str, str],
    core: int | None,
    pause_ms: int | None = None,
    clients: int = CLIENTS,
) -> WrkResult:
    """wrk takes whole seconds only. `pause_ms`: what each connection waits before each request."""
    arguments = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "5s", "-s", str(WRK_SCRIPT)]
    for name, value in fields.items():
        arguments += ["-H", f"{name}: {value}"]
    environment = {} if pause_ms is None else {"WRK_PAUSE_MS": str(pause_ms)}
    wrk = session.spawn("wrk", [*arguments, url], core=core, environment=environment, output=subprocess.PIPE)
    assert wrk.popen.stdout is not None
    text = wrk.popen.stdout.read().decode()
    wrk.popen.stdout.close()
    code = session.stop(wrk)
    for line in text.splitlines():
        if line.startswith("RESULT "):
            return WrkResult(**json.loads(line.removeprefix("RESULT ")))
    raise RowFailure(f"wrk ended with code {code} and no result: {text[-300:]} {wrk.error_tail(300)}")


@dataclass(frozen=True)
class Transfers:
    """Bulk transfers one after the other on one connection."""

    bytes: int
    seconds: float
    durations: list[float]


def download(port: int, path: str, length: int, seconds: float) -> Transfers:
    """Repeats a download for at least `seconds`. The kernel drops the body (MSG_TRUNC), so that we cost little."""
    scratch = bytearray(DISCARD_BYTES)

    def once(connection: socket.socket) -> None:
        connection.sendall(request_bytes("GET", path, port))
        head, rest = read_head(connection)
        if head.status != 200 or head.content_length() != length:
            raise RowFailure(f"status {head.status}, Content-Length {head.content_length()} instead of {length}")
        missing = length - len(rest)
        while missing > 0:
            count = connection.recv_into(scratch, min(missing, DISCARD_BYTES), socket.MSG_TRUNC)
            if count == 0:
                raise RowFailure(f"a download ended {missing} bytes short")
            missing -= count

    with connect(port, timeout=60) as connection:
        return _repeat(connection, once, length, seconds)


def upload(port: int, file: Path, seconds: float) -> Transfers:
    """Repeats an upload for at least `seconds`; the origin answers with the number of bytes it has read."""
    length = file.stat().st_size

    def once(connection: socket.socket) -> None:
        connection.sendall(request_bytes("POST", "/upload", port, {"Content-Length": str(length)}))
        with file.open("rb") as body:
            connection.sendfile(body)
        response = read_response(connection)
        if response.head.status != 200 or response.body != str(length).encode():
            raise RowFailure(f"status {response.head.status}, the origin read {response.body[:40]!r} of {length} bytes")

    with connect(port, timeout=60) as connection:
        return _repeat(connection, once, length, seconds)


def _repeat(connection: socket.socket, once: Callable[[socket.socket], None], length: int, seconds: float) -> Transfers:
    durations: list[float] = []
    start = time.monotonic()
    while not durations or time.monotonic() - start < seconds:
        began = time.monotonic()
        once(connection)
        durations.append(time.monotonic() - began)
    return Transfers(length * len(durations), time.monotonic() - start, durations)


@contextmanager
def idle_connections(
    port: int, path: str, count: int, tls: ssl.SSLContext | None = None
) -> Iterator[list[socket.socket]]:
    """Connections that have each had one exchange and now wait."""
    held: list[socket.socket] = []
    try:
        for number in range(count):
            connection = connect(port, SOURCES[number % len(SOURCES)], tls=tls)
            held.append(connection)
            exchange_once(connection, port, path)
        yield held
    except OSError as error:
        raise RowFailure(f"after {len(held)} idle connections: {os.strerror(error.errno or 0)}") from error
    finally:
        for connection in held:
            connection.close()


def exchange_once(connection: socket.socket, port: int, path: str) -> None:
    connection.sendall(request_bytes("GET", path, port))
    response = read_response(connection)
    if response.head.status != 200:
        raise RowFailure(f"status {response.head.status} on an idle connection")
