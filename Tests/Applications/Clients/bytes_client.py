#!/usr/bin/env python3
"""Sends recorded bytes, one connection for each file, then says that nothing more comes: every connection must end.

  bytes_client.py --url https://localhost:8443 --ca ca.pem --folder FOLDER
  bytes_client.py --url http://localhost:8080 --folder FOLDER

In TLS every second connection ends with a close_notify, the others with nothing but a FIN.
"""

from __future__ import annotations

import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import verdicts
from verdicts import equal, require

options = verdicts.arguments(__doc__, "--folder")
SECONDS = 10
AT_A_TIME = 16
CONTEXT = ssl.create_default_context(cafile=options.ca) if options.ca else None
if CONTEXT:
    CONTEXT.set_alpn_protocols(["h2"])


class Connection:
    """TLS on memory, so that each half of the connection is ours to close."""

    def __init__(self) -> None:
        place = urlsplit(options.url)
        self.socket = socket.create_connection((place.hostname or "", place.port or 0), timeout=SECONDS)
        self.input, self.output = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = None
        if CONTEXT:
            self.tls = CONTEXT.wrap_bio(self.input, self.output, server_hostname=place.hostname)
            while True:
                try:
                    self.tls.do_handshake()
                    break
                except ssl.SSLWantReadError:
                    self._flush()
                    piece = self.socket.recv(1 << 16)
                    require(piece, "ended in the handshake")
                    self.input.write(piece)
            self._flush()

    def _flush(self) -> None:
        if piece := self.output.read():
            self.socket.sendall(piece)

    def send(self, content: bytes) -> None:
        if not self.tls:
            return self.socket.sendall(content)
        if content:
            self.tls.write(content)
        self._flush()
        return None

    def finish(self, *, politely: bool) -> None:
        if self.tls and politely:
            with suppress(ssl.SSLWantReadError, ssl.SSLError):
                self.tls.unwrap()
            self._flush()
        self.socket.shutdown(socket.SHUT_WR)

    def read_to_end(self) -> None:
        while self.socket.recv(1 << 16):
            pass


def once(number: int, file: Path) -> str | None:
    """What is wrong with it."""
    deadline = time.monotonic() + SECONDS
    try:
        connection = Connection()
        try:
            connection.send(file.read_bytes())
            connection.finish(politely=number % 2 == 0)
            connection.read_to_end()
        except (BrokenPipeError, ConnectionResetError):
            pass  # an end is an end
        finally:
            connection.socket.close()
    except TimeoutError:
        return f"{file.name}: still open after {SECONDS} s"
    except OSError as error:
        return f"{file.name}: {type(error).__name__}: {error}"
    return f"{file.name}: it took too long" if time.monotonic() > deadline else None


def everything_ends() -> str:
    files = sorted(Path(options.folder).iterdir())
    require(len(files) > 10, f"{len(files)} files")
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        problems = [problem for problem in pool.map(once, range(len(files)), files) if problem]
    equal(problems, [], "connections")
    return f"{len(files)} connections"


verdicts.run("everything ends", everything_ends, seconds=80)
