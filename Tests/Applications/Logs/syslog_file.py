"""What a syslog daemon does for HAProxy: takes its lines from a Unix datagram socket and appends them to a file."""

from __future__ import annotations

import re
import socket
import threading
from pathlib import Path

PRIORITY = re.compile(rb"^<\d{1,3}>")
STAMP = re.compile(rb"^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ")
DATAGRAM_BYTES_MAX = 65_535


class SyslogFile:
    """Writes lines as rsyslog's traditional file format has them: time, name of the machine, program, text."""

    def __init__(self, path: Path, target: Path, machine: str = "proxy1") -> None:
        self.target = target
        self.machine = machine.encode()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        path.chmod(0o666)
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        with self.target.open("ab", buffering=0) as log:
            # An empty datagram is the end: no line is empty.
            while data := self.socket.recv(DATAGRAM_BYTES_MAX):
                log.write(self.line(data))

    def line(self, data: bytes) -> bytes:
        text = PRIORITY.sub(b"", data, count=1).rstrip(b"\n\0")
        if stamp := STAMP.match(text):
            text = stamp.group() + self.machine + b" " + text[stamp.end() :]
        return text + b"\n"

    def close(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ending:
            ending.connect(self.socket.getsockname())
            ending.send(b"")
        self.thread.join(5)
        self.socket.close()
