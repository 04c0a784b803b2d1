#!/usr/bin/env python3
"""Requests at a rate, each with a key of its own, and exactly what came of each.

Usage: load.py --port PORT --rate N --seconds N --out FILE (--unix PATH instead of --port)

Connections are persistent. A request goes out when it is due, whatever the others are waiting for, and its time counts
from then, so that a stalled gateway cannot hide behind a stalled client. A connection that the gateway has closed
while it was idle is replaced; one that ends after a request was sent on it is a cut.

FILE gets a line of JSON for each request: key, method, status (0: none came), failure (null, or connect, closed, reset,
truncated, timeout, body), ms, at (seconds from the start), retryAfter, proxyStatus.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TextIO


@dataclass
class Result:
    key: str
    method: str
    at: float
    status: int = 0
    failure: str | None = None
    ms: float = 0.0
    retryAfter: str | None = None
    proxyStatus: str | None = None


class Cut(Exception):
    """The connection ended; the argument says how."""


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def is_usable(self) -> bool:
        return not self.reader.at_eof() and not self.writer.is_closing() and self.reader.exception() is None

    def close(self) -> None:
        self.writer.close()


@dataclass
class Load:
    options: argparse.Namespace
    random: random.Random
    out: TextIO
    idle: list[Connection]
    started: float = 0.0

    async def run(self) -> None:
        self.started = time.monotonic()
        limit = asyncio.Semaphore(self.options.connections)
        tasks: set[asyncio.Task[None]] = set()
        for number, due in enumerate(self.moments()):
            await asyncio.sleep(max(0.0, self.started + due - time.monotonic()))
            is_post = self.random.random() < self.options.posts
            result = Result(f"{self.options.prefix}{number}", "POST" if is_post else "GET", due)
            task = asyncio.ensure_future(self.limited(limit, result))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)
        for connection in self.idle:
            connection.close()

    def moments(self) -> Iterator[float]:
        """When requests are due, in seconds: evenly, or in bursts whose distance varies."""
        distance = self.options.burst / self.options.rate
        due = 0.0
        while due < self.options.seconds:
            for _ in range(self.options.burst):
                yield due
            due += distance * self.random.uniform(1 - self.options.jitter, 1 + self.options.jitter)

    async def limited(self, limit: asyncio.Semaphore, result: Result) -> None:
        async with limit:
            try:
                async with asyncio.timeout(self.options.timeout):
                    await self.exchange(result)
            except TimeoutError:
                result.failure = "timeout"
        result.ms = (time.monotonic() - self.started - result.at) * 1000
        self.out.write(json.dumps(asdict(result)) + "\n")

    async def exchange(self, result: Result) -> None:
        try:
            connection = await self.connection()
        except OSError:
            result.failure = "connect"
            return
        is_kept = False
        try:
            is_kept = await self.exchange_on(connection, result)
        except Cut as cut:
            result.failure = str(cut)
        finally:
            if is_kept and not self.options.close:
                self.idle.append(connection)
            else:
                connection.close()

    async def connection(self) -> Connection:
        while self.idle:
            if (connection := self.idle.pop()).is_usable():
                return connection
            connection.close()
        if self.options.unix:
            return Connection(*await asyncio.open_unix_connection(self.options.unix))
        return Connection(*await asyncio.open_connection("127.0.0.1", self.options.port))

    async def exchange_on(self, connection: Connection, result: Result) -> bool:
        """Whether the connection can be used again."""
        body = self.random.randbytes(self.random.randrange(1, 2000)) if result.method == "POST" else b""
        fields = f"Content-Length: {len(body)}\r\n" if body else ""
        fields += "Connection: close\r\n" if self.options.close else ""
        target = f"{self.options.path}?key={result.key}"
        head = f"{result.method} {target} HTTP/1.1\r\nHost: load.test\r\n{fields}\r\n"
        with suppress(OSError):
            # What came back before a write failed is still to be read.
            connection.writer.write(head.encode() + body)
        status, answer_fields = await read_head(connection.reader)
        length = int(answer_fields.get("content-length", "0"))
        try:
            answer = await connection.reader.readexactly(length)
        except (OSError, asyncio.IncompleteReadError):
            result.status = status
            raise Cut("truncated") from None
        result.status = status
        result.retryAfter = answer_fields.get("retry-after")
        result.proxyStatus = answer_fields.get("proxy-status")
        if status == 200 and not answer.startswith(f"{result.key} ".encode()):
            raise Cut("body")
        return answer_fields.get("connection", "").lower() != "close"


async def read_head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    try:
        text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError as error:
        raise Cut("truncated" if error.partial else "closed") from None
    except (ConnectionError, OSError):
        raise Cut("reset") from None
    first, *rest = text[:-4].split("\r\n")
    pairs = (line.partition(":") for line in rest)
    return int(first.split(" ", 2)[1]), {name.lower(): value.strip() for name, _, value in pairs}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int)
    parser.add_argument("--unix", metavar="PATH")
    parser.add_argument("--path", default="/")
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second, default 100")
    parser.add_argument("--seconds", type=float, default=5.0, help="default 5")
    parser.add_argument("--posts", type=float, default=0.0, help="share of POST, default 0")
    parser.add_argument("--burst", type=int, default=1, help="requests that are due at once, default 1")
    parser.add_argument("--jitter", type=float, default=0.0, help="of the distance between bursts, 0 to 1")
    parser.add_argument("--connections", type=int, default=256, help="at once, at most; default 256")
    parser.add_argument("--close", action="store_true", help="a new connection for each request")
    parser.add_argument("--timeout", type=float, default=20.0, help="seconds for one request, default 20")
    parser.add_argument("--prefix", default="k", help="of keys")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    with open(options.out, "w") as out:
        asyncio.run(Load(options, random.Random(options.seed), out, []).run())


if __name__ == "__main__":
    main()
