#!/usr/bin/env python3
"""A WebSocket server that sends back every message: websocket_server.py PORT."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Sequence

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

MESSAGE_BYTES_MAX = 32 << 20


async def echo(connection: ServerConnection) -> None:
    try:
        async for message in connection:
            if message == "close 4000":
                await connection.close(4000, "as you like")
            await connection.send(message)
    except ConnectionClosed:
        pass


def choose(connection: ServerConnection, offered: Sequence[Subprotocol]) -> Subprotocol | None:
    """Whoever offers `chat` gets it."""
    return next((name for name in offered if name == "chat"), None)


async def main() -> None:
    ended = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set_result, None)
    port = int(sys.argv[1])
    async with serve(echo, "127.0.0.1", port, max_size=MESSAGE_BYTES_MAX, select_subprotocol=choose):
        await ended


asyncio.run(main())
