"""An application that is offered ten times what it can do: what is left of its goodput, and what others are told."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import usage
from .measurement import PER_REQUEST, Measurement, Units
from .origin import MIB
from .proxies import Proxy, sluice_environment
from .rows import Bench, Row
from .session import Process, RowFailure, free_port, wait_for_port

PLACES = 4
"""Requests that the application works at together."""
WORK_MS = 40
ABLE = PLACES * 1000 // WORK_MS
OFFERED = 10 * ABLE
QUEUE_SECONDS = 1.0
RUN_FACTOR = 5
"""Runs are so many times as long as those of other rows: twenty seconds where those take four."""

GOODPUT_MIN = 0.95
VERDICT_SECONDS_MAX = 0.05


@dataclass(frozen=True)
class Outcome:
    seconds: int
    statuses: Counter[int]
    in_time: int
    """Of the accepted, those that were answered before the load ended: what was still queued then is no goodput."""
    accepted: list[float]
    """Seconds, sorted."""
    verdicts: list[float]
    """Seconds from the queue's verdict to the 503, sorted. The verdict on a request that finds the queue full falls when
    it is sent."""
    with_retry_after: int
    unanswered: int

    @property
    def goodput(self) -> float:
        return self.in_time / self.seconds

    def sentence(self) -> str:
        shed = self.statuses[503]
        others = {status: count for status, count in self.statuses.items() if status not in (200, 503)}
        return (
            f"goodput {self.goodput:.1f}/s of {ABLE}, p99 {_share(self.accepted, 0.99) * 1e3:.0f} ms, "
            f"{shed} times 503, {100 * self.with_retry_after / max(shed, 1):.0f} % of them with Retry-After, "
            f"p99 {_share(self.verdicts, 0.99) * 1e3:.0f} ms after the verdict; "
            f"502: {self.statuses[502]}, 504: {self.statuses[504]}, others: {others or 'none'}"
        )

    def problems(self) -> list[str]:
        """What a gateway must not do under overload."""
        found = []
        if self.goodput < GOODPUT_MIN * ABLE:
            found.append(f"less than {GOODPUT_MIN:.0%} of what the application can do")
        if _share(self.accepted, 0.99) >= 2 * QUEUE_SECONDS:
            found.append("p99 of twice the queue's time or more")
        if set(self.statuses) - {200, 503} or self.unanswered:
            found.append("an answer that is neither 200 nor 503")
        if self.with_retry_after < self.statuses[503]:
            found.append("a 503 without Retry-After")
        if _share(self.verdicts, 0.99) > VERDICT_SECONDS_MAX:
            found.append("verdicts that are told late")
        return found


@dataclass(frozen=True)
class OverloadRow(Row):
    """`rate` is the goodput; p50 and p99 are those of the accepted requests."""

    units: Units = PER_REQUEST
    is_adaptive: bool = False

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice" or (proxy.name == "haproxy" and not self.is_adaptive)

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        origin = _start_origin(bench)
        process, port = self._start(bench, proxy, origin)
        seconds = bench.seconds * RUN_FACTOR
        pids = usage.process_tree(process.pid)
        before = usage.sample_cpu(pids)
        outcome = _load(bench, port, seconds)
        cpu = usage.cpu_between(before, usage.sample_cpu(pids))
        process.require_alive()
        peak = usage.peak_resident_bytes(pids) / MIB
        bench.session.stop(process)
        # The peer is shown beside us, not judged.
        if proxy.name == "sluice" and outcome.problems():
            raise RowFailure(f"{', '.join(outcome.problems())}: {outcome.sentence()}")
        microseconds = 1e6 / sum(outcome.statuses.values())
        return Measurement(
            cpu.total * microseconds,
            cpu.user * microseconds,
            cpu.system * microseconds,
            outcome.goodput,
            _share(outcome.accepted, 0.5) * 1e3,
            _share(outcome.accepted, 0.99) * 1e3,
            peak,
            note=outcome.sentence(),
        )

    def _start(self, bench: Bench, proxy: Proxy, origin: int) -> tuple[Process, int]:
        folder = bench.session.new_folder("overload")
        port = free_port()
        if proxy.name == "haproxy":
            path, text, arguments = folder / "haproxy.cfg", _haproxy(port, origin), ["-db", "-f"]
        else:
            path, text, arguments = folder / "sluice.yaml", self._sluice(port, origin), ["run", "--config"]
        path.write_text(text)
        process = bench.session.spawn(
            proxy.name,
            [proxy.binary, *arguments, str(path)],
            core=bench.pinning.proxy,
            environment=sluice_environment(folder),
        )
        wait_for_port(port, process)
        return process, port

    def _sluice(self, port: int, origin: int) -> str:
        limit = "adaptive: on" if self.is_adaptive else f"limits: {{ requests: {PLACES} }}"
        return (
            f"listeners: [{{ address: '127.0.0.1:{port}' }}]\n"
            f"upstreams: {{ app: {{ endpoints: ['http://127.0.0.1:{origin}'], {limit} }} }}\n"
            "workers: 1\n"
        )


def _haproxy(port: int, origin: int) -> str:
    return f"""
global
  nbthread 1
  maxconn 16384
  no strict-limits
defaults
  mode http
  option http-keep-alive
  http-reuse always
  timeout connect 2s
  timeout queue {QUEUE_SECONDS:.0f}s
  timeout client 60s
  timeout server 60s
frontend main
  bind 127.0.0.1:{port} backlog 4096
  default_backend origin
backend origin
  server endpoint 127.0.0.1:{origin} maxconn {PLACES}
"""


def _start_origin(bench: Bench) -> int:
    port = free_port()
    script = Path(__file__).with_name("slow_origin.py")
    command = [sys.executable, str(script), str(port), str(PLACES), str(WORK_MS)]
    process = bench.session.spawn("slow-origin", command, core=bench.pinning.load)
    wait_for_port(port, process)
    return port


def _load(bench: Bench, port: int, seconds: int) -> Outcome:
    script = Path(__file__).with_name("steady_load.py")
    command = [sys.executable, str(script), str(port), str(OFFERED), str(seconds)]
    process = bench.session.spawn("steady-load", command, core=bench.pinning.load, output=subprocess.PIPE)
    assert process.popen.stdout is not None
    text = process.popen.stdout.read().decode()
    process.popen.stdout.close()
    if bench.session.stop(process) != 0:
        raise RowFailure(f"the load failed: {process.error_tail()}")
    return outcome_of(json.loads(text), seconds)


def outcome_of(result: dict, seconds: int) -> Outcome:
    answers = result["answers"]
    shed = [time for status, _, time, _ in answers if status == 503]
    return Outcome(
        seconds,
        Counter(status for status, *_ in answers),
        sum(1 for status, _, _, at in answers if status == 200 and at <= seconds),
        sorted(time for status, _, time, _ in answers if status == 200),
        sorted(_since_verdict(time) for time in shed),
        sum(1 for status, has_retry_after, *_ in answers if status == 503 and has_retry_after),
        result["unanswered"],
    )


def _since_verdict(time: float) -> float:
    """Clocks of two processes and a timer's tick may put the queue's time a little earlier."""
    return max(time - QUEUE_SECONDS, 0.0) if time >= 0.9 * QUEUE_SECONDS else time


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0
