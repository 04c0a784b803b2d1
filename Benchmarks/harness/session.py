"""Everything that a run starts or creates, and its end: processes, mounts and the temporary folder."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO

STOP_GRACE_SECONDS = 10.0
"""Longer than any proxy needs to drain connections that the load has closed."""

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

LISTEN_PORTS = range(20000, 32000)
"""Below the ephemeral range, so that no outgoing connection can hold the port of a listener."""


class RowFailure(Exception):
    """A row whose numbers must not be believed: an error, a wrong response or a dead process."""


class Process:
    """A child in a session of its own, so that Ctrl-C reaches only us and we end it by its id."""

    def __init__(self, name: str, popen: subprocess.Popen[bytes], error_path: Path | None) -> None:
        self.name = name
        self.popen = popen
        self.error_path = error_path

    @property
    def pid(self) -> int:
        return self.popen.pid

    def require_alive(self) -> None:
        code = self.popen.poll()
        if code is not None:
            raise RowFailure(f"{self.name} ended with code {code}: {self.error_tail()}")

    def error_tail(self, limit: int = 1000) -> str:
        if self.error_path is None or not self.error_path.exists():
            return "(no error output)"
        return self.error_path.read_bytes()[-limit:].decode(errors="replace").strip()

    def stop(self, stop_signal: signal.Signals = signal.SIGTERM) -> int:
        """Asks, waits, then insists on the process and what it started. Returns the exit code."""
        if self.popen.poll() is None:
            self.popen.send_signal(stop_signal)
            try:
                self.popen.wait(STOP_GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                self._kill_group()
        return self.popen.wait()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


class Session:
    """Context manager: leaving it, for whatever reason, ends all children and removes all files."""

    def __init__(self, prefix: str = "sluice-bench-") -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=prefix))
        self.folder.chmod(0o755)
        self._processes: list[Process] = []
        self._closers: list[Callable[[], None]] = []

    def __enter__(self) -> Session:
        for number in ENDING_SIGNALS:
            signal.signal(number, _interrupt)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A second Ctrl-C must not leave half of the children behind.
        for number in ENDING_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for process in reversed(self._processes):
            process.stop()
        for closer in reversed(self._closers):
            closer()
        shutil.rmtree(self.folder, ignore_errors=True)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def on_exit(self, closer: Callable[[], None]) -> None:
        self._closers.append(closer)

    def new_folder(self, name: str) -> Path:
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.folder))

    def spawn(
        self,
        name: str,
        arguments: Sequence[str],
        *,
        core: int | None = None,
        environment: Mapping[str, str] | None = None,
        output: Path | IO[bytes] | int | None = None,
        errors: Path | int | None = None,
        input: int = subprocess.DEVNULL,
    ) -> Process:
        """Starts a child, on one core where `core` is given. Output goes nowhere and errors to a file by default."""
        folder = self.folder
        error_target = errors if errors is not None else folder / f"{name}-{len(self._processes)}.stderr"
        output_target = output if output is not None else subprocess.DEVNULL
        command = list(arguments) if core is None else ["taskset", "-c", str(core), *arguments]
        opened: list[IO[bytes]] = []
        popen = subprocess.Popen(
            command,
            stdin=input,
            stdout=_target(output_target, opened),
            stderr=_target(error_target, opened),
            env={**os.environ, **(environment or {})},
            cwd=folder,
            start_new_session=True,
            preexec_fn=None if core is not None else _any_core,
        )
        for handle in opened:
            handle.close()
        process = Process(name, popen, error_target if isinstance(error_target, Path) else None)
        self._processes.append(process)
        return process

    def stop(self, process: Process) -> int:
        code = process.stop()
        self._processes.remove(process)
        return code

    def mark(self) -> int:
        """The number of processes now, for `stop_since`."""
        return len(self._processes)

    def stop_since(self, mark: int) -> None:
        """Ends what was started after the mark and has not been stopped yet: the rest of a row that failed."""
        for process in reversed(self._processes[mark:]):
            self.stop(process)


def raise_descriptor_limit() -> int:
    """Raises the soft limit to the hard one; children inherit it. Returns it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def free_port() -> int:
    """A TCP port of 127.0.0.1 on which nothing listens now."""
    for candidate in random.sample(LISTEN_PORTS, 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                continue
            return candidate
    raise RowFailure("no free port")


def wait_for_port(port: int, process: Process, seconds: float = 15.0) -> None:
    """Returns when something accepts on the port; fails when the process dies or time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        process.require_alive()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise RowFailure(f"{process.name} does not listen on port {port}: {process.error_tail()}")


def _target(target: Path | IO[bytes] | int, opened: list[IO[bytes]]) -> IO[bytes] | int:
    if not isinstance(target, Path):
        return target
    handle = target.open("ab")
    opened.append(handle)
    return handle


def _any_core() -> None:
    os.sched_setaffinity(0, range(os.cpu_count() or 1))


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
