#!/usr/bin/env python3
"""The verdicts of the WebSocket case suite `kosoku` on a server, one line of JSON for each case.

  kosoku_client.py ws://127.0.0.1:9001 [--include GLOB ...] [--exclude GLOB ...]

Each line: {"case": ID, "behavior": TEXT, "close": TEXT, "code": NUMBER or null}. With `--ca FILE` a wss:// address is
reached through a tunnel in this process, which trusts that issuer alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import ssl
import sys
from contextlib import suppress
from urllib.parse import urlsplit

from kosoku import FailureError, run_fuzzingclient

PARALLELISM = 8
SUITE_SECONDS = 120
PIECE_BYTES = 1 << 16


async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Until the end of one direction, which is passed on: TLS cannot say half a close, so it ends both."""
    with suppress(ConnectionError, ssl.SSLError):
        while piece := await reader.read(PIECE_BYTES):
            writer.write(piece)
            await writer.drain()
    with suppress(ConnectionError, ssl.SSLError):
        writer.close()


async def tunnel(host: str, port: int, ca: str) -> asyncio.Server:
    context = ssl.create_default_context(cafile=ca)
    context.set_alpn_protocols(["http/1.1"])

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(host, port, ssl=context)
        except (OSError, ssl.SSLError) as error:
            sys.stderr.write(f"no tunnel: {error}\n")
            writer.close()
            return
        # The end of the suite ends what still waits.
        with suppress(asyncio.CancelledError):
            await asyncio.gather(pipe(reader, far_writer), pipe(far_reader, writer))

    return await asyncio.start_server(accept, "127.0.0.1", 0)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("--ca")
    parser.add_argument("--include", action="append")
    parser.add_argument("--exclude", action="append")
    options = parser.parse_args()
    address = options.address
    if options.ca:
        url = urlsplit(address)
        server = await tunnel(url.hostname or "", url.port or 443, options.ca)
        address = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    suite = run_fuzzingclient(address, options.include, options.exclude, concurrency=PARALLELISM)
    try:
        results = await asyncio.wait_for(suite, SUITE_SECONDS)
    except FailureError as failure:
        results = failure.results
    for result in results:
        told = {
            "case": result.case_id,
            "behavior": result.behavior.value,
            "close": result.behavior_close.value,
            "code": result.remote_close_code,
        }
        print(json.dumps(told), flush=True)
    # What the suite has left open has nothing to say any more, and its native part may abort at a usual exit.
    os._exit(0)


asyncio.run(main())
