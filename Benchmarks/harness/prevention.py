"""What reaches clients of an application that dies, restarts or stalls: the same applications behind each proxy."""

from __future__ import annotations

import json
import os
import signal
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .measurement import Measurement, Units
from .proxies import Plan, Proxy
from .rows import Bench, Row
from .session import Process, RowFailure, Session, free_port, wait_for_port

APPLICATIONS = Path(__file__).resolve().parent.parent.parent / "Tests" / "Applications"
PROXIES = ("nginx", "haproxy", "sluice")
RUN_FACTOR = 15
"""Runs are so many times as long as those of other rows: a minute where those take four seconds."""
LOST = Units("requests lost or doubled", "good/s")
SLOW_OR_FAILED = Units("of 1,000 slow or failed", "good/s")
END_SECONDS_MAX = 130.0

CHURN_RATE = 400
POST_SHARE = 0.5
KEEP_ALIVE_MS = 120
DELAY_MS = 10
"""Of each answer, so that every kill meets requests under way."""
KILLS_MIN_PER_SECOND = 0.5

GET_RATE = 200
GOOD_DELAY_MS = 20
"""Of each good answer: more than what this machine's other work adds to it."""
SLOW_FACTOR = 1.5
ENDPOINTS = 3


@dataclass(frozen=True)
class Result:
    """One line of load.py; see there."""

    key: str
    method: str
    at: float
    status: int
    failure: str | None
    ms: float
    retryAfter: str | None = None
    proxyStatus: str | None = None

    @property
    def is_good(self) -> bool:
        return self.status == 200 and self.failure is None

    @property
    def outcome(self) -> str:
        return f"cut ({self.failure})" if self.failure else str(self.status)


@dataclass(frozen=True)
class Tally:
    """What became of a run's requests, as clients and the application saw it."""

    failures: Counter[tuple[str, str]]
    """By method and outcome."""
    cuts: int
    executed_twice: int
    good: int
    p50_ms: float
    p99_ms: float

    @property
    def lost(self) -> int:
        """What a proxy could have kept from its clients, or must never do: failed GETs, cut connections, POSTs that
        were executed twice. A POST that may have been executed has to fail."""
        gets = sum(count for (method, _), count in self.failures.items() if method == "GET")
        cut_posts = sum(
            count for (method, what), count in self.failures.items() if method == "POST" and what.startswith("cut")
        )
        return gets + cut_posts + self.executed_twice

    def note(self) -> str:
        kinds = [f"{count} {method} {what}" for (method, what), count in sorted(self.failures.items())]
        failed = f"failed: {', '.join(kinds)}" if kinds else "no failed request"
        return f"{failed}; {self.cuts} cut connections; {self.executed_twice} POSTs executed twice"


def tally(results: Sequence[Result], executed: Counter[str]) -> Tally:
    good = [result.ms for result in results if result.is_good]
    if len(good) < 2:
        raise RowFailure(f"{len(good)} good answers of {len(results)}")
    failures = Counter((result.method, result.outcome) for result in results if not result.is_good)
    doubled = sum(executed[result.key] > 1 for result in results if result.method == "POST")
    unheard = [result.key for result in results if result.is_good and executed[result.key] == 0]
    if unheard:
        raise RowFailure(f"{len(unheard)} answers to requests that the application has not seen: {unheard[:3]}")
    cuts = sum(result.failure is not None for result in results)
    return Tally(failures, cuts, doubled, len(good), statistics.median(good), percentile(good, 99))


def percentile(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]


def slow_per_thousand(results: Sequence[Result], limit_ms: float) -> float:
    """Failed requests are slow ones that never came."""
    slow = sum(not result.is_good or result.ms > limit_ms for result in results)
    return 1000 * slow / len(results)


def read_results(path: Path) -> list[Result]:
    with path.open() as file:
        return [Result(**json.loads(line)) for line in file]


def read_journal(path: Path) -> Counter[str]:
    """How often each key was executed."""
    with path.open() as file:
        return Counter(line.split()[-1] for line in file)


@contextmanager
def running_load(bench: Bench, port: int, out: Path, options: Sequence[str]) -> Iterator[Process]:
    """Yields at once; at the end everything was answered."""
    command = [sys.executable, str(APPLICATIONS / "load.py"), "--port", str(port), "--out", str(out), *options]
    process = bench.session.spawn("load", command)
    yield process
    try:
        code = process.popen.wait(END_SECONDS_MAX)
    finally:
        bench.session.stop(process)
    if code != 0:
        raise RowFailure(f"the load ended with code {code}: {process.error_tail()}")


