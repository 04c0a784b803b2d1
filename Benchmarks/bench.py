#!/usr/bin/env python3
"""Measures Sluice beside nginx, HAProxy, Caddy and nghttpx: the same work and the same workers, in turns.

Examples:
  bench.py                                  every row, five turns of four seconds
  bench.py --quick                          one turn of two seconds, to see that everything works
  bench.py --rows small,download --turns 9  some rows, with more turns
  bench.py --peers nginx,haproxy --no-sluice
"""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
import time
from pathlib import Path

from harness import machine, report
from harness.blocked_log import BlockedLogRow
from harness.incidents import IncidentsRow
from harness.observed import ObservedRow
from harness.logs import logs_rows
from harness.measurement import Measurement
from harness.certificates import make_certificate
from harness.doctor import doctor_rows
from harness.origin import start_http2_origin, start_origin, start_sink
from harness.overload import OverloadRow
from harness.prevention import ChurnRow, WrongEndpointRow
from harness.proxies import Proxy, known_proxies
from harness.release_build import sluice_binary
from harness.rows import Bench, Pinning, Row, Target, other_rows, request_rows
from harness.secure_rows import secure_rows
from harness.session import RowFailure, Session, raise_descriptor_limit
from harness.stalls import HalfClosedUploadsRow, StalledReadersRow

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs" / "PERFORMANCE.md"
PEERS = "nginx,nginx-512k,haproxy,caddy,nghttpx"
GROWTH_TARGET = (Target(100.0, None),)

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_IMPOSSIBLE = 3


def all_rows() -> list[Row]:
    return [
        *request_rows(),
        *other_rows(),
        *secure_rows(),
        *doctor_rows(),
        *logs_rows(),
        StalledReadersRow("stalled-readers", "100 clients do not read 30 MiB each", targets=GROWTH_TARGET),
        HalfClosedUploadsRow("half-closed-uploads", "100 uploads cut by a FIN, stalled origin", targets=GROWTH_TARGET),
        BlockedLogRow("log-disk-full", "small; output on a blocked pipe, access log on a full disk"),
        BlockedLogRow("log-pipe-blocked", "small; output and log on a blocked pipe", log_on_standard_output=True),
        OverloadRow("overload", "100/s possible, 1,000/s offered, limit configured"),
        OverloadRow("overload-adaptive", "100/s possible, 1,000/s offered, adaptive limit", is_adaptive=True),
        ObservedRow("observed", "small; what metrics, traces, log and store add", targets=(Target(1.5, None),)),
        IncidentsRow("incidents", "2,000 failing requests/s: what the store adds", targets=(Target(15.0, None),)),
        IncidentsRow("incidents-blocked", "the same; the store is locked for ten seconds", is_blocked=True),
        ChurnRow("churn", "two Node applications killed and restarted in turn", targets=(Target(0.0, None),)),
        WrongEndpointRow("stalling-endpoint", "one of three endpoints never answers", targets=(Target(1.0, None),)),
        WrongEndpointRow("refusing-endpoint", "one of three endpoints is gone", mode="refuse"),
        WrongEndpointRow("resetting-endpoint", "one of three endpoints resets each request", mode="reset"),
        WrongEndpointRow("garbage-endpoint", "one of three endpoints answers garbage", mode="garbage"),
    ]


