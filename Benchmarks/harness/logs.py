"""How fast `sluice logs FILE` reads the logs of other proxies, in turns with the tool that people use for them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .measurement import Measurement, Units
from .origin import MIB
from .proxies import Proxy, sluice_environment
from .rows import Bench, Row, Target
from .session import RowFailure, Session

OF_PEER = Units("wall time of the peer's", "MB/s")
BYTES = 2_000_000_000
PART_LINES = 100_000
"""Lines that are made once, and repeated with another minute."""
FREE_BYTES_MIN = BYTES + (1 << 30)
RESIDENT_MIB_MAX = 100_000_000 / MIB
LIMIT_SECONDS = 600


@dataclass(frozen=True)
class LogsRow(Row):
    """`total` is the time of `sluice logs` over that of the peer, both on all cores, with the log in the page cache."""

    units: Units = OF_PEER
    peer: str = "halog"
    turns_max: int | None = 3

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def obstacle(self) -> str | None:
        if shutil.which(self.peer) is None:
            return f"{self.peer} is not installed (scripts/setup.sh --bench installs it)"
        if shutil.disk_usage(_temporary_folder()).free < FREE_BYTES_MIN:
            return f"{_temporary_folder()} has no room for a log of {BYTES // 1_000_000_000} GB"
        return None

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        log = _made_log(bench.session, self.peer)
        folder = bench.session.new_folder("logs")
        _run(["cat", str(log)], {}, 0)
        theirs, _ = _run(_peer_command(self.peer, log, folder), {}, 0)
        ours, resident = _run([proxy.binary, "logs", "--json", str(log)], sluice_environment(folder), 1)
        shutil.rmtree(folder, ignore_errors=True)
        if resident > RESIDENT_MIB_MAX:
            raise RowFailure(f"{resident:.0f} MiB were resident, {RESIDENT_MIB_MAX:.0f} may be")
        note = f"sluice {ours:.2f} s, {self.peer} {theirs:.2f} s"
        return Measurement(ours / theirs, rate=BYTES / 1e6 / ours, peak_mib=resident, note=note)


def _temporary_folder() -> str:
    return os.environ.get("TMPDIR", "/tmp")


def _peer_command(peer: str, log: Path, folder: Path) -> list[str]:
    if peer == "halog":
        return ["sh", "-c", f"exec halog -srv < {log}"]
    return ["goaccess", str(log), "--log-format=COMBINED", "--no-progress", "-o", str(folder / "report.json")]


def _run(command: list[str], environment: dict[str, str], failed: int) -> tuple[float, float]:
    """Wall seconds and the greatest resident MiB. `failed` is the code that tells of failures found, beside 0."""
    cores = set(range(os.cpu_count() or 1))
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        # The harness itself may be pinned to one core.
        preexec_fn=lambda: os.sched_setaffinity(0, cores),
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, failed):
        raise RowFailure(f"{command[0]} ended with {process.returncode}")
    return seconds, used.ru_maxrss / 1024


@cache
def _made_log(session: Session, peer: str) -> Path:
    """The same lines in each run; 2 percent of them tell of failures."""
    path = session.new_folder("made-log") / f"{peer}.log"
    numbers = random.Random(1)
    line = _haproxy_line if peer == "halog" else _nginx_line
    part = "".join(line(numbers, number * 60 // PART_LINES) for number in range(PART_LINES)).encode()
    written = minute = 0
    with path.open("wb") as file:
        while written < BYTES:
            clock = f"{20 + minute // 60 % 4:02}:{minute % 60:02}".encode()
            written += file.write(part.replace(b"HH:MM", clock))
            minute += 1
    return path


def _haproxy_line(numbers: random.Random, second: int) -> str:
    pick = numbers.randrange
    status, state, times = pick(100), "----", f"0/0/{pick(4)}/{pick(300)}/{300 + pick(700)}"
    code = 200 if status < 90 else 304 if status < 95 else 404
    if status >= 98:
        code, state, times = (503, "SC--", "0/0/-1/-1/3") if status == 98 else (504, "sH--", "0/0/1/-1/30001")
    return (
        f"Nov 26 HH:MM:{second:02} gw haproxy[1234]: 10.0.{pick(256)}.{pick(256)}:{1024 + pick(60000)} "
        f"[26/Nov/2026:HH:MM:{second:02}.{pick(1000):03}] www~ api/app{1 + pick(8)} {times} "
        f"{code} {pick(90000)} - - {state} "
        f"{pick(99)}/{pick(70)}/{pick(40)}/{pick(10)}/0 0/0 "
        f'"GET /v1/items/{pick(100000)}?page={pick(20)} HTTP/1.1"\n'
    )


def _nginx_line(numbers: random.Random, second: int) -> str:
    pick = numbers.randrange
    status = pick(100)
    code = 200 if status < 90 else 304 if status < 95 else 404 if status < 98 else 502
    return (
        f"10.0.{pick(256)}.{pick(256)} - - [26/Nov/2026:HH:MM:{second:02} +0000] "
        f'"GET /v1/items/{pick(100000)}?page={pick(20)} HTTP/1.1" {code} {pick(90000)} '
        '"https://shop.example/cart" "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"\n'
    )


def logs_rows() -> list[Row]:
    faster = (Target(1.0, None),)
    return [
        LogsRow("logs-haproxy", "sluice logs, 2 GB of HAProxy's HTTP log, beside halog -srv", targets=faster),
        LogsRow(
            "logs-nginx",
            "sluice logs, 2 GB of nginx' combined log, beside goaccess",
            targets=(Target(0.2, None),),
            peer="goaccess",
        ),
    ]
