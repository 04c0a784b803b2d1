"""Tests of the load that records each request, and of what the rows of dying applications make of its records."""

from __future__ import annotations

import socket
import struct
import subprocess
import sys
import tempfile
import threading
import unittest
from collections import Counter
from contextlib import suppress
from pathlib import Path

from harness.prevention import APPLICATIONS, Result, judge, read_results, tally
from harness.session import RowFailure

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"


def serve(listener: socket.socket) -> None:
    """Does with each request what its number says; nine in ten are answered well."""

    def serve_one(connection: socket.socket) -> None:
        with suppress(OSError), connection:
            while head := connection.recv(65536):
                number = int(head.partition(b"key=k")[2].split()[0])
                body = b"k%d 0\n" % number
                good = GOOD % (len(body), body)
                match number:
                    case 10:
                        return
                    case 20:
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return
                    case 30:
                        return connection.sendall(good[:20])
                    case 40:
                        return connection.sendall(good[:-2])
                    case 50:
                        connection.sendall(b"HTTP/1.1 503 No\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n")
                    case 60:
                        connection.sendall(GOOD % (5, b"other"))
                    case 70:
                        threading.Event().wait(3)
                    case _:
                        connection.sendall(good)

    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=serve_one, args=(connection,), daemon=True).start()


class LoadRecordsExactly(unittest.TestCase):
    def test_each_way_to_fail_is_told_from_the_others(self) -> None:
        with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=serve, args=(listener,), daemon=True).start()
            out = Path(folder) / "results"
            options = ["--rate", "100", "--seconds", "1", "--timeout", "1", "--out", str(out)]
            port = str(listener.getsockname()[1])
            subprocess.run([sys.executable, APPLICATIONS / "load.py", "--port", port, *options], check=True, timeout=30)
            results = {result.key: result for result in read_results(out)}
        failed = {key: result.outcome for key, result in results.items() if not result.is_good}
        expected = {
            "k10": "cut (closed)",
            "k20": "cut (reset)",
            "k30": "cut (truncated)",
            "k40": "cut (truncated)",
            "k50": "503",
            "k60": "cut (body)",
            "k70": "cut (timeout)",
        }
        self.assertEqual(failed, expected)
        self.assertGreaterEqual(len(results), 100)
        self.assertEqual(results["k50"].retryAfter, "1")
        self.assertGreaterEqual(results["k70"].ms, 1000)

    def test_a_port_where_nobody_listens_is_a_failed_connect(self) -> None:
        with tempfile.TemporaryDirectory() as folder, socket.socket() as refusing:
            refusing.bind(("127.0.0.1", 0))
            out = Path(folder) / "results"
            port = str(refusing.getsockname()[1])
            command = [sys.executable, APPLICATIONS / "load.py", "--port", port, "--out", str(out)]
            subprocess.run([*command, "--rate", "20", "--seconds", "0.2"], check=True, timeout=30)
            self.assertEqual({result.outcome for result in read_results(out)}, {"cut (connect)"})


def result(key: str, method: str = "GET", status: int = 200, failure: str | None = None, ms: float = 1.0) -> Result:
    return Result(key, method, 0.0, status, failure, ms)


class Tallies(unittest.TestCase):
    def test_what_counts_as_lost(self) -> None:
        results = [
            result("a"),
            result("b"),
            result("c", status=502),
            result("d", "POST", 502),
            result("e", "POST", 0, "closed"),
            result("f", "POST"),
        ]
        found = tally(results, Counter({"a": 2, "b": 1, "f": 2, "e": 1}))
        self.assertEqual((found.lost, found.cuts, found.executed_twice, found.good), (3, 1, 1, 3))
        self.assertIn("1 GET 502, 1 POST 502, 1 POST cut (closed)", found.note())

    def test_an_answer_that_no_application_gave_is_not_believed(self) -> None:
        with self.assertRaises(RowFailure):
            tally([result("a"), result("b")], Counter({"a": 1}))


class WrongEndpoints(unittest.TestCase):
    def results(self, *later: Result) -> list[Result]:
        return [result(f"h{number}", ms=10 + number % 2) for number in range(200)] + list(later)

    def later(self, **changes: object) -> Result:
        return Result(**{**result("x", ms=10).__dict__, "at": 5.0, **changes})  # type: ignore[arg-type]

    def test_slow_and_failed_ones_count(self) -> None:
        later = [self.later() for _ in range(997)] + [self.later(ms=100.0), self.later(status=504), self.later(ms=15.0)]
        found = judge("nginx", self.results(*later), begin=1.0, seconds=10.0, given=3)
        self.assertAlmostEqual(found.total, 2.0)
        self.assertIn("failed: 1 504", found.note)

    def test_of_sluice_none_may_fail(self) -> None:
        with self.assertRaises(RowFailure):
            judge("sluice", self.results(self.later(status=504), self.later()), 1.0, 10.0, 3)

    def test_without_a_healthy_time_before_nothing_can_be_judged(self) -> None:
        with self.assertRaises(RowFailure):
            judge("nginx", [self.later() for _ in range(500)], 1.0, 10.0, 3)


if __name__ == "__main__":
    unittest.main()
