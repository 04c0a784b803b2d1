#!/usr/bin/env python3
"""h2load as a client: many streams on few connections, every one of them answered.

  h2load_client.py --url https://localhost:8443 --version h1|h2|h2c
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path

import verdicts
from verdicts import equal, require

options = verdicts.arguments(__doc__)
# h2load trusts everybody; its list of ALPN names and its protocol for plain ports are separate options.
PROTOCOL = {"h1": ["--npn-list=http/1.1"], "h2": ["--npn-list=h2"], "h2c": ["--no-tls-proto=h2c"]}[options.version]


def load(requests: int, clients: int, streams: int, path: str, *more: str) -> str:
    numbers = [f"-n{requests}", f"-c{clients}", f"-m{streams}"]
    command = ["h2load", *numbers, *PROTOCOL, "-N10", "-T10", *more, options.url + path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)
    require(done.returncode == 0, f"h2load ended with {done.returncode}: {done.stderr}")
    found = re.search(r"requests: (.*)\nstatus codes: (.*)\n", done.stdout)
    require(found, done.stdout[-300:])
    assert found
    told = found.group(1)
    counts = ", ".join(f"{requests} {word}" for word in ("total", "started", "done", "succeeded"))
    wanted = f"{counts}, 0 failed, 0 errored, 0 timeout"
    equal(told, wanted, "requests")
    require(found.group(2).startswith(f"{requests} 2xx"), found.group(2))
    return next(line for line in done.stdout.splitlines() if line.startswith("finished in"))


with tempfile.TemporaryDirectory() as folder:
    body = Path(folder) / "body"
    body.write_bytes(b"".join(verdicts.pieces(64 * verdicts.KIB)))
    streams = 1 if options.version == "h1" else 100
    verdicts.run("small", lambda: load(3000, 4, streams, "/bytes/1"))
    verdicts.run("16 KiB", lambda: load(2000, 4, streams, "/bytes/16384"))
    verdicts.run("1 MiB", lambda: load(60, 2, min(streams, 20), "/bytes/1048576"))
    verdicts.run("uploads", lambda: load(500, 2, min(streams, 50), "/digest", "-d", str(body)))
    if options.version != "h1":
        # Windows of 64 KiB less one for the stream and the connection: h2load counts the smallest in bits.
        verdicts.run("small windows", lambda: load(100, 2, 10, "/bytes/65536", "-w16", "-W16"))
