#!/usr/bin/env python3
"""Python's websockets as a client: messages of every size, many connections, and each way for one to end.

  websockets_client.py --url https://localhost:8443 --ca ca.pem        wss; http: ws
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable

import verdicts
from verdicts import equal, require
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, ConnectionClosedError
from websockets.typing import Subprotocol

options = verdicts.arguments(__doc__)
URL = options.url.replace("http", "ws", 1) + "/echo"
LARGEST = 16 * verdicts.MIB
PARALLEL, MESSAGES = 50, 20


def trust() -> ssl.SSLContext | None:
    return ssl.create_default_context(cafile=options.ca) if options.ca else None


def opened(*, compression: str | None = None, subprotocols: list[Subprotocol] | None = None) -> connect:
    return connect(
        URL, ssl=trust(), compression=compression, subprotocols=subprotocols, max_size=2 * LARGEST, proxy=None,
        open_timeout=10, close_timeout=10,
    )  # fmt: skip


async def echo(socket: ClientConnection, message: str | bytes) -> None:
    await socket.send(message)
    found = await asyncio.wait_for(socket.recv(), 20)
    require(found == message, f"{len(message)} came back as {len(found)}, or changed")


async def every_size() -> None:
    async with opened() as socket:
        for size in (0, 1, 125, 126, 65_535, 65_536, verdicts.MIB, LARGEST):
            await echo(socket, b"".join(verdicts.pieces(size)))
            await echo(socket, "ü" * (size // 2))


async def compressed() -> None:
    async with opened(compression="deflate") as socket:
        require(socket.response and "permessage-deflate" in socket.response.headers["Sec-WebSocket-Extensions"], "none")
        for size in (0, 1, verdicts.MIB):
            await echo(socket, b"".join(verdicts.pieces(size)))


async def fragmented() -> None:
    async with opened() as socket:
        parts = [b"one", b"", b"two" * 10_000, b"three"]
        await socket.send(parts)
        equal(await asyncio.wait_for(socket.recv(), 10), b"".join(parts), "the parts together")


async def subprotocol() -> None:
    async with opened(subprotocols=[Subprotocol("other"), Subprotocol("chat")]) as socket:
        equal(socket.subprotocol, "chat", "subprotocol")
        await echo(socket, "hello")


async def pings() -> None:
    async with opened() as socket:
        for _ in range(10):
            await asyncio.wait_for(await socket.ping(), 10)


async def closed_by_the_client() -> None:
    async with opened() as socket:
        await echo(socket, "hello")
        await socket.close(3456, "enough")
        equal((socket.close_code, socket.close_reason), (3456, "enough"), "code and reason")


async def closed_by_the_server() -> None:
    async with opened() as socket:
        await socket.send("close 4000")
        try:
            await asyncio.wait_for(socket.recv(), 10)
        except ConnectionClosed as closed:
            require(closed.rcvd is not None, "no close frame came")
            assert closed.rcvd
            equal((closed.rcvd.code, closed.rcvd.reason), (4000, "as you like"), "code and reason")
            return
    raise verdicts.Wrong("still open")


async def left_in_the_middle() -> None:
    """The client goes without a word while messages are on their way; what comes after it works."""
    for _ in range(10):
        socket = await opened()
        await socket.send(b"x" * verdicts.MIB)
        socket.transport.abort()
        try:
            while True:
                await asyncio.wait_for(socket.recv(), 10)
        except ConnectionClosedError:
            pass
    async with opened() as socket:
        await echo(socket, "hello")


async def parallel() -> None:
    async def one(number: int) -> None:
        async with opened() as socket:
            for message in range(MESSAGES):
                await echo(socket, f"{number} {message}" * 100)

    await asyncio.gather(*(one(number) for number in range(PARALLEL)))


CASES: list[Callable[[], Awaitable[None]]] = [
    every_size, compressed, fragmented, subprotocol, pings, closed_by_the_client, closed_by_the_server,
    left_in_the_middle, parallel,
]  # fmt: skip
for case in CASES:
    verdicts.run(case.__name__, lambda work=case: asyncio.run(work()))  # type: ignore[misc]
