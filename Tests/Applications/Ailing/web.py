"""A web application on Python's own HTTP classes, with a log, that ails in one way.

  web.py --port PORT [--host HOST] [--log FILE] MODE

  fine          answers everything with 200
  slow          answers after --delay seconds
  single        one request at a time, and each asks a dependency at --dependency that does not answer
  crash         answers for --after seconds, then ends with a traceback
  eat           answers; a request for /eat takes memory until something ends the process
  spin          a request for /spin computes for an hour in the only thread
  hoard         opens descriptors until none is left, then goes on accepting in vain
  mute          listens and never accepts
  idle          closes an idle connection after --after seconds

It tells on its log when it starts, listens and stops, as applications do. It ends by itself after five minutes.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
import time
import traceback
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any

LIFE_SECONDS = 300


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mode")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--log")
    parser.add_argument("--after", type=float, default=1)
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--dependency", help="host:port")
    parser.add_argument("--version", default="1")
    return parser.parse_args()


OPTIONS = options()
LOG = open(OPTIONS.log, "a", encoding="utf-8", buffering=1) if OPTIONS.log else sys.stderr


def log(text: str, level: str = "INFO") -> None:
    line = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()) + f",{int(time.time() * 1000) % 1000:03d} {level} {text}\n"
    LOG.write(line)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = OPTIONS.after if OPTIONS.mode == "idle" else 60

    def do_GET(self) -> None:
        if OPTIONS.mode == "eat" and self.path.startswith("/eat"):
            self.eat()
        if OPTIONS.mode == "spin" and self.path.startswith("/spin"):
            end = time.monotonic() + LIFE_SECONDS
            while time.monotonic() < end:
                pass
        if OPTIONS.mode == "single":
            self.ask()
        if OPTIONS.delay:
            time.sleep(OPTIONS.delay)
        body = b"fine\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-App-Version", OPTIONS.version)
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET

    def eat(self) -> None:
        taken = []
        while True:
            taken.append(bytearray(os.urandom(1 << 12) * 256))

    def ask(self) -> None:
        host, _, port = OPTIONS.dependency.partition(":")
        with socket.create_connection((host, int(port))) as dependency:
            dependency.sendall(b"SELECT 1\n")
            dependency.recv(1)

    def log_message(self, format: str, *arguments: Any) -> None:
        log(format % arguments)


class Single(HTTPServer):
    request_queue_size = 5
    address_family = socket.AF_INET6 if ":" in OPTIONS.host else socket.AF_INET


class Threaded(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    address_family = socket.AF_INET6 if ":" in OPTIONS.host else socket.AF_INET


def mute() -> None:
    listener = socket.create_server((OPTIONS.host, OPTIONS.port), backlog=1)
    log(f"Listening on {OPTIONS.host}:{OPTIONS.port}")
    time.sleep(LIFE_SECONDS)
    listener.close()


def hoard() -> None:
    kept = []
    try:
        while True:
            kept.append(open(os.devnull, "rb"))
    except OSError as error:
        log(f"OSError: [Errno {error.errno}] {error.strerror}", "ERROR")
    time.sleep(LIFE_SECONDS)


def crash() -> None:
    time.sleep(OPTIONS.after)
    try:
        raise RuntimeError("the settings have no key 'database'")
    except RuntimeError:
        log("fatal error\n" + traceback.format_exc().rstrip(), "CRITICAL")
        os._exit(1)


def stop(number: int, frame: object) -> None:
    log("Shutting down: signal SIGTERM")
    os._exit(0)


def main() -> None:
    signal.signal(signal.SIGTERM, stop)
    signal.alarm(LIFE_SECONDS)
    log(f"Starting, process {os.getpid()}")
    if OPTIONS.mode == "mute":
        return mute()
    alone = OPTIONS.mode in ("single", "spin")
    origin = (Single if alone else Threaded)((OPTIONS.host, OPTIONS.port), Handler)
    log(f"Listening on {OPTIONS.host}:{OPTIONS.port}")
    if OPTIONS.mode == "crash":
        threading.Thread(target=crash, daemon=True).start()
    if OPTIONS.mode == "hoard":
        threading.Thread(target=hoard, daemon=True).start()
    origin.serve_forever()


main()
