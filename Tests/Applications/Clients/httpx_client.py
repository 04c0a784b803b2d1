#!/usr/bin/env python3
"""Python's httpx as a client, which speaks HTTP/2 through the package h2.

  httpx_client.py --url https://localhost:8443 --ca ca.pem --version h1|h2|h2c [--large]
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx
import verdicts
from verdicts import equal, require

options = verdicts.arguments(__doc__)
VERSION = "HTTP/1.1" if options.version == "h1" else "HTTP/2"
PARALLEL = 100


def client() -> httpx.AsyncClient:
    trust = ssl.create_default_context(cafile=options.ca) if options.ca else False
    h1, h2 = options.version == "h1", options.version != "h1"
    limits = httpx.Limits(max_connections=PARALLEL if h1 else 1)
    return httpx.AsyncClient(
        base_url=options.url, verify=trust, http1=options.version != "h2c", http2=h2, timeout=30, limits=limits,
        trust_env=False,
    )  # fmt: skip


async def download(http: httpx.AsyncClient, size: int) -> None:
    digest, count = hashlib.sha256(), 0
    async with http.stream("GET", f"/bytes/{size}") as response:
        equal((response.status_code, response.http_version), (200, VERSION), "status and version")
        async for piece in response.aiter_raw():
            digest.update(piece)
            count += len(piece)
    equal((count, digest.hexdigest()), (size, response.headers["x-sha256"]), "size and digest")


async def pieces(size: int) -> AsyncIterator[bytes]:
    for piece in verdicts.pieces(size):
        yield piece


async def upload(http: httpx.AsyncClient, size: int, *, is_length_known: bool = True) -> None:
    fields = {"content-length": str(size)} if is_length_known else {}
    response = await http.post("/digest", content=pieces(size), headers=fields)
    equal(response.status_code, 200, "status")
    answer = response.json()
    equal((answer["bytes"], answer["sha256"]), (size, verdicts.body_digest(size)), "bytes and digest")


async def head(http: httpx.AsyncClient) -> None:
    response = await http.head(f"/bytes/{verdicts.MIB}")
    equal((response.status_code, response.headers["content-length"]), (200, str(verdicts.MIB)), "status and length")
    equal(response.content, b"", "body")


async def parallel(http: httpx.AsyncClient) -> None:
    await asyncio.gather(*(download(http, 16 * verdicts.KIB + number) for number in range(PARALLEL)))


async def open_at_origin(http: httpx.AsyncClient) -> int:
    return int(json.loads((await http.get("/open")).content)["open"])


async def cancel(http: httpx.AsyncClient) -> None:
    """The client goes in the middle of a response. (httpx resets no stream: its connection is what ends.)"""
    async with client() as leaving, leaving.stream("GET", "/endless") as response:
        count, body = 0, response.aiter_raw()
        while count < verdicts.MIB:
            count += len(await anext(body))
        equal(await open_at_origin(http), 1, "open at the origin")
    for _ in range(500):
        if await open_at_origin(http) == 0:
            break
        await asyncio.sleep(0.02)
    require(await open_at_origin(http) == 0, "the origin still sends to nobody")
    await download(http, verdicts.MIB)


def run(name: str, case: Callable[[httpx.AsyncClient], Awaitable[object]]) -> None:
    async def with_client() -> None:
        async with client() as http:
            await case(http)

    verdicts.run(name, lambda: asyncio.run(with_client()))


for each in verdicts.sizes(options.large):
    run(f"download {each}", lambda http, size=each: download(http, size))
    run(f"upload {each}", lambda http, size=each: upload(http, size))
run("upload of no known length", lambda http: upload(http, verdicts.MIB, is_length_known=False))
for each_case in (head, parallel, cancel):
    run(each_case.__name__, each_case)
