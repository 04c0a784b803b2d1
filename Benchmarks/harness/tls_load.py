"""Handshakes, one request on each: `python3 -m harness.tls_load PORT AUTHORITY SECONDS new|resumed PATH LENGTH`.

Each connection is closed after its response. With `resumed` each offers the ticket of the one before, and what the
server answers to that is counted. Prints a line of JSON.
"""

from __future__ import annotations

import json
import socket
import ssl
import sys
import threading
import time

from .exchange import read_response, request_bytes

THREADS = 8


class Client:
    def __init__(self, port: int, authority: str, is_resuming: bool, path: str, length: int) -> None:
        self.port = port
        self.is_resuming = is_resuming
        self.request = request_bytes("GET", path, port, {"Connection": "close"})
        self.length = length
        self.context = ssl.create_default_context(cafile=authority)
        self.context.set_alpn_protocols(["http/1.1"])
        self.session: ssl.SSLSession | None = None
        self.times: list[float] = []
        self.resumed = 0
        self.failure: str | None = None

    def run(self, deadline: float) -> None:
        try:
            while time.monotonic() < deadline:
                self._once()
        except Exception as error:  # whatever it is, the run is void
            self.failure = f"{type(error).__name__}: {error}"

    def _once(self) -> None:
        began = time.monotonic()
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        with self.context.wrap_socket(plain, server_hostname="127.0.0.1", session=self.session) as connection:
            connection.sendall(self.request)
            response = read_response(connection)
            if response.head.status != 200 or len(response.body) != self.length:
                raise ValueError(f"status {response.head.status}, {len(response.body)} bytes")
            self.resumed += bool(connection.session_reused)
            if self.is_resuming:
                # A ticket of TLS 1.3 is used once; the next came with this response.
                self.session = connection.session
        self.times.append(time.monotonic() - began)


def main() -> None:
    port, authority, seconds, kind, path, length = sys.argv[1:]
    clients = [Client(int(port), authority, kind == "resumed", path, int(length)) for _ in range(THREADS)]
    began = time.monotonic()
    threads = [threading.Thread(target=client.run, args=(began + float(seconds),)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - began
    times = sorted(each for client in clients for each in client.times)
    report = {
        "handshakes": len(times),
        "resumed": sum(client.resumed for client in clients),
        "seconds": elapsed,
        "p50Ms": times[len(times) // 2] * 1e3 if times else 0.0,
        "p99Ms": times[len(times) * 99 // 100] * 1e3 if times else 0.0,
        "failures": [client.failure for client in clients if client.failure],
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
