#!/usr/bin/env python3
"""An endpoint that answers as it should until SIGUSR1, then fails in one way until SIGUSR2.

Usage: failing.py PORT JOURNAL MODE [DELAY_MS] [--from-start]

MODE   refuse   nothing listens, open connections are reset
       reset    each connection is reset once its request has been read
       garbage  each request is answered with bytes that are not HTTP
       stall    connections are accepted and requests read, and nothing is ever answered

The journal gets a line for each request that was read: `ok KEY`, or the mode and the key. Connections are kept alive
for as long as the peer keeps them. A good answer comes after DELAY_MS, default 0.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import struct
import sys
import threading
import time
from contextlib import suppress

PORT, MODE = int(sys.argv[1]), sys.argv[3]
IS_FAILING_FROM_START = "--from-start" in sys.argv
DELAY = float(sys.argv[4]) / 1000 if sys.argv[4:] and sys.argv[4] != "--from-start" else 0.0
JOURNAL = os.open(sys.argv[2], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
SIGNALS = {signal.SIGUSR1, signal.SIGUSR2, signal.SIGTERM}
GARBAGE = b"SSH-2.0-OpenSSH_9.9\r\n"


class Endpoint:
    def __init__(self) -> None:
        self.is_failing = False
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self.listener: socket.socket | None = None

    def listen(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", PORT), backlog=1024)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def fail(self) -> None:
        self.is_failing = True
        if MODE == "refuse":
            self.end_listener()
            self.reset_all()

    def heal(self) -> None:
        if not self.is_failing:
            return
        self.is_failing = False
        if MODE == "refuse":
            self.listen()
        if MODE == "stall":
            self.reset_all()

    def end_listener(self) -> None:
        listener, self.listener = self.listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def reset_all(self) -> None:
        with self.lock:
            for connection in self.open:
                reset(connection)
            self.open.clear()

    def accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.open.add(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        with suppress(OSError, ValueError):
            received = b""
            while (rest := self.exchange(connection, received)) is not None:
                received = rest
        with self.lock:
            self.open.discard(connection)
        connection.close()

    def exchange(self, connection: socket.socket, received: bytes) -> bytes | None:
        """Serves one request. Returns what came behind it, or None at the connection's end."""
        while b"\r\n\r\n" not in received:
            piece = connection.recv(65536)
            if not piece:
                return None
            received += piece
        head, _, body = received.partition(b"\r\n\r\n")
        length = re.search(rb"(?im)^content-length: *(\d+)", head)
        missing = (int(length[1]) if length else 0) - len(body)
        while missing > 0:
            piece = connection.recv(missing)
            if not piece:
                return None
            missing -= len(piece)
        found = re.search(rb"[?&]key=([^& ]+)", head)
        key = found[1].decode() if found else "-"
        mode = MODE if self.is_failing else "ok"
        os.write(JOURNAL, f"{mode} {key}\n".encode())
        return b"" if self.answer(connection, mode, key) else None

    def answer(self, connection: socket.socket, mode: str, key: str) -> bool:
        """Whether the connection goes on."""
        if mode == "stall":
            # Until the peer gives up, or the endpoint heals.
            return connection.recv(1) != b""
        if mode == "reset":
            reset(connection)
            return False
        if mode == "garbage":
            connection.sendall(GARBAGE)
            return False
        time.sleep(DELAY)
        body = f"{key} 0\n".encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        return True


def reset(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Wakes whoever reads from it, without a FIN to the peer.
        connection.shutdown(socket.SHUT_RD)
    connection.close()


def main() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    endpoint = Endpoint()
    endpoint.listen()
    if IS_FAILING_FROM_START:
        endpoint.fail()
    while (number := signal.sigwait(SIGNALS)) != signal.SIGTERM:
        endpoint.fail() if number == signal.SIGUSR1 else endpoint.heal()


main()
