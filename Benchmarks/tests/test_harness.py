"""Tests of what the harness computes and refuses. In Benchmarks: python3 -m unittest discover -t ."""

from __future__ import annotations

import os
import tempfile
import unittest
from pathlib import Path

from harness import report, usage
from harness.blocked_log import full_pipe
from harness.exchange import Response, ResponseHead
from harness.load import WrkResult
from harness.measurement import Measurement, median
from harness.overload import ABLE, Outcome, outcome_of
from harness.proxies import sluice_config
from harness.rows import RequestRow, Target
from harness.session import RowFailure, Session
from harness.soak.ledger import Ledger, LogAudit, audit_logs
from harness.soak.watch import Watch

RESPONSE = Response(ResponseHead(200, {}, 90), b"0123456789")


def wrk_result(**changes: float) -> WrkResult:
    values = {"requests": 1000, "bytes": 100_000, "seconds": 2.0, "p50Ms": 1.0, "p99Ms": 2.0}
    errors = dict.fromkeys(("connect", "read", "write", "status", "timeout"), 0)
    return WrkResult(**{**values, **errors, **changes})  # type: ignore[arg-type]


class RunIsBelieved(unittest.TestCase):
    def test_clean_run_passes(self) -> None:
        wrk_result().require_clean(RESPONSE)

    def test_any_error_fails(self) -> None:
        for kind in ("connect", "read", "write", "status", "timeout"):
            with self.subTest(kind), self.assertRaises(RowFailure):
                wrk_result(**{kind: 1}).require_clean(RESPONSE)

    def test_wrong_number_of_bytes_fails(self) -> None:
        for count in (80_000, 120_000):
            with self.subTest(count), self.assertRaises(RowFailure):
                wrk_result(bytes=count).require_clean(RESPONSE)

    def test_no_request_at_all_fails(self) -> None:
        with self.assertRaises(RowFailure):
            wrk_result(requests=0, bytes=0).require_clean(RESPONSE)


class CpuTime(unittest.TestCase):
    def test_total_is_of_the_scheduler_and_split_of_the_ticks(self) -> None:
        before = usage.CpuSample(10, 10, {1: 1_000})
        after = usage.CpuSample(11, 13, {1: 1_000 + 80_000_000})
        use = usage.cpu_between(before, after)
        self.assertAlmostEqual(use.user, 0.02)
        self.assertAlmostEqual(use.system, 0.06)

    def test_an_ended_thread_is_not_forgotten(self) -> None:
        before = usage.CpuSample(0, 0, {1: 0, 2: 0})
        after = usage.CpuSample(5, 5, {1: 1})
        self.assertAlmostEqual(usage.cpu_between(before, after).total, 10 * usage.NANOSECONDS_PER_TICK / 1e9)

    def test_own_process_is_in_its_tree(self) -> None:
        self.assertIn(os.getpid(), usage.process_tree(os.getpid()))
        self.assertGreater(usage.resident_bytes([os.getpid()]), 0)


