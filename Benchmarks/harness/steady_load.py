"""Requests at a steady pace, whatever becomes of those before: `steady_load.py PORT PER_SECOND SECONDS`.

A process of its own, since it must keep its pace. Connections are kept alive and used again; there are as many as there
are requests under way. Prints one JSON object: of each answer the status, whether it had Retry-After, the seconds that
it took and the second at which it came.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

REQUEST = b"GET / HTTP/1.1\r\nHost: bench\r\n\r\n"


class Connection(asyncio.Protocol):
    def __init__(self, load: Load) -> None:
        self.load = load
        self.transport: asyncio.Transport | None = None
        self.received = b""
        self.began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def send(self, began: float) -> None:
        assert self.transport is not None
        self.began = began
        self.transport.write(REQUEST)

    def data_received(self, data: bytes) -> None:
        self.received += data
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return
        lines = self.received[:end].decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = int(fields.get("content-length", "0"))
        if len(self.received) < end + 4 + length:
            return
        self.received = b""
        self.load.ended(int(lines[0].split(" ")[1]), "retry-after" in fields, time.monotonic() - self.began)
        self.began = 0.0
        if fields.get("connection", "").lower() == "close":
            assert self.transport is not None
            self.transport.close()
        else:
            self.load.idle.append(self)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self.load.idle:
            self.load.idle.remove(self)
        if self.began:
            self.load.ended(0, False, time.monotonic() - self.began)


class Load:
    def __init__(self, port: int) -> None:
        self.port = port
        self.idle: list[Connection] = []
        self.open = 0
        self.started = time.monotonic()
        self.answers: list[tuple[int, bool, float, float]] = []

    def ended(self, status: int, has_retry_after: bool, seconds: float) -> None:
        self.open -= 1
        self.answers.append((status, has_retry_after, seconds, time.monotonic() - self.started))

    async def request(self) -> None:
        self.open += 1
        began = time.monotonic()
        if self.idle:
            return self.idle.pop().send(began)
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Connection(self), "127.0.0.1", self.port
            )
            connection.send(began)
        except OSError:
            self.ended(0, False, time.monotonic() - began)

    async def run(self, per_second: int, seconds: float) -> None:
        start = self.started = time.monotonic()
        tasks: set[asyncio.Task[None]] = set()
        for number in range(int(per_second * seconds)):
            wait = start + number / per_second - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            task = asyncio.ensure_future(self.request())
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        while self.open > 0 and time.monotonic() - start < seconds + 15:
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    load = Load(int(sys.argv[1]))
    asyncio.run(load.run(int(sys.argv[2]), float(sys.argv[3])))
    print(json.dumps({"answers": load.answers, "unanswered": load.open}))
