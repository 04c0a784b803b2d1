#!/usr/bin/env python3
"""grpcio as a client: every kind of call, statuses, metadata, deadlines, cancellation, large and many messages.

  grpc_client.py --url https://localhost:8443 --ca ca.pem        https: with TLS; http: prior knowledge
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import grpc
import verdicts
from grpc_health.v1 import health_pb2, health_pb2_grpc
from verdicts import equal, require

options = verdicts.arguments(__doc__)
SECONDS = 15
MESSAGE_BYTES_MAX = 16 << 20
PARALLEL = 200


def channel() -> grpc.Channel:
    settings = [("grpc.max_receive_message_length", MESSAGE_BYTES_MAX), ("grpc.use_local_subchannel_pool", 1)]
    place = urlsplit(options.url).netloc
    if not options.ca:
        return grpc.insecure_channel(place, settings)
    return grpc.secure_channel(place, grpc.ssl_channel_credentials(Path(options.ca).read_bytes()), settings)


def unary(http2: grpc.Channel, name: str) -> grpc.UnaryUnaryMultiCallable:
    return http2.unary_unary(f"/interop.Calls/{name}")


def stream(http2: grpc.Channel, name: str) -> grpc.UnaryStreamMultiCallable:
    return http2.unary_stream(f"/interop.Calls/{name}")


def status_of(call: Callable[[], object]) -> grpc.RpcError:
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise verdicts.Wrong("it has succeeded")


def unary_call(http2: grpc.Channel) -> None:
    equal(unary(http2, "unary")(b"hello", timeout=SECONDS), b"hello", "answer")


def empty_message(http2: grpc.Channel) -> None:
    equal(unary(http2, "unary")(b"", timeout=SECONDS), b"", "answer")


def large_message(http2: grpc.Channel) -> None:
    message = b"".join(verdicts.pieces(4 * verdicts.MIB))
    require(unary(http2, "unary")(message, timeout=SECONDS) == message, "4 MiB came back changed")


def client_streaming(http2: grpc.Channel) -> None:
    call = http2.stream_unary("/interop.Calls/collect")
    equal(call((b"x" * 1000 for _ in range(500)), timeout=SECONDS), b"500 500000", "answer")
    equal(call(iter([]), timeout=SECONDS), b"0 0", "answer to nothing")


def server_streaming(http2: grpc.Channel) -> None:
    found = list(stream(http2, "count_up")(b"500 1000", timeout=SECONDS))
    require(found == [bytes([number & 255]) * 1000 for number in range(500)], f"{len(found)} messages, or changed")
    equal(list(stream(http2, "count_up")(b"0 0", timeout=SECONDS)), [], "no message")


def slow_reader(http2: grpc.Channel) -> None:
    """Flow control through both sides: nothing is lost while the client does not read."""
    call = stream(http2, "count_up")(b"40 262144", timeout=SECONDS)
    next(call)
    time.sleep(0.5)
    equal(sum(len(message) for message in call), 39 * 262144, "bytes of the rest")


def bidirectional(http2: grpc.Channel) -> None:
    """One after the other: each answer must arrive before the next question is asked."""
    answered = threading.Semaphore(1)

    def questions() -> Iterator[bytes]:
        for number in range(100):
            answered.acquire(timeout=SECONDS)
            yield b"%d" % number

    found = []
    for answer in http2.stream_stream("/interop.Calls/chat")(questions(), timeout=SECONDS):
        found.append(int(answer))
        answered.release()
    equal(found, list(range(100)), "answers")


def metadata(http2: grpc.Channel) -> None:
    sent = [("x-text", "some text, with: marks"), ("x-bytes-bin", bytes(range(256)))]
    answer, call = unary(http2, "metadata").with_call(b"m", metadata=sent, timeout=SECONDS)
    equal(dict(call.initial_metadata()).get("x-initial"), "some text, with: marks", "initial metadata")
    equal(dict(call.trailing_metadata()).get("x-trailing-bin"), bytes(range(256)), "trailing metadata")


def every_status(http2: grpc.Channel) -> None:
    for status in grpc.StatusCode:
        if status is grpc.StatusCode.OK:
            continue
        number = status.value[0]
        message = f"number {number}: über 100 %, \"so\""
        error = status_of(lambda text=f"{number} {message}": unary(http2, "fail")(text.encode(), timeout=SECONDS))
        equal((error.code(), error.details()), (status, message), "status and message")
        equal(dict(error.trailing_metadata()).get("x-reason"), "wanted", "trailing metadata")


def status_after_messages(http2: grpc.Channel) -> None:
    call, found = stream(http2, "fail_later")(b"", timeout=SECONDS), []
    error = status_of(lambda: found.extend(call))
    equal((error.code(), error.details()), (grpc.StatusCode.DATA_LOSS, "after two"), "status and message")


def unknown_method(http2: grpc.Channel) -> None:
    """A response that is nothing but trailers."""
    error = status_of(lambda: unary(http2, "nowhere")(b"", timeout=SECONDS))
    equal(error.code(), grpc.StatusCode.UNIMPLEMENTED, "status")


def deadline_arrives(http2: grpc.Channel) -> None:
    left = int(unary(http2, "remaining")(b"", timeout=9))
    # The server's library reckons with a clock that it reads now and then, so it may see a few milliseconds more.
    require(5000 < left <= 9500, f"{left} ms were left of 9 s")


def deadline_ends(http2: grpc.Channel) -> None:
    began = time.monotonic()
    error = status_of(lambda: list(stream(http2, "hang")(b"", timeout=0.5)))
    equal(error.code(), grpc.StatusCode.DEADLINE_EXCEEDED, "status")
    require(time.monotonic() - began < 3, "it took longer than the deadline")
    nobody_waits(http2)


def cancellation(http2: grpc.Channel) -> None:
    call = stream(http2, "hang")(b"", timeout=SECONDS)
    equal(next(call), b"begun", "first message")
    equal(unary(http2, "waiting")(b"", timeout=SECONDS), b"1", "under way")
    call.cancel()
    error = status_of(lambda: list(call))
    equal(error.code(), grpc.StatusCode.CANCELLED, "status")
    nobody_waits(http2)


def nobody_waits(http2: grpc.Channel) -> None:
    waiting = unary(http2, "waiting")
    verdicts.eventually(lambda: waiting(b"", timeout=SECONDS) == b"0", "the server still works for nobody")


def parallel(http2: grpc.Channel) -> None:
    calls = [unary(http2, "unary").future(b"%d" % number, timeout=SECONDS) for number in range(PARALLEL)]
    equal([int(call.result(SECONDS)) for call in calls], list(range(PARALLEL)), "answers")


def health(http2: grpc.Channel) -> None:
    check = health_pb2_grpc.HealthStub(http2).Check
    for service, wanted in (("", "SERVING"), ("interop.Calls", "SERVING"), ("interop.Ill", "NOT_SERVING")):
        found = check(health_pb2.HealthCheckRequest(service=service), timeout=SECONDS)
        equal(health_pb2.HealthCheckResponse.ServingStatus.Name(found.status), wanted, f"health of {service!r}")
    error = status_of(lambda: check(health_pb2.HealthCheckRequest(service="none"), timeout=SECONDS))
    equal(error.code(), grpc.StatusCode.NOT_FOUND, "status of an unknown service")


def run(case: Callable[[grpc.Channel], None]) -> None:
    def with_channel() -> None:
        with channel() as http2:
            case(http2)

    verdicts.run(case.__name__, with_channel, seconds=30)


for each in (
    unary_call, empty_message, large_message, client_streaming, server_streaming, slow_reader, bidirectional, metadata,
    every_status, status_after_messages, unknown_method, deadline_arrives, deadline_ends, cancellation, parallel,
    health,
):  # fmt: skip
    run(each)
