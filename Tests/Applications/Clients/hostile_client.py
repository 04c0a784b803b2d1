#!/usr/bin/env python3
"""A client of HTTP/2 that means harm, beside one that does not.

  hostile_client.py KIND --url http://localhost:8080            prior knowledge
  hostile_client.py KIND --url https://localhost:8443 --ca ca.pem

Speaks frames, not HTTP. Prints two lines, as the other clients do: KIND tells whether the gateway ended it as it must,
`neighbour` whether a client beside it, which asks with HTTP/1.1 all the while, was answered as ever.
"""

from __future__ import annotations

import argparse
import http.client
import multiprocessing
import select
import socket
import ssl
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.synchronize import Event
from urllib.parse import urlsplit

import hpack
import verdicts
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)
from verdicts import equal, require

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
PROTOCOL_ERROR, FLOW_CONTROL_ERROR, COMPRESSION_ERROR, ENHANCE_YOUR_CALM = 1, 3, 9, 11
SECONDS = 20
WINDOW_MAX = (1 << 31) - 1
ANSWERS_BEFORE = 5
"""Of the neighbour, before the harm begins."""


class Enemy:
    """One connection. Everything goes through `pump`, which reads while it writes, so that neither side is stuck."""

    def __init__(self, url: str, ca: str | None, settings: dict[int, int] | None = None, buffer: int = 0) -> None:
        place = urlsplit(url)
        self.authority = place.netloc
        self.scheme = place.scheme
        self.socket: socket.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(10)
        self.socket.connect((place.hostname or "", place.port or 0))
        if ca:
            context = ssl.create_default_context(cafile=ca)
            context.set_alpn_protocols(["h2"])
            self.socket = context.wrap_socket(self.socket, server_hostname=place.hostname)
        self.socket.setblocking(False)
        self.received: Counter[str] = Counter()
        self.data_bytes = 0
        self.goaway: int | None = None
        self.resets: dict[int, int] = {}
        self.heads: dict[int, list[tuple[str, str]]] = {}
        self.is_over = False
        self.sent = 0
        self._rest = b""
        self._replies: list[bytes] = []
        self.is_in_block = False
        """A header block is under way: nothing may come between its frames (RFC 9113 section 4.3)."""
        self._decoder = hpack.Decoder()
        self.encoder = hpack.Encoder()
        self.encoder.header_table_size = 0
        self.pump([PREFACE + SettingsFrame(settings=settings or {}).serialize()])

    def request(self, stream: int, path: str = "/bytes/1", method: str = "GET", *, ends: bool = True) -> bytes:
        pairs = [(":method", method), (":scheme", self.scheme), (":authority", self.authority), (":path", path)]
        flags = ["END_HEADERS", "END_STREAM"] if ends else ["END_HEADERS"]
        return HeadersFrame(stream, self.encoder.encode(pairs), flags=flags).serialize()

    def pump(self, output: Iterable[bytes], *, reads: bool = True, seconds: float = SECONDS) -> bool:
        """Sends it all, or until the connection is over. Returns whether all went out."""
        pieces, piece = self._with_replies(output), b""
        deadline = time.monotonic() + seconds
        while not self.is_over and time.monotonic() < deadline:
            if not piece:
                piece = next(pieces, b"")
                if not piece:
                    return True
            readable, writable, _ = select.select([self.socket] if reads else [], [self.socket], [], 0.5)
            if readable:
                self._read()
            if writable and not self.is_over:
                with suppress(BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                    try:
                        count = self.socket.send(piece)
                    except OSError as error:
                        if isinstance(error, (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError)):
                            raise
                        # What the other side said before it closed may still be there to read.
                        self.wait(1)
                        self.is_over = True
                        break
                    self.sent += count
                    piece = piece[count:]
        return False

    def _with_replies(self, output: Iterable[bytes]) -> Iterator[bytes]:
        """Acknowledgements go between two frames of ours."""
        for piece in output:
            yield from self._take_replies()
            yield piece
        yield from self._take_replies()

    def _take_replies(self) -> Iterator[bytes]:
        while self._replies and not self.is_in_block:
            yield self._replies.pop()

    def wait(self, seconds: float, condition: Callable[[], bool] = lambda: False) -> None:
        """Reads until the connection is over, the condition holds or the time is up."""
        deadline = time.monotonic() + seconds
        while not self.is_over and not condition() and time.monotonic() < deadline:
            if self._replies and not self.is_in_block:
                self.pump([], seconds=1)
            elif select.select([self.socket], [], [], 0.05)[0]:
                self._read()

    def _read(self) -> None:
        try:
            piece = self.socket.recv(1 << 18)
        except (ssl.SSLWantReadError, BlockingIOError):
            return
        except OSError:
            piece = b""
        if not piece:
            self.is_over = True
            return
        self._rest += piece
        while len(self._rest) >= 9:
            frame, length = Frame.parse_frame_header(memoryview(self._rest)[:9])
            if len(self._rest) < 9 + length:
                return
            frame.parse_body(memoryview(self._rest)[9 : 9 + length])
            self._rest = self._rest[9 + length :]
            self._take(frame)

    def _take(self, frame: Frame) -> None:
        self.received[type(frame).__name__] += 1
        if isinstance(frame, GoAwayFrame):
            self.goaway = frame.error_code
        elif isinstance(frame, SettingsFrame) and "ACK" not in frame.flags:
            self._replies.append(SettingsFrame(flags=["ACK"]).serialize())
        elif isinstance(frame, RstStreamFrame):
            self.resets[frame.stream_id] = frame.error_code
        elif isinstance(frame, DataFrame):
            self.data_bytes += len(frame.data)
        elif isinstance(frame, HeadersFrame):
            self.heads[frame.stream_id] = list(self._decoder.decode(frame.data))  # type: ignore[arg-type]

    def require_ended(self, *codes: int, seconds: float = SECONDS) -> str:
        """The connection has ended, with one of these codes in its GOAWAY."""
        self.wait(seconds)
        require(self.is_over, f"still open; received {dict(self.received)}, GOAWAY {self.goaway}")
        require(self.goaway in codes, f"ended with GOAWAY {self.goaway} instead of {codes}; {dict(self.received)}")
        return f"GOAWAY {self.goaway} after {self.sent} bytes"

    def close(self) -> None:
        self.socket.close()


def flood(enemy: Enemy, frames: Iterator[bytes], *codes: int) -> str:
    """The gateway must not take all of it."""
    went_out = enemy.pump(frames)
    told = enemy.require_ended(*codes)
    require(not went_out or enemy.goaway is not None, "it took everything")
    return told


def grouped(frame: Callable[[int], bytes], count: int, size: int = 50) -> Iterator[bytes]:
    """Some frames for each write, so that we are fast enough to be a flood."""
    for start in range(0, count, size):
        yield b"".join(frame(number) for number in range(start, start + size))


def rapid_reset(connect: Callable[..., Enemy]) -> str:
    enemy = connect()

    def frames(number: int) -> bytes:
        stream = 2 * number + 1
        return enemy.request(stream, "/bytes/1048576") + RstStreamFrame(stream, error_code=8).serialize()

    return flood(enemy, grouped(frames, 20_000), ENHANCE_YOUR_CALM)


def wrong_streams(connect: Callable[..., Enemy]) -> str:
    """The other way to make the gateway reset streams: requests that it must refuse."""
    enemy = connect()
    pairs = [(":method", "GET"), (":scheme", enemy.scheme), (":path", "/"), ("Upper", "case")]
    block = enemy.encoder.encode(pairs)

    def frames(number: int) -> bytes:
        return HeadersFrame(2 * number + 1, block, flags=["END_HEADERS", "END_STREAM"]).serialize()

    return flood(enemy, grouped(frames, 20_000), ENHANCE_YOUR_CALM, PROTOCOL_ERROR)


def continuation_flood(connect: Callable[..., Enemy]) -> str:
    enemy = connect()
    field = b"\x00\x07x-field\x7f\x81\x7f" + b"v" * 255
    head = HeadersFrame(1, enemy.encoder.encode([(":method", "GET")]), flags=["END_STREAM"]).serialize()

    def frames(number: int) -> bytes:
        return ContinuationFrame(1, field * 60).serialize()

    enemy.is_in_block = True
    enemy.pump([head])
    return flood(enemy, grouped(frames, 8_000), ENHANCE_YOUR_CALM)


def empty_continuations(connect: Callable[..., Enemy]) -> str:
    enemy = connect()
    enemy.is_in_block = True
    enemy.pump([HeadersFrame(1, enemy.encoder.encode([(":method", "GET")]), flags=["END_STREAM"]).serialize()])
    return flood(enemy, grouped(lambda number: ContinuationFrame(1, b"").serialize(), 200_000), ENHANCE_YOUR_CALM)


def settings_flood(connect: Callable[..., Enemy]) -> str:
    def frames(number: int) -> bytes:
        return SettingsFrame(settings={SettingsFrame.INITIAL_WINDOW_SIZE: 1000 + number}).serialize()

    return flood(connect(), grouped(frames, 200_000), ENHANCE_YOUR_CALM)


def ping_flood(connect: Callable[..., Enemy]) -> str:
    frame = PingFrame(opaque_data=b"flooding").serialize()
    return flood(connect(), grouped(lambda number: frame, 200_000), ENHANCE_YOUR_CALM)


def empty_data_flood(connect: Callable[..., Enemy]) -> str:
    enemy = connect()
    enemy.pump([enemy.request(1, "/digest", "POST", ends=False)])
    return flood(enemy, grouped(lambda number: DataFrame(1, b"").serialize(), 200_000), ENHANCE_YOUR_CALM)


def priority_flood(connect: Callable[..., Enemy]) -> str:
    frame = PriorityFrame(1, depends_on=3, stream_weight=7).serialize()
    return flood(connect(), grouped(lambda number: frame, 400_000), ENHANCE_YOUR_CALM)


def window_flood(connect: Callable[..., Enemy]) -> str:
    """A window that overflows is the peer's mistake; until then each increment is a frame too many."""
    frame = WindowUpdateFrame(0, window_increment=1).serialize()
    return flood(connect(), grouped(lambda number: frame, 400_000), ENHANCE_YOUR_CALM, FLOW_CONTROL_ERROR)


def unread_acknowledgements(connect: Callable[..., Enemy]) -> str:
    """PINGs whose answers are never read: they must not be kept for ever."""
    enemy = connect()
    frame = PingFrame(opaque_data=b"flooding").serialize()
    enemy.pump(grouped(lambda number: frame, 200_000), reads=False)
    enemy.wait(SECONDS)
    require(enemy.is_over, "still open")
    return f"ended after {enemy.sent} bytes"


def compressed_bomb(connect: Callable[..., Enemy]) -> str:
    """A few bytes that name a large entry of the table again and again."""
    enemy = connect()
    enemy.encoder.header_table_size = 4096
    first = [(":method", "GET"), (":scheme", enemy.scheme), (":authority", enemy.authority), (":path", "/bytes/1")]
    block = enemy.encoder.encode([*first, ("x-large", "v" * 3900)])
    enemy.pump([HeadersFrame(1, block, flags=["END_HEADERS", "END_STREAM"]).serialize()])
    # Entry 62 is the newest of the dynamic table.
    bomb = enemy.encoder.encode(first) + bytes([0x80 | 62]) * 16_000
    for stream in range(3, 43, 2):
        enemy.pump([HeadersFrame(stream, bomb, flags=["END_HEADERS", "END_STREAM"]).serialize()])
    enemy.wait(5, lambda: len(enemy.heads) + len(enemy.resets) >= 21)
    refused = [dict(head).get(":status") for stream, head in enemy.heads.items() if stream > 1]
    if enemy.is_over:
        require(enemy.goaway in (ENHANCE_YOUR_CALM, COMPRESSION_ERROR), f"ended with GOAWAY {enemy.goaway}")
        return f"GOAWAY {enemy.goaway}"
    equal(set(refused) - {"431"}, set(), "statuses")
    equal(len(refused) + len(enemy.resets), 20, "answers and resets")
    return f"{len(refused)} answers 431, {len(enemy.resets)} resets"


def window_of_zero(connect: Callable[..., Enemy]) -> str:
    """Responses that nobody lets out: each ends when its client was silent for too long."""
    enemy = connect({SettingsFrame.INITIAL_WINDOW_SIZE: 0})
    streams = range(1, 41, 2)
    enemy.pump([enemy.request(stream, "/bytes/1048576") for stream in streams])
    enemy.wait(SECONDS, lambda: len(enemy.resets) == len(streams))
    require(enemy.is_over or len(enemy.resets) == len(streams), f"{len(enemy.resets)} of {len(streams)} were reset")
    equal(enemy.data_bytes, 0, "bytes within a window of 0")
    return f"resets {set(enemy.resets.values())}, GOAWAY {enemy.goaway}"


def window_of_one(connect: Callable[..., Enemy]) -> str:
    """A byte at a time is slow and costly, but no mistake: it goes on as the client does, and costs no memory."""
    enemy = connect({SettingsFrame.INITIAL_WINDOW_SIZE: 1})
    streams = range(1, 41, 2)
    enemy.pump([enemy.request(stream, "/bytes/1048576") for stream in streams])
    deadline, allowed = time.monotonic() + 4, len(streams)
    while time.monotonic() < deadline and not enemy.is_over:
        enemy.pump([b"".join(WindowUpdateFrame(stream, window_increment=1).serialize() for stream in streams)])
        allowed += len(streams)
        enemy.wait(0.02)
    require(enemy.data_bytes <= allowed, f"{enemy.data_bytes} bytes within windows of {allowed}")
    require(enemy.is_over or enemy.data_bytes > len(streams), "nothing came")
    return f"{enemy.data_bytes} bytes, GOAWAY {enemy.goaway}"


def never_reading(connect: Callable[..., Enemy]) -> str:
    """All windows open, nothing read: the socket's buffer is what holds the gateway back."""
    enemy = connect({SettingsFrame.INITIAL_WINDOW_SIZE: WINDOW_MAX}, 4096)
    update = WindowUpdateFrame(0, window_increment=WINDOW_MAX - 65_535).serialize()
    requests = [enemy.request(stream, "/bytes/104857600") for stream in range(1, 61, 2)]
    enemy.pump([update, *requests], reads=False)
    time.sleep(6)
    enemy.wait(SECONDS)
    require(enemy.is_over, f"still open after {enemy.data_bytes} bytes")
    require(enemy.data_bytes < 64 << 20, f"{enemy.data_bytes} bytes were kept for a client that does not read")
    return f"ended after {enemy.data_bytes} bytes, GOAWAY {enemy.goaway}"


def unfinished_uploads(connect: Callable[..., Enemy]) -> str:
    """Requests whose bodies never end."""
    enemy = connect()
    streams = range(1, 41, 2)
    enemy.pump([enemy.request(stream, "/digest", "POST", ends=False) for stream in streams])
    enemy.pump([DataFrame(stream, b"x" * 1000).serialize() for stream in streams])
    enemy.wait(SECONDS, lambda: len(enemy.resets.keys() | enemy.heads.keys()) == len(streams))
    done = len(enemy.resets.keys() | enemy.heads.keys())
    require(enemy.is_over or done == len(streams), f"{done} of {len(streams)} have ended")
    return f"{len(enemy.heads)} answers, {len(enemy.resets)} resets, GOAWAY {enemy.goaway}"


def silence(connect: Callable[..., Enemy]) -> str:
    """Half a frame, then nothing."""
    enemy = connect()
    enemy.pump([enemy.request(1)[:7]])
    enemy.wait(SECONDS)
    require(enemy.is_over, "still open")
    return f"GOAWAY {enemy.goaway}"


KINDS = {
    kind.__name__: kind
    for kind in (
        rapid_reset, wrong_streams, continuation_flood, empty_continuations, settings_flood, ping_flood,
        empty_data_flood, priority_flood, window_flood, unread_acknowledgements, compressed_bomb, window_of_zero,
        window_of_one, never_reading, unfinished_uploads, silence,
    )
}  # fmt: skip


def neighbour(
    url: str, ca: str | None, at_it: Event, over: Event, results: multiprocessing.Queue[tuple[list[float], list[str]]]
) -> None:
    """In a process of its own, so that the flood's work is not in its times."""
    place = urlsplit(url)
    context = ssl.create_default_context(cafile=ca) if ca else None
    times: list[float] = []
    failures: list[str] = []
    connection: http.client.HTTPConnection | None = None
    while not over.is_set():
        if connection is None:
            if context:
                connection = http.client.HTTPSConnection(place.hostname or "", place.port, timeout=10, context=context)
            else:
                connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
        began = time.monotonic()
        try:
            connection.request("GET", "/bytes/16384")
            response = connection.getresponse()
            if (response.status, len(response.read())) != (200, 16384):
                failures.append(f"status {response.status}")
        except (OSError, http.client.HTTPException) as error:
            failures.append(f"{type(error).__name__}: {error}")
            connection = None
        times.append(time.monotonic() - began)
        if len(times) == ANSWERS_BEFORE:
            at_it.set()
        time.sleep(0.01)
    results.put((times, failures))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--url", required=True)
    parser.add_argument("--ca")
    parser.add_argument("--neighbour-ms", type=float, default=1000, help="of its slowest answer")
    options = parser.parse_args()
    at_it, over = multiprocessing.Event(), multiprocessing.Event()
    results: multiprocessing.Queue[tuple[list[float], list[str]]] = multiprocessing.Queue()
    arguments = (options.url, options.ca, at_it, over, results)
    beside = multiprocessing.Process(target=neighbour, args=arguments, daemon=True)
    beside.start()
    at_it.wait(10)

    def connect(settings: dict[int, int] | None = None, buffer: int = 0) -> Enemy:
        return Enemy(options.url, options.ca, settings, buffer)

    verdicts.run(options.kind, lambda: KINDS[options.kind](connect), seconds=45)
    time.sleep(0.3)
    over.set()
    times, failures = results.get(timeout=15)
    beside.join(5)

    def answered_as_ever() -> str:
        require(not failures, f"{len(failures)} of {len(times)} failed: {failures[:2]}")
        require(len(times) > ANSWERS_BEFORE, f"{len(times)} answers only")
        slowest = max(times) * 1e3
        require(slowest < options.neighbour_ms, f"the slowest answer took {slowest:.0f} ms")
        return f"{len(times)} answers, median {statistics.median(times) * 1e3:.1f} ms, slowest {slowest:.1f} ms"

    verdicts.run("neighbour", answered_as_ever)
    sys.exit(0)


main()
