#!/usr/bin/env python3
"""curl as a client: bodies of every size with their digest, HEAD, trailers, early hints, many at once, cancellation.

  curl_client.py --url https://localhost:8443 --ca ca.pem --version h1|h2|h2c [--large]
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import verdicts
from verdicts import equal, require

options = verdicts.arguments(__doc__)
HTTP = {"h1": "--http1.1", "h2": "--http2", "h2c": "--http2-prior-knowledge"}[options.version]
VERSION = {"h1": "1.1", "h2": "2", "h2c": "2"}[options.version]
PARALLEL = 50


def command(*more: str) -> list[str]:
    trust = ["--cacert", options.ca] if options.ca else []
    # What curl does of its own accord is switched off: the answer to a request that failed is part of the verdict.
    return ["curl", "--disable", "--silent", "--show-error", "--max-time", "35", HTTP, *trust, *more]


def curl(*more: str, body: bytes | None = None) -> bytes:
    done = subprocess.run(command(*more), input=body, capture_output=True, check=False)
    require(done.returncode == 0, f"curl ended with {done.returncode}: {done.stderr.decode().strip()}")
    return done.stdout


def download(size: int, folder: Path) -> str:
    told = curl(
        "--dump-header", str(folder / "head"), "--output", str(folder / "body"),
        "--write-out", "%{http_code} %{http_version} %{size_download}", f"{options.url}/bytes/{size}",
    )  # fmt: skip
    equal(told.decode(), f"200 {VERSION} {size}", "status, version and size")
    head = (folder / "head").read_text().lower()
    found = "" if size == 0 and not (folder / "body").exists() else (folder / "body").read_bytes()
    wanted = next(line.split(": ")[1].strip() for line in head.splitlines() if line.startswith("x-sha256"))
    equal(hashlib.sha256(found or b"").hexdigest(), wanted, "digest")
    (folder / "body").unlink(missing_ok=True)
    return ""


def upload(size: int, folder: Path, *more: str) -> None:
    path = folder / "upload"
    with path.open("wb") as file:
        for piece in verdicts.pieces(size):
            file.write(piece)
    answer = json.loads(curl("--data-binary", f"@{path}", *more, f"{options.url}/digest"))
    equal((answer["bytes"], answer["sha256"]), (size, verdicts.body_digest(size)), "bytes and digest")


def head() -> None:
    text = curl("--head", f"{options.url}/bytes/{verdicts.MIB}").decode().lower()
    require(text.startswith(f"http/{VERSION} 200"), text)
    require(f"content-length: {verdicts.MIB}" in text, text)


def trailers() -> None:
    # curl shows trailers as a second block of its --include output, behind the body.
    fields = curl("--dump-header", "-", "--output", "/dev/null", f"{options.url}/trailers").decode().lower()
    if options.version != "h1" or "trailer: x-count" in fields:
        require("x-count: 6" in fields and "x-state: whole" in fields, fields)


def hints() -> None:
    fields = curl("--dump-header", "-", "--output", "/dev/null", f"{options.url}/hints").decode().lower()
    require(fields.startswith(f"http/{VERSION} 103"), fields)
    require("link: </style.css>" in fields and f"http/{VERSION} 200" in fields, fields)


def parallel() -> None:
    urls = [argument for _ in range(PARALLEL) for argument in ("--output", "/dev/null", f"{options.url}/bytes/16384")]
    told = curl("--parallel", "--parallel-max", str(PARALLEL), "--write-out", "%{http_code} %{size_download}\n", *urls)
    equal(told.decode().split("\n")[:-1], ["200 16384"] * PARALLEL, "answers")


def open_at_origin() -> int:
    return int(json.loads(curl(f"{options.url}/open"))["open"])


def cancel() -> None:
    with subprocess.Popen(command(f"{options.url}/endless"), stdout=subprocess.PIPE) as endless:
        assert endless.stdout is not None
        equal(len(endless.stdout.read(verdicts.MIB)), verdicts.MIB, "bytes before the end")
        equal(open_at_origin(), 1, "open at the origin")
        endless.kill()
    verdicts.eventually(lambda: open_at_origin() == 0, "the origin still sends to nobody")


with tempfile.TemporaryDirectory() as name:
    place = Path(name)
    for each in verdicts.sizes(options.large):
        verdicts.run(f"download {each}", lambda size=each: download(size, place))
        verdicts.run(f"upload {each}", lambda size=each: upload(size, place))
    # With a length that is not known before.
    chunked = ["--header", "Content-Length:"] + (["--header", "Transfer-Encoding: chunked"] if VERSION == "1.1" else [])
    verdicts.run("upload of no known length", lambda: upload(verdicts.MIB, place, *chunked))
    for each_case in (head, trailers, hints, cancel):
        verdicts.run(each_case.__name__, each_case)
    # With prior knowledge curl 7.88 mixes up the connection that its transfers share, in front of any server.
    if options.version != "h2c":
        verdicts.run("parallel", parallel)
