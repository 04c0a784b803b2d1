#!/usr/bin/env python3
"""A small application on the HTTP server of Python's standard library, as a test puts it behind the gateway.

Usage: application.py PORT JOURNAL KEEP_ALIVE_MS DELAY_MS [BUSY_MS]

Keys, journal, times and SIGTERM as in application.mjs.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PORT, KEEP_ALIVE, DELAY = int(sys.argv[1]), float(sys.argv[3]) / 1000, float(sys.argv[4]) / 1000
BUSY = float(sys.argv[5]) / 1000 if len(sys.argv) > 5 else 0.0
JOURNAL = os.open(sys.argv[2], os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body go out in one piece: killed between the two, a process has begun an answer that nobody can save.
    wbufsize = 64 << 10
    timeout = KEEP_ALIVE
    disable_nagle_algorithm = True

    def serve(self) -> None:
        key = parse_qs(urlsplit(self.path).query)["key"][0]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        os.write(JOURNAL, f"{key}\n".encode())
        busy_until = time.monotonic() + BUSY
        while time.monotonic() < busy_until:
            pass
        time.sleep(DELAY)
        answer = f"{key} {len(body)}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = serve

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    # Open requests finish at the end, and a burst of connections finds room.
    daemon_threads = False
    request_queue_size = 1024

    def handle_error(self, request: object, client_address: object) -> None:
        pass


server = Server(("127.0.0.1", PORT), Handler)
# Whoever started us may have done so from a thread that blocks signals.
signal.pthread_sigmask(signal.SIG_SETMASK, [])
signal.signal(signal.SIGTERM, lambda *_: threading.Thread(target=server.shutdown).start())
server.serve_forever(poll_interval=0.02)
server.server_close()
