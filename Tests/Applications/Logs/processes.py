"""What is started for labelled logs: on free ports, as nobody where root starts it, and ended with the program."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

NOBODY = 65534
"""The user and group that run everything where root starts it: permissions hold for nobody else."""
START_SECONDS_MAX = 20.0
END_SECONDS_MAX = 5.0


def fail(reason: str) -> NoReturn:
    print(f"label-logs: {reason}", file=sys.stderr)
    sys.exit(3)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do it: a connection that has ended must not keep the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def free_ports(count: int) -> int:
    """The first of so many ports in a row, below those that outgoing connections get."""
    for _ in range(200):
        first = random.randrange(20_000, 32_000 - count)
        if all(is_free(port) for port in range(first, first + count)):
            return first
    fail(f"no {count} free ports in a row")


class Session:
    """A folder, and the processes that run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}

    def make(self, name: str) -> Path:
        """A folder within it that its processes may write to."""
        path = self.folder / name
        path.mkdir(parents=True)
        if self.identity:
            os.chown(path, NOBODY, NOBODY)
        return path

    def start(self, command: list[str], folder: Path) -> subprocess.Popen[bytes]:
        """Runs the command in the folder; what it says goes to `output` there."""
        environment = os.environ | {
            name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR")
        }
        with (folder / "output").open("ab") as output:
            process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                **self.identity,
            )
        self.processes.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> None:
        if process.poll() is None:
            process.send_signal(number)
            try:
                process.wait(END_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)

    def close(self) -> None:
        for process in self.processes:
            with suppress(ProcessLookupError):
                process.terminate()
        for process in list(self.processes):
            self.end(process)


def wait_for_port(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    said = (folder / "output").read_text(errors="replace")[-2000:]
    fail(f"{process.args} does not listen on port {port}: {said}")


def program(*names: str) -> str | None:
    """The first of them that is installed; the folders of system programs are looked at, too."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)
