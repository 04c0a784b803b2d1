"""Mixed load. Every client checks every byte it gets back; whatever is not as expected is a failed request."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import os
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from .ledger import Ledger
from .wire import (
    BIG_BLOCK,
    BIG_BYTES,
    Head,
    WireError,
    accept_value,
    chunk,
    chunked_parts,
    read_body,
    read_frame,
    read_head,
    write_frame,
)

REQUEST_SECONDS_MAX = 20.0
ECHO_BYTES_MAX = 192 * 1024
STREAM_LIMIT = 256 * 1024
SLOW_READ_SECONDS = 0.05
WEBSOCKET_MESSAGES = 25

FAULTS = (OSError, EOFError, WireError, TimeoutError, ValueError, IndexError, asyncio.LimitOverrunError)


@dataclass
class Stop:
    """Clients look at it between exchanges, so that none is cut."""

    is_set: bool = False


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    is_last: bool = False

    async def exchange(self, method: str, path: str, body: bytes = b"", chunked: bool = False) -> tuple[Head, bytes]:
        if self.reader.at_eof() or self.writer.is_closing():
            raise WireError("the gateway has closed the connection while it was idle")
        self.send(method, path, body, chunked)
        await self.writer.drain()
        head = await read_head(self.reader)
        if head.start[1] != "200":
            raise WireError(f"{' '.join(head.start)} {head.fields.get('proxy-status', '')}")
        self.is_last = head.fields.get("connection", "").lower() == "close"
        return head, await read_body(self.reader, head)

    def send(self, method: str, path: str, body: bytes = b"", chunked: bool = False, extra: str = "") -> None:
        framing = ""
        if chunked:
            framing = "Transfer-Encoding: chunked\r\n"
        elif body:
            framing = f"Content-Length: {len(body)}\r\n"
        self.writer.write(f"{method} {path} HTTP/1.1\r\nHost: soak.test\r\n{framing}{extra}\r\n".encode())
        if chunked:
            for offset in range(0, len(body), 5000):
                self.writer.write(chunk(body[offset : offset + 5000]))
            self.writer.write(b"0\r\n\r\n")
        else:
            self.writer.write(body)


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=STREAM_LIMIT)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


@dataclass
class Clients:
    port: int
    ledger: Ledger
    stop: Stop

    def all(self) -> list[Awaitable[None]]:
        kinds: list[tuple[Callable[[], Awaitable[None]], int]] = [
            (self.small_keep_alive, 8),
            (self.small_new_connections, 4),
            (self.chunked, 3),
            (self.echo, 4),
            (self.websocket, 4),
            (self.slow_reader, 4),
        ]
        return [client() for client, count in kinds for _ in range(count)]

    async def small_keep_alive(self) -> None:
        await self.repeat_on_one_connection("small", self.get_small, 0.02)

    async def chunked(self) -> None:
        await self.repeat_on_one_connection("chunked", self.get_chunked, 0.03)

    async def echo(self) -> None:
        await self.repeat_on_one_connection("echo", self.post_echo, 0.05)

    async def small_new_connections(self) -> None:
        while not self.stop.is_set:
            path = self.ledger.next_path("small")
            async with self.recorded("new", path):
                async with connected(self.port) as connection:
                    await self.get_small(connection, path)
            await asyncio.sleep(random.uniform(0, 0.03))

    async def slow_reader(self) -> None:
        while not self.stop.is_set:
            path = self.ledger.next_path("big")
            async with self.recorded("slow", path):
                async with connected(self.port) as connection:
                    await self.read_slowly(connection, path)

    async def websocket(self) -> None:
        while not self.stop.is_set:
            path = self.ledger.next_path("ws")
            async with self.recorded("websocket", path):
                async with connected(self.port) as connection:
                    await self.echo_messages(connection, path)

    async def repeat_on_one_connection(
        self, kind: str, step: Callable[[Connection, str], Awaitable[None]], pause: float
    ) -> None:
        """The listener stays over all reloads, so the gateway may end the connection only with `Connection: close`."""
        while not self.stop.is_set:
            path = ""
            try:
                async with connected(self.port) as connection:
                    while not self.stop.is_set and not connection.is_last:
                        path = self.ledger.next_path(kind)
                        async with asyncio.timeout(REQUEST_SECONDS_MAX):
                            await step(connection, path)
                        self.ledger.succeed(kind)
                        path = ""
                        await asyncio.sleep(random.uniform(0, 2 * pause))
                    self.ledger.closed_in_order += connection.is_last
            except FAULTS as fault:
                self.ledger.fail(kind, path or "(connecting)", describe(fault))
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def recorded(self, kind: str, path: str) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(REQUEST_SECONDS_MAX):
                yield
            self.ledger.succeed(kind)
        except FAULTS as fault:
            self.ledger.fail(kind, path, describe(fault))
            await asyncio.sleep(0.1)

    async def get_small(self, connection: Connection, path: str) -> None:
        _, body = await connection.exchange("GET", path)
        expect(body, path.encode())

    async def get_chunked(self, connection: Connection, path: str) -> None:
        _, body = await connection.exchange("GET", path)
        expect(body, b"".join(chunked_parts(path)))

    async def post_echo(self, connection: Connection, path: str) -> None:
        sent = random.randbytes(random.choice((1, 100, 5000, random.randrange(1, ECHO_BYTES_MAX))))
        _, body = await connection.exchange("POST", path, sent, chunked=random.random() < 0.3)
        expect(body, sent)

    async def read_slowly(self, connection: Connection, path: str) -> None:
        connection.send("GET", path)
        head = await read_head(connection.reader)
        if head.start[1] != "200" or head.fields.get("content-length") != str(BIG_BYTES):
            raise WireError(" ".join(head.start))
        for _ in range(BIG_BYTES // len(BIG_BLOCK)):
            expect(await connection.reader.readexactly(len(BIG_BLOCK)), BIG_BLOCK)
            await asyncio.sleep(SLOW_READ_SECONDS)

    async def echo_messages(self, connection: Connection, path: str) -> None:
        """Some seconds long, so that each lives through a reload."""
        key = base64.b64encode(os.urandom(16)).decode()
        connection.send(
            "GET",
            path,
            extra="Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {key}\r\n",
        )
        head = await read_head(connection.reader)
        if head.start[1] != "101" or head.fields.get("sec-websocket-accept") != accept_value(key):
            raise WireError(f"no WebSocket: {' '.join(head.start)}")
        for _ in range(WEBSOCKET_MESSAGES):
            sent = random.randbytes(random.randrange(1, 2000))
            write_frame(connection.writer, 2, sent, mask=os.urandom(4))
            _, echoed = await read_frame(connection.reader)
            expect(echoed, sent)
            await asyncio.sleep(random.uniform(0, 0.3))
        write_frame(connection.writer, 8, b"", mask=os.urandom(4))
        opcode, _ = await read_frame(connection.reader)
        if opcode != 8 or await connection.reader.read(1):
            raise WireError("the tunnel does not end after its close frame")


def expect(received: bytes, expected: bytes) -> None:
    if received != expected:
        digests = [hashlib.sha1(data).hexdigest()[:8] for data in (received, expected)]
        raise WireError(f"{len(received)} bytes ({digests[0]}) instead of {len(expected)} ({digests[1]})")


def describe(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {fault}"[:300]