def parse_arguments(rows: list[Row]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", help="names, comma separated: " + ", ".join(row.name for row in rows))
    parser.add_argument("--peers", default=PEERS, help=f"comma separated, default {PEERS}")
    parser.add_argument("--no-sluice", action="store_true", help="measures the peers alone")
    parser.add_argument("--turns", type=int, default=5, help="default 5; the medians count")
    parser.add_argument("--seconds", type=int, default=4, help="of each measurement, default 4")
    parser.add_argument("--quick", action="store_true", help="one turn of 2 seconds")
    parser.add_argument("--json", type=Path, metavar="FILE", help="writes everything that was measured")
    parser.add_argument("--write-docs", action="store_true", help="writes the tables into docs/PERFORMANCE.md")
    parser.add_argument("--enforce", action="store_true", help="a missed target is a failure, too")
    parser.add_argument("--list", action="store_true", help="names the rows and stops")
    options = parser.parse_args()
    if options.quick:
        options.turns, options.seconds = 1, 2
    if options.turns < 1 or options.seconds < 1:
        parser.error("--turns and --seconds must be at least 1")
    return options


def choose_rows(rows: list[Row], names: str | None) -> list[Row]:
    if names is None:
        return rows
    known = {row.name: row for row in rows}
    unknown = [name for name in names.split(",") if name not in known]
    if unknown:
        stop(EXIT_USAGE, f"no row is called {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names.split(",")]


def choose_proxies(peers: str, with_sluice: bool) -> list[Proxy]:
    binary = str(sluice_binary(ROOT)) if with_sluice else "sluice"
    wanted = [name for name in peers.split(",") if name] + (["sluice"] if with_sluice else [])
    known = {proxy.name: proxy for proxy in known_proxies(binary)}
    unknown = [name for name in wanted if name not in known]
    if unknown:
        stop(EXIT_USAGE, f"no peer is called {', '.join(unknown)}; there are {PEERS}")
    missing = [name for name in wanted if not known[name].is_installed()]
    if missing:
        stop(EXIT_IMPOSSIBLE, f"not installed: {', '.join(missing)} (scripts/bench.sh installs them)")
    return [known[name] for name in wanted]


def choose_pinning() -> Pinning:
    return Pinning(proxy=1, load=0) if (os.cpu_count() or 1) >= 2 else Pinning(None, None)


def conditions(pinning: Pinning, turns: int, seconds: int, busy: float) -> list[str]:
    pinned = (
        f"The proxy alone on core {pinning.proxy}, origin and load together on core {pinning.load}; "
        "rows with 2 workers are not pinned."
        if pinning.proxy is not None
        else "Nothing is pinned: this machine has one core."
    )
    lines = [
        f"Medians of {turns} turns of {seconds} s; in each turn every proxy has its run. {pinned}",
        "Rates are what origin and load, which share a core, can drive; the CPU time is the proxy's own.",
        "`x best`: the total over that of the best of nginx, HAProxy and nghttpx; lower is better.",
    ]
    if busy > machine.BUSY_SHARE_MAX:
        lines.append(f"**The machine was not idle: {busy:.0%} of its cores were in use before the start.**")
    return lines


def run_row(bench: Bench, row: Row, proxies: list[Proxy], turns: int) -> report.RowResult:
    result = report.RowResult(row, skipped=row.obstacle())
    chosen = [proxy for proxy in proxies if row.applies_to(proxy)]
    if not chosen:
        result.skipped = "for sluice only"
    if result.skipped:
        return result
    result.turns = {proxy.name: [] for proxy in chosen}
    turns = min(turns, row.turns_max or turns)
    for turn in range(turns):
        for proxy in chosen:
            if proxy.name in result.failures:
                continue
            progress(f"{row.name}: turn {turn + 1} of {turns}, {proxy.name}")
            try:
                result.turns[proxy.name].append(measure(bench, row, proxy))
            except RowFailure as failure:
                result.failures[proxy.name] = str(failure)
    progress("")
    return result


def measure(bench: Bench, row: Row, proxy: Proxy) -> Measurement:
    """Whatever breaks is told as a failure of this row and proxy, and ends its processes."""
    before = bench.session.mark()
    try:
        return row.measure(bench, proxy)
    except OSError as error:
        raise RowFailure(f"{type(error).__name__}: {error}") from error
    finally:
        bench.session.stop_since(before)


def run(options: argparse.Namespace, rows: list[Row], proxies: list[Proxy]) -> report.Report:
    pinning = choose_pinning()
    busy = machine.busy_share()
    lines = conditions(pinning, options.turns, options.seconds, busy)
    print("\n".join(textwrap.fill(line, report.WIDTH_MAX) for line in lines), flush=True)
    results: list[report.RowResult] = []
    with Session() as session:
        if pinning.load is not None:
            os.sched_setaffinity(0, {pinning.load})
        origin = start_origin(session, pinning.load)
        sink = start_sink(session, pinning.load)
        http2_origin = start_http2_origin(session, pinning.load)
        certificate = make_certificate(session.new_folder("certificate"))
        bulk_file = origin.folder / "100m"
        bench = Bench(session, pinning, origin, sink, http2_origin, certificate, bulk_file, options.seconds)
        for row in rows:
            results.append(run_row(bench, row, proxies, options.turns))
            print("\n" + report.table(results[-1]), end="", flush=True)
    return report.Report(
        machine.describe(),
        {proxy.name: proxy.version() for proxy in proxies},
        {proxy.name: proxy.settings for proxy in proxies},
        lines,
        results,
    )


def progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()


def stop(code: int, sentence: str) -> None:
    sys.stderr.write(f"bench: {sentence}\n")
    sys.exit(code)


def main() -> int:
    rows = all_rows()
    options = parse_arguments(rows)
    if options.list:
        print("\n".join(report.title(row) for row in rows))
        return 0
    rows = choose_rows(rows, options.rows)
    raise_descriptor_limit()
    started = time.monotonic()
    try:
        outcome = run(options, rows, choose_proxies(options.peers, not options.no_sluice))
    except KeyboardInterrupt:
        stop(EXIT_IMPOSSIBLE, "interrupted; everything it started has ended")
        return EXIT_IMPOSSIBLE
    except RowFailure as failure:
        stop(EXIT_IMPOSSIBLE, str(failure))
        return EXIT_IMPOSSIBLE
    print(f"\n{time.monotonic() - started:.0f} s in all")
    if options.json:
        report.write_json(outcome, options.json)
    if options.write_docs:
        report.write_document(outcome, DOCUMENT)
    failed = outcome.has_failure() or (options.enforce and outcome.misses_target())
    return EXIT_FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(main())
