"""A blocking HTTP/1.1 client of a few lines, to look at one response byte by byte."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass

from .session import RowFailure

HEAD_LIMIT = 64 * 1024


@dataclass(frozen=True)
class ResponseHead:
    status: int
    fields: dict[str, str]
    wire_length: int

    def content_length(self) -> int:
        value = self.fields.get("content-length")
        if value is None:
            raise RowFailure(f"a response with status {self.status} has no Content-Length")
        return int(value)


@dataclass(frozen=True)
class Response:
    head: ResponseHead
    body: bytes

    @property
    def wire_length(self) -> int:
        return self.head.wire_length + len(self.body)


def connect(
    port: int, source: str | None = None, timeout: float = 15.0, tls: ssl.SSLContext | None = None
) -> socket.socket:
    origin = (source, 0) if source else None
    connection = socket.create_connection(("127.0.0.1", port), timeout=timeout, source_address=origin)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection if tls is None else tls.wrap_socket(connection, server_hostname="127.0.0.1")


def request_bytes(method: str, path: str, port: int, fields: dict[str, str] | None = None) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in (fields or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read_head(connection: socket.socket) -> tuple[ResponseHead, bytes]:
    """The head of a final response, and the body bytes that came with it."""
    received = bytearray()
    while (end := received.find(b"\r\n\r\n")) < 0:
        piece = connection.recv(16384)
        if not piece:
            raise RowFailure(f"the connection ended inside a response head after {len(received)} bytes")
        received += piece
        if len(received) > HEAD_LIMIT:
            raise RowFailure("a response head is over 64 KiB")
    lines = received[:end].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines[1:])
    fields = {name.lower(): value.strip() for name, _, value in pairs}
    return ResponseHead(int(lines[0].split()[1]), fields, end + 4), bytes(received[end + 4 :])


def read_response(connection: socket.socket) -> Response:
    head, rest = read_head(connection)
    length = head.content_length()
    body = bytearray(rest)
    while len(body) < length:
        piece = connection.recv(min(1 << 20, length - len(body)))
        if not piece:
            raise RowFailure(f"a body ended after {len(body)} of {length} bytes")
        body += piece
    if len(body) > length:
        raise RowFailure("bytes after the end of a response")
    return Response(head, bytes(body))


def get(
    port: int, path: str, fields: dict[str, str] | None = None, tls: ssl.SSLContext | None = None
) -> Response:
    with connect(port, tls=tls) as connection:
        connection.sendall(request_bytes("GET", path, port, fields))
        return read_response(connection)


def require(response: Response, status: int, length: int | None) -> None:
    if response.head.status != status:
        raise RowFailure(f"status {response.head.status} instead of {status}: {response.body[:200]!r}")
    if length is not None and len(response.body) != length:
        raise RowFailure(f"a body of {len(response.body)} bytes instead of {length}")
