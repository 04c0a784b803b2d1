"""An origin that reads a request body whole, lets the kernel drop it, and answers with its length.

MSG_TRUNC on a TCP socket discards bytes without copying them to us, so that the sink is never what limits an upload.
"""

from __future__ import annotations

import socket
import sys
import threading

DISCARD_BYTES = 1 << 20


class Peer:
    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.rest = bytearray()

    def serve(self) -> None:
        try:
            while self.serve_one():
                pass
        except OSError:
            pass
        finally:
            self.connection.close()

    def serve_one(self) -> bool:
        head = self.read_through(b"\r\n\r\n")
        if head is None:
            return False
        fields = dict(_field(line) for line in head.split(b"\r\n")[1:] if line)
        if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
            length = self.skip_chunks()
        else:
            length = int(fields.get(b"content-length", b"0"))
            self.skip(length)
        body = str(length).encode()
        self.connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        return True

    def read_through(self, mark: bytes) -> bytes | None:
        while (end := self.rest.find(mark)) < 0:
            piece = self.connection.recv(16384)
            if not piece:
                return None
            self.rest += piece
        taken = bytes(self.rest[:end])
        del self.rest[: end + len(mark)]
        return taken

    def skip_chunks(self) -> int:
        total = 0
        while True:
            line = self.read_through(b"\r\n")
            if line is None:
                raise OSError("ended inside a chunked body")
            size = int(line.split(b";")[0], 16)
            self.skip(size)
            if self.read_through(b"\r\n") is None:
                raise OSError("ended inside a chunked body")
            if size == 0:
                return total
            total += size

    def skip(self, length: int) -> None:
        held = min(length, len(self.rest))
        del self.rest[:held]
        length -= held
        scratch = bytearray(DISCARD_BYTES)
        while length > 0:
            count = self.connection.recv_into(scratch, min(length, DISCARD_BYTES), socket.MSG_TRUNC)
            if count == 0:
                raise OSError("ended inside a body")
            length -= count


def _field(line: bytes) -> tuple[bytes, bytes]:
    name, _, value = line.partition(b":")
    return name.strip().lower(), value.strip()


def main() -> None:
    with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=1024) as server:
        while True:
            connection, _ = server.accept()
            threading.Thread(target=Peer(connection).serve, daemon=True).start()


if __name__ == "__main__":
    main()
