"""The application behind the gateway: asyncio, HTTP/1.1 with keep-alive, one process with several ports.

Each port names itself in `X-Origin`, so that the load can see which endpoint answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

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

IDLE_SECONDS = 5.0
"""Node's default: an application that closes idle connections is the usual case."""

REQUESTS_PER_CONNECTION_MAX = 1000
"""The connection then ends with `Connection: close`, another usual case."""


@dataclass
class Peer:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    name: str
    served: int = 0

    async def serve(self) -> None:
        with contextlib.suppress(OSError, WireError, asyncio.IncompleteReadError):
            while await self.serve_one():
                pass
        self.writer.close()

    async def serve_one(self) -> bool:
        try:
            head = await asyncio.wait_for(read_head(self.reader), IDLE_SECONDS)
        except TimeoutError:
            return False
        self.served += 1
        is_last = self.served >= REQUESTS_PER_CONNECTION_MAX or head.fields.get("connection") == "close"
        kind = head.start[1].split("/")[1]
        if kind == "ws":
            await self.echo_frames(head)
            return False
        body = await read_body(self.reader, head, default_length=0)
        if kind == "chunked":
            self.send_head(is_last, "Transfer-Encoding: chunked")
            for part in chunked_parts(head.start[1]):
                self.writer.write(chunk(part))
                await self.writer.drain()
                await asyncio.sleep(0)
            self.writer.write(b"0\r\n\r\n")
        elif kind == "big":
            self.send_head(is_last, f"Content-Length: {BIG_BYTES}")
            for _ in range(BIG_BYTES // len(BIG_BLOCK)):
                self.writer.write(BIG_BLOCK)
                await self.writer.drain()
        else:
            answer = body if kind == "echo" else head.start[1].encode()
            self.send_head(is_last, f"Content-Length: {len(answer)}")
            self.writer.write(answer)
        await self.writer.drain()
        return not is_last

    def send_head(self, is_last: bool, framing: str) -> None:
        close = "Connection: close\r\n" if is_last else ""
        self.writer.write(f"HTTP/1.1 200 OK\r\nX-Origin: {self.name}\r\n{close}{framing}\r\n\r\n".encode())

    async def echo_frames(self, head: Head) -> None:
        accept = accept_value(head.fields["sec-websocket-key"])
        self.writer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        while True:
            opcode, payload = await read_frame(self.reader)
            write_frame(self.writer, opcode, payload, mask=None)
            await self.writer.drain()
            if opcode == 8:
                return


async def run(ports: list[int]) -> None:
    def handler(name: str) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await Peer(reader, writer, name).serve()

        return handle

    servers = [await asyncio.start_server(handler(str(port)), "127.0.0.1", port, backlog=1024) for port in ports]
    await asyncio.gather(*(server.serve_forever() for server in servers))


if __name__ == "__main__":
    asyncio.run(run([int(port) for port in sys.argv[1:]]))
