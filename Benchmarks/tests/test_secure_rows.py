"""Tests of what the rows with TLS and HTTP/2 believe, and of what they ask proxies to be."""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
import unittest
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.certificates import Certificate, make_certificate
from harness.exchange import connect
from harness.proxies import Plan, known_proxies
from harness.secure_rows import H2LoadResult, believe_handshakes, secure_rows
from harness.session import RowFailure

H2LOAD = """
finished in 2.00s, 500.00 req/s, 20.00KB/s
requests: 1010 total, 1010 started, 1000 done, 1000 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 1004 2xx, 0 3xx, 0 4xx, 0 5xx
traffic: 50.00KB (51200) total, 1.00KB (1024) headers (space savings 90.00%), 12.70KB (13026) data
"""


def h2load_result(text: str = H2LOAD) -> H2LoadResult:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.write_text("".join(f"1700000000000000\t200\t{number}\n" for number in range(1000)))
        return H2LoadResult.of(text, log)


@contextmanager
def certificate() -> Iterator[Certificate]:
    with tempfile.TemporaryDirectory() as folder:
        yield make_certificate(Path(folder))


class StreamsAreBelieved(unittest.TestCase):
    def test_a_clean_run_passes(self) -> None:
        result = h2load_result().require_clean(13)
        self.assertEqual((result.requests, result.p50_ms, result.p99_ms), (1000, 0.5, 0.99))

    def test_whatever_went_wrong_fails(self) -> None:
        changes = [
            ("0 failed", "1 failed"), ("0 errored", "1 errored"), ("0 timeout", "1 timeout"),
            ("1000 succeeded", "999 succeeded"), ("1004 2xx, 0 3xx", "999 2xx, 1 3xx"), ("1004 2xx", "1100 2xx"),
            ("(13026) data", "(12000) data"), ("(13026) data", "(14000) data"), ("1000 done", "0 done"),
        ]  # fmt: skip
        for old, new in changes:
            self.assertIn(old, H2LOAD)
            with self.subTest(new), self.assertRaises(RowFailure):
                h2load_result(H2LOAD.replace(old, new)).require_clean(13)

    def test_no_result_fails(self) -> None:
        with self.assertRaises(RowFailure):
            h2load_result("h2load: could not connect")


class HandshakesAreBelieved(unittest.TestCase):
    def report(self, **changes: object) -> dict[str, object]:
        return {"handshakes": 1000, "resumed": 0, "seconds": 2.0, "p50Ms": 1.0, "p99Ms": 2.0, "failures": [], **changes}

    def test_each_kind_passes_as_itself_only(self) -> None:
        believe_handshakes(self.report(), False)
        believe_handshakes(self.report(resumed=992), True)
        for resumed, is_resumed in ((1, False), (900, True)):
            with self.subTest(resumed), self.assertRaises(RowFailure):
                believe_handshakes(self.report(resumed=resumed), is_resumed)

    def test_failures_and_silence_fail(self) -> None:
        for change in ({"failures": ["reset"]}, {"handshakes": 0}):
            with self.subTest(change), self.assertRaises(RowFailure):
                believe_handshakes(self.report(**change), False)


class Certificates(unittest.TestCase):
    def test_a_client_that_trusts_the_authority_accepts_it_and_no_other_does(self) -> None:
        with certificate() as own:
            server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.load_cert_chain(own.both)
            for context, accepts in ((own.context("http/1.1"), True), (ssl.create_default_context(), False)):
                with self.subTest(accepts):
                    self.assertEqual(self.accepts(server, context), accepts)

    def accepts(self, server: ssl.SSLContext, context: ssl.SSLContext) -> bool:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def serve() -> None:
                connection, _ = listener.accept()
                try:
                    server.wrap_socket(connection, server_side=True).close()
                except (ssl.SSLError, OSError):
                    connection.close()

            thread = threading.Thread(target=serve, daemon=True)
            thread.start()
            try:
                connect(listener.getsockname()[1], tls=context).close()
            except ssl.SSLCertVerificationError:
                return False
            finally:
                thread.join(5)
            return True


class EveryProxyIsAskedForTheSame(unittest.TestCase):
    def test_certificate_and_http2_are_in_each_configuration(self) -> None:
        with certificate() as own, tempfile.TemporaryDirectory() as folder:
            for proxy in known_proxies("sluice"):
                with self.subTest(proxy.name):
                    plan = Plan([9], certificate=own, endpoints_speak_http2=True, port=20_000)
                    place = Path(folder) / proxy.name
                    place.mkdir()
                    launch = proxy.prepare(proxy.binary, plan, place)
                    told = " ".join([*launch.arguments, *(file.read_text() for file in place.iterdir())])
                    self.assertTrue(str(own.chain) in told or str(own.both) in told)
                    self.assertRegex(told, r"grpc_pass grpc:|proto h2|h2c:|proto=h2|protocol: http2")

    def test_plain_plans_have_neither(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for proxy in known_proxies("sluice"):
                with self.subTest(proxy.name):
                    place = Path(folder) / proxy.name
                    place.mkdir()
                    launch = proxy.prepare(proxy.binary, Plan([9], port=20_000), place)
                    told = " ".join([*launch.arguments, *(file.read_text() for file in place.iterdir())])
                    unwanted = r"ssl_certificate|ssl crt|grpc_pass|proto h2|h2c:|proto=h2|protocol:|\btls [/{]|ssl http"
                    self.assertNotRegex(told, unwanted)

    def test_nghttpx_is_measured_in_these_rows(self) -> None:
        nghttpx = next(proxy for proxy in known_proxies("sluice") if proxy.name == "nghttpx")
        self.assertTrue(all(row.applies_to(nghttpx) for row in secure_rows()))


if __name__ == "__main__":
    unittest.main()