class Tables(unittest.TestCase):
    def result(self) -> report.RowResult:
        row = RequestRow("small", "small response", targets=(Target(1.0, "peers"), Target(0.35, "caddy")))
        turn = Measurement(123.456, 60.0, 63.456, 123456.0, 12.34, 123.45, 1234.5)
        costs = {"nginx-512k": 3.0, "nginx": 14.0, "haproxy": 13.0, "caddy": 57.0, "sluice": 14.3}
        turns = {name: [Measurement(**{**turn.__dict__, "total": cost})] for name, cost in costs.items()}
        return report.RowResult(row, turns)

    def test_fit_the_terminal(self) -> None:
        failed = self.result()
        failed.failures["caddy"] = "reason " * 40
        for result in (self.result(), failed):
            self.assertLessEqual(max(map(len, report.table(result).splitlines())), report.WIDTH_MAX)

    def test_best_peer_is_the_better_of_nginx_and_haproxy(self) -> None:
        self.assertEqual(self.result().reference("peers"), 13.0)

    def test_verdicts_tell_met_from_missed(self) -> None:
        self.assertEqual([met for met, _ in self.result().verdicts()], [False, True])

    def test_a_failed_proxy_has_no_numbers(self) -> None:
        result = self.result()
        result.failures["sluice"] = "1 timeouts"
        self.assertNotIn("sluice", result.medians())

    def test_document_is_replaced_between_its_markers_only(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "PERFORMANCE.md"
            path.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
            names = {"nginx": "1"}
            machine = dict.fromkeys(("date", "cpu", "cores", "memory", "system", "kernel"), "x")
            report.write_document(report.Report(machine, names, names, ["c"], [self.result()]), path)
            text = path.read_text()
        self.assertTrue(text.startswith("before\n") and text.endswith("after\n") and "old" not in text)
        self.assertIn("| sluice |", text)

    def test_rows_that_were_not_measured_stay(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "PERFORMANCE.md"
            measured = self.result().row.name
            old = f"{report.BEGIN}\nhead\n\n### {measured}\n\nold\n\n### other\n\nkept\n\n{report.END}\n"
            path.write_text(old)
            machine = dict.fromkeys(("date", "cpu", "cores", "memory", "system", "kernel"), "x")
            report.write_document(report.Report(machine, {"nginx": "1"}, {"nginx": "1"}, ["c"], [self.result()]), path)
            text = path.read_text()
        self.assertNotIn("old", text)
        self.assertNotIn("head", text)
        self.assertIn("### other\n\nkept\n", text)
        self.assertEqual(text.count(f"### {measured}\n"), 1)


class Medians(unittest.TestCase):
    def test_of_each_column_by_itself(self) -> None:
        turns = [Measurement(1, rate=30), Measurement(3, rate=10), Measurement(2, rate=20)]
        self.assertEqual(median(turns), Measurement(2, rate=20))


class SoakAudit(unittest.TestCase):
    def audit(self, log: str, issued: int) -> LogAudit:
        ledger = Ledger(issued=issued)
        ledger.forget("/small/4")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "access.log"
            path.write_text(log)
            return audit_logs([path], ledger)

    def test_one_line_each_passes(self) -> None:
        log = "".join(f'{{"path": "/small/{number}"}}\n' for number in (2, 1, 3))
        self.assertIsNone(self.audit(log, 4).problem())

    def test_missing_doubled_and_foreign_lines_are_found(self) -> None:
        audit = self.audit('{"path": "/small/1"}\n{"path": "/small/1"}\n{"path": "/elsewhere"}\ncut', 3)
        self.assertEqual((audit.missing, audit.doubled, audit.unreadable), (2, 1, 2))

    def test_growth_of_memory_is_found(self) -> None:
        flat, growing = (Watch(os.getpid(), 10, 100) for _ in range(2))
        flat.samples = [(float(second), 50 << 20) for second in range(100)]
        growing.samples = [(float(second), (50 << 20) + second * (1 << 18)) for second in range(100)]
        self.assertIsNone(flat.problem())
        self.assertIsNotNone(growing.problem())


class Endings(unittest.TestCase):
    def test_session_ends_its_children_and_removes_its_folder(self) -> None:
        with self.assertRaises(RowFailure), Session() as session:
            process = session.spawn("sleeper", ["sleep", "60"])
            raise RowFailure("any")
        self.assertIsNotNone(process.popen.poll())
        self.assertFalse(session.folder.exists())

    def test_full_pipe_takes_no_byte_more(self) -> None:
        with full_pipe() as (_, writer):
            os.set_blocking(writer, False)
            with self.assertRaises(BlockingIOError):
                os.write(writer, b".")


class Overload(unittest.TestCase):
    """Ten seconds with what the application can do, nine times as many 503."""

    def outcome(self, **changes: object) -> Outcome:
        accepted = [[200, False, 1.0, number / ABLE] for number in range(10 * ABLE)]
        late = [[200, False, 1.0, 10.5] for _ in range(ABLE)]
        refused = [[503, True, 1.01, 5.0] for _ in range(90 * ABLE)]
        for index, value in changes.get("first_refused", {}).items():  # type: ignore[attr-defined]
            refused[0][index] = value
        accepted = accepted[: changes.get("accepted", len(accepted))]  # type: ignore[misc]
        return outcome_of({"answers": accepted + late + refused, "unanswered": changes.get("unanswered", 0)}, 10)

    def test_what_holds_passes(self) -> None:
        self.assertEqual(self.outcome().problems(), [])

    def test_what_is_answered_after_the_end_is_no_goodput(self) -> None:
        self.assertAlmostEqual(self.outcome().goodput, ABLE)
        self.assertEqual(len(self.outcome(accepted=9 * ABLE).problems()), 1)

    def test_each_kind_of_bad_answer_is_a_problem(self) -> None:
        for index, value in ((0, 502), (0, 504), (0, 0), (1, False)):
            with self.subTest(index=index, value=value):
                self.assertEqual(len(self.outcome(first_refused={index: value}).problems()), 1)
        self.assertEqual(len(self.outcome(unanswered=1).problems()), 1)

    def test_time_counts_from_the_verdict(self) -> None:
        times = outcome_of({"answers": [[503, True, s, 1.0] for s in (0.02, 0.99, 1.2)], "unanswered": 0}, 1).verdicts
        self.assertEqual([round(time, 3) for time in times], [0.0, 0.02, 0.2])


class Configuration(unittest.TestCase):
    def test_has_only_what_was_asked_for(self) -> None:
        text = sluice_config([8080], [("/", "origin")], {"origin": [3000]}, workers=1, access_log=None)
        self.assertIn("    endpoints: ['http://127.0.0.1:3000']\n", text)
        self.assertNotIn("accessLog", text)


if __name__ == "__main__":
    unittest.main()
