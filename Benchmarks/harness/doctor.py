"""How long `sluice doctor URL` takes: at a healthy endpoint, and where every look runs into its limit."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from .measurement import Measurement, Units
from .proxies import Proxy, sluice_environment
from .rows import Bench, Row, Target
from .session import RowFailure

PER_LOOK = Units("wall s/examination", "examinations/s")
LIMIT_SECONDS = 60


@dataclass(frozen=True)
class DoctorRow(Row):
    """`kind` is healthy, dead-name, black-hole or stalled-tls."""

    units: Units = PER_LOOK
    kind: str = "healthy"

    def applies_to(self, proxy: Proxy) -> bool:
        return proxy.name == "sluice"

    def measure(self, bench: Bench, proxy: Proxy) -> Measurement:
        with _endpoint(bench, self.kind) as url:
            command = [proxy.binary, "doctor", "--json", url]
            folder = bench.session.new_folder("doctor")
            started = time.monotonic()
            run = subprocess.run(
                command, env=sluice_environment(folder), capture_output=True, timeout=LIMIT_SECONDS, check=False
            )
            seconds = time.monotonic() - started
        wanted = 0 if self.kind == "healthy" else 1
        if run.returncode != wanted:
            raise RowFailure(f"the doctor ended with {run.returncode}: {run.stderr.decode()[:200]}")
        cause = json.loads(run.stdout)["verdict"]["cause"]
        return Measurement(seconds, note=cause)


@contextmanager
def _endpoint(bench: Bench, kind: str) -> Iterator[str]:
    """A URL that is healthy or ill in one way."""
    if kind == "healthy":
        yield f"http://127.0.0.1:{bench.origin.port}/small"
        return
    if kind == "dead-name":
        yield "http://no-such-name.invalid"
        return
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0 if kind == "black-hole" else 64)
        port = listener.getsockname()[1]
        if kind == "black-hole":
            # A full accept queue drops what comes, as a firewall would.
            for _ in range(4):
                caller = stack.enter_context(socket.socket())
                caller.setblocking(False)
                caller.connect_ex(("127.0.0.1", port))
            time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        else:
            yield f"https://127.0.0.1:{port}"


def doctor_rows() -> list[Row]:
    return [
        DoctorRow("doctor-healthy", "sluice doctor, a healthy endpoint", targets=(Target(2.0, None),)),
        *(
            DoctorRow(f"doctor-{kind}", f"sluice doctor, {words}", targets=(Target(10.0, None),), kind=kind)
            for kind, words in [
                ("dead-name", "a name that does not exist"),
                ("black-hole", "an address that drops everything"),
                ("stalled-tls", "a TLS handshake that stalls"),
            ]
        ),
    ]
