"""Memory under peers that stop: a proxy must hold back the sender instead of growing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass

from . import usage
from .exchange import connect, read_head, request_bytes
from .measurement import GROWTH, Measurement, Units
from .origin import MIB
from .proxies import Plan, Proxy
from .rows import Bench, Row
from .session import RowFailure

CLIENTS = 100
BODY_BYTES = 30 * MIB
STALL_SECONDS = 6.0
SAMPLE_SECONDS = 0.1
JOIN_SECONDS = 120.0


class StalledOrigin:
    """A listener whose connections are each served by one function in a thread of their own."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self.server = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port: int = self.server.getsockname()[1]
        self.served = 0
        self._serve = serve
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for held in [self.server, *self._open]:
            with suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._serve_one, args=(connection,), daemon=True).start()

    def _serve_one(self, connection: socket.socket) -> None:
        try:
            self._serve(connection)
            self.served += 1
        except OSError:
            pass


def send_and_close(connection: socket.socket) -> None:
    """Reads a head, answers with BODY_BYTES as fast as they are taken, and closes."""
    _read_request_head(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % BODY_BYTES)
    block = bytes(MIB)
    for _ in range(BODY_BYTES // MIB):
        connection.sendall(block)
    connection.close()


def read_head_only(connection: socket.socket) -> None:
    _read_request_head(connection)
    threading.Event().wait(JOIN_SECONDS)


def _read_request_head(connection: socket.socket) -> None:
    received = b""
    while b"\r\n\r\n" not in received:
        # One byte at a time: the body must stay in the kernel.
        piece = connection.recv(1)
        if not piece:
            raise OSError("ended inside a request head")
        received += piece


class MemoryWatch:
    """Samples the resident memory of a tree; `growth` is its highest value less the one at the start."""

    def __init__(self, pids: list[int]) -> None:
        self._pids = pids
        self.baseline = self.highest = usage.resident_bytes(pids)

    def watch(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self.highest = max(self.highest, usage.resident_bytes(self._pids))
            time.sleep(SAMPLE_SECONDS)

    @property
    def growth(self) -> int:
        return self.highest - self.baseline


@dataclass(frozen=True)
class StalledReadersRow(Row):
    """Clients that ask and do not read; afterwards they read, and every byte must be there."""

    units: Units = GROWTH

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        with closing(StalledOrigin(send_and_close)) as origin, ExitStack() as held:
            plan = Plan([origin.port], core=bench.pinning.proxy)
            process = proxy.start(bench.session, plan)
            pids = usage.process_tree(process.pid)
            watch = MemoryWatch(pids)
            clients = [held.enter_context(connect(plan.port, timeout=60)) for _ in range(CLIENTS)]
            for client in clients:
                client.sendall(request_bytes("GET", "/", plan.port))
            watch.watch(STALL_SECONDS)
            process.require_alive()
            _read_all(clients)
            peak = usage.peak_resident_bytes(pids)
            bench.session.stop(process)
        return Measurement(watch.growth / MIB, rate=float(CLIENTS), peak_mib=peak / MIB)


def _read_all(clients: list[socket.socket]) -> None:
    """Each in a thread, for the proxy serves them all at once."""
    problems: list[str] = []

    def read(client: socket.socket) -> None:
        try:
            head, rest = read_head(client)
            missing = head.content_length() - len(rest)
            scratch = bytearray(MIB)
            while missing > 0:
                count = client.recv_into(scratch, min(missing, MIB), socket.MSG_TRUNC)
                if count == 0:
                    raise RowFailure(f"a stalled reader's body ended {missing} bytes short")
                missing -= count
            if head.status != 200 or head.content_length() != BODY_BYTES:
                raise RowFailure(f"status {head.status}, length {head.content_length()}")
        except (OSError, RowFailure) as error:
            problems.append(str(error))

    threads = [threading.Thread(target=read, args=(client,), daemon=True) for client in clients]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + JOIN_SECONDS
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    if problems or any(thread.is_alive() for thread in threads):
        stuck = sum(thread.is_alive() for thread in threads)
        raise RowFailure(f"{len(problems)} of {CLIENTS} readers failed, {stuck} stuck: {problems[:1]}")


@dataclass(frozen=True)
class HalfClosedUploadsRow(Row):
    """Clients that send what the kernel takes and then close their sending side; the upstream reads no body."""

    units: Units = GROWTH

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        with closing(StalledOrigin(read_head_only)) as origin, ExitStack() as held:
            plan = Plan([origin.port], core=bench.pinning.proxy)
            process = proxy.start(bench.session, plan)
            pids = usage.process_tree(process.pid)
            watch = MemoryWatch(pids)
            clients = [held.enter_context(connect(plan.port)) for _ in range(CLIENTS)]
            head = request_bytes("POST", "/", plan.port, {"Content-Length": str(BODY_BYTES)})
            for client in clients:
                client.sendall(head)
                client.setblocking(False)
            remaining = dict.fromkeys(clients, BODY_BYTES)
            for _ in range(5):
                _send_what_fits(remaining)
                watch.watch(0.2)
            for client in clients:
                _half_close(client)
            watch.watch(STALL_SECONDS)
            process.require_alive()
            peak = usage.peak_resident_bytes(pids)
            held.close()
            bench.session.stop(process)
        return Measurement(watch.growth / MIB, rate=float(CLIENTS), peak_mib=peak / MIB)


def _send_what_fits(remaining: dict[socket.socket, int]) -> None:
    block = memoryview(bytes(MIB))
    for client in remaining:
        try:
            # One byte is always kept back: the upload stays incomplete, so that the FIN comes inside the body.
            while remaining[client] > 1:
                remaining[client] -= client.send(block[: remaining[client] - 1])
        except BlockingIOError:
            continue
        except OSError:
            # The proxy may answer early and close: that is one way not to grow.
            remaining[client] = 0


def _half_close(client: socket.socket) -> None:
    with suppress(OSError):
        client.shutdown(socket.SHUT_WR)
