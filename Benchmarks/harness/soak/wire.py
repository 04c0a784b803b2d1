"""Bytes that the load and the origin agree on: heads, bodies, chunks and WebSocket frames."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import struct
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

BIG_BLOCK = bytes(range(256)) * 256
BIG_BYTES = 64 * len(BIG_BLOCK)
CHUNK_COUNT = 8
WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


class WireError(Exception):
    """Bytes that are not what the other side had to send."""


@dataclass(frozen=True)
class Head:
    start: list[str]
    fields: dict[str, str]


async def read_head(reader: asyncio.StreamReader) -> Head:
    text = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *rest = text[:-4].split("\r\n")
    pairs = (line.partition(":") for line in rest)
    return Head(first.split(" ", 2), {name.lower(): value.strip() for name, _, value in pairs})


async def read_body(reader: asyncio.StreamReader, head: Head, default_length: int | None = None) -> bytes:
    if head.fields.get("transfer-encoding", "").lower() == "chunked":
        return b"".join([part async for part in _read_chunks(reader)])
    length = head.fields.get("content-length", default_length)
    if length is None:
        raise WireError("a body without length")
    return await reader.readexactly(int(length))


async def _read_chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        yield await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise WireError("a chunk is longer than it says")
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def chunked_parts(path: str) -> Iterator[bytes]:
    """Different for each path, so that a body of another exchange is noticed."""
    for index in range(CHUNK_COUNT):
        yield f"{path}:{index};".encode() * (index * 40 + 1)


def accept_value(key: str) -> str:
    return base64.b64encode(hashlib.sha1((key + WEBSOCKET_GUID).encode()).digest()).decode()


async def read_frame(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """(opcode, payload) of one unfragmented frame (RFC 6455, section 5.2) of less than 64 KiB."""
    first, second = await reader.readexactly(2)
    length = second & 0x7F
    if length == 126:
        (length,) = struct.unpack("!H", await reader.readexactly(2))
    mask = await reader.readexactly(4) if second & 0x80 else None
    payload = await reader.readexactly(length)
    return first & 0x0F, _masked(payload, mask) if mask else payload


def write_frame(writer: asyncio.StreamWriter, opcode: int, payload: bytes, mask: bytes | None) -> None:
    mask_bit = 0x80 if mask else 0
    if len(payload) < 126:
        head = struct.pack("!BB", 0x80 | opcode, mask_bit | len(payload))
    else:
        head = struct.pack("!BBH", 0x80 | opcode, mask_bit | 126, len(payload))
    writer.write(head + (mask or b"") + (_masked(payload, mask) if mask else payload))


def _masked(payload: bytes, mask: bytes) -> bytes:
    repeated = (mask * (len(payload) // 4 + 1))[: len(payload)]
    return (int.from_bytes(payload) ^ int.from_bytes(repeated)).to_bytes(len(payload))