@dataclass(frozen=True)
class ChurnRow(Row):
    units: Units = LOST
    turns_max: int | None = 1

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name in PROXIES

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        seconds = bench.seconds * RUN_FACTOR
        folder = bench.session.new_folder("churn")
        journal, out, kills = folder / "journal", folder / "results", folder / "kills"
        ports = [free_port(), free_port()]
        options = ["--rate", str(CHURN_RATE), "--seconds", str(seconds), "--posts", str(POST_SHARE)]
        with churning(bench.session, ports, journal, kills) as begin:
            plan = Plan(ports)
            process = proxy.start(bench.session, plan)
            begin()
            with running_load(bench, plan.port, out, options):
                pass
        process.require_alive()
        bench.session.stop(process)
        killed = len(kills.read_text().splitlines())
        if killed < KILLS_MIN_PER_SECOND * seconds:
            raise RowFailure(f"only {killed} kills in {seconds} s")
        found = tally(read_results(out), read_journal(journal))
        return Measurement(
            float(found.lost),
            rate=found.good / seconds,
            p50_ms=found.p50_ms,
            p99_ms=found.p99_ms,
            note=f"{killed} kills; {found.note()}",
        )


@contextmanager
def churning(session: Session, ports: Sequence[int], journal: Path, kills: Path) -> Iterator[Callable[[], int]]:
    """Applications that listen; the churn begins when what is yielded is called, and ends with the context."""
    applications = [
        ["--", "node", str(APPLICATIONS / "application.mjs"), str(port), str(journal), str(KEEP_ALIVE_MS), str(DELAY_MS)]
        for port in ports
    ]
    command = [sys.executable, str(APPLICATIONS / "churn.py"), "--report", str(kills)]
    command += ["--ports", ",".join(map(str, ports)), *(word for one in applications for word in one)]
    reader, writer = os.pipe()
    try:
        process = session.spawn("churn", command, input=reader)
        for port in ports:
            wait_for_port(port, process)
        yield lambda: os.write(writer, b"go\n")
    finally:
        # The end of its input ends it, and the applications with it.
        os.close(writer)
        os.close(reader)
    process.popen.wait(END_SECONDS_MAX)
    if session.stop(process) != 0:
        raise RowFailure(f"the churn: {process.error_tail()}")


@dataclass(frozen=True)
class WrongEndpointRow(Row):
    """A quarter of the time all is well, half of it one of three endpoints is not, then all is well again."""

    mode: str = "stall"
    """As failing.py calls it."""
    units: Units = SLOW_OR_FAILED
    turns_max: int | None = 1

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name in PROXIES

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        seconds = bench.seconds * RUN_FACTOR
        begin, end = seconds / 4, seconds * 3 / 4
        folder = bench.session.new_folder("wrong")
        journal, out = folder / "journal", folder / "results"
        ports = [free_port() for _ in range(ENDPOINTS)]
        endpoints = [_start_endpoint(bench.session, port, journal, self.mode) for port in ports]
        plan = Plan(ports)
        process = proxy.start(bench.session, plan)
        # A client waits for longer than any proxy's default for a response.
        options = ["--rate", str(GET_RATE), "--seconds", str(seconds), "--timeout", "100", "--connections", "2000"]
        with running_load(bench, plan.port, out, options):
            time.sleep(begin)
            endpoints[0].popen.send_signal(signal.SIGUSR1)
            time.sleep(end - begin)
            endpoints[0].popen.send_signal(signal.SIGUSR2)
        process.require_alive()
        bench.session.stop(process)
        for endpoint in endpoints:
            bench.session.stop(endpoint)
        given = sum(line.startswith(f"{self.mode} ") for line in journal.read_text().splitlines())
        if given == 0 and self.mode != "refuse":
            raise RowFailure("the endpoint was given nothing while it failed")
        return judge(proxy.name, read_results(out), begin, seconds, given)


def judge(name: str, results: Sequence[Result], begin: float, seconds: float, given: int) -> Measurement:
    """The healthy time before the trouble says what is slow."""
    healthy = [result.ms for result in results if result.is_good and result.at < begin]
    if len(healthy) < 100:
        raise RowFailure(f"only {len(healthy)} good answers before the trouble")
    limit = percentile(healthy, 99) * SLOW_FACTOR
    judged = [result for result in results if result.at >= begin]
    failed = Counter(result.outcome for result in judged if not result.is_good)
    if name == "sluice" and failed:
        raise RowFailure(f"failed GETs: {dict(failed)}")
    good = [result.ms for result in judged if result.is_good]
    before = slow_per_thousand([result for result in results if result.at < begin], limit)
    kinds = ", ".join(f"{count} {what}" for what, count in sorted(failed.items())) or "none"
    return Measurement(
        slow_per_thousand(judged, limit),
        rate=(len(healthy) + len(good)) / seconds,
        p50_ms=statistics.median(good),
        p99_ms=percentile(good, 99),
        note=f"{given} requests given to the endpoint meanwhile; failed: {kinds}; slow is over {limit:.1f} ms, "
        f"{before:.2f} of 1,000 were before",
    )


def _start_endpoint(session: Session, port: int, journal: Path, mode: str) -> Process:
    command = [sys.executable, str(APPLICATIONS / "failing.py"), str(port), str(journal), mode, str(GOOD_DELAY_MS)]
    process = session.spawn("endpoint", command)
    wait_for_port(port, process)
    return process
