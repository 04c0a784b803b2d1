#!/usr/bin/env python3
"""An application whose idle connections end just as the next request arrives, which on a network is chance.

Usage: stale_origin.py PORT KEEP_ALIVE_MS

A request on a connection that was idle for longer gets no answer: the connection is closed, as it is where the end and
the request are on their way at the same time. Any other request is answered at once.
"""

from __future__ import annotations

import socket
import sys
import threading
import time

PORT, KEEP_ALIVE = int(sys.argv[1]), float(sys.argv[2]) / 1000
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"


def length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def serve(connection: socket.socket) -> None:
    idle_since = None
    with connection, connection.makefile("rb") as stream:
        while line := stream.readline(65536):
            if idle_since is not None and time.monotonic() - idle_since > KEEP_ALIVE:
                return
            head = line
            while (line := stream.readline(65536)) not in (b"\r\n", b""):
                head += line
            stream.read(length(head))
            connection.sendall(ANSWER)
            idle_since = time.monotonic()


def main() -> None:
    with socket.create_server(("127.0.0.1", PORT), backlog=256) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()


if __name__ == "__main__":
    main()
