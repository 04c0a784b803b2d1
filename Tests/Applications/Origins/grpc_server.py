#!/usr/bin/env python3
"""A gRPC server with every kind of call, and the standard health service.

  grpc_server.py PORT [CERTIFICATE KEY]      without a certificate: prior knowledge

Messages are plain bytes: what is tested is the transport. The service is `interop.Calls`; the health of `interop.Calls`
is SERVING, that of `interop.Ill` is NOT_SERVING.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

SERVICE = "interop.Calls"
MESSAGE_BYTES_MAX = 16 << 20
under_way = 0
"""Calls that wait for their client to go."""


def unary(request: bytes, context: grpc.ServicerContext) -> bytes:
    return request


def metadata(request: bytes, context: grpc.ServicerContext) -> bytes:
    """Sends back what came, in front and behind."""
    came = dict(context.invocation_metadata())
    context.send_initial_metadata([("x-initial", came.get("x-text", "none"))])
    context.set_trailing_metadata([("x-trailing-bin", came.get("x-bytes-bin", b"none"))])
    return request


def fail(request: bytes, context: grpc.ServicerContext) -> bytes:
    """Ends with the status and message that the request names: `CODE MESSAGE`."""
    code, _, message = request.decode().partition(" ")
    context.set_trailing_metadata([("x-reason", "wanted")])
    context.abort(next(status for status in grpc.StatusCode if status.value[0] == int(code)), message)


def collect(requests: Iterator[bytes], context: grpc.ServicerContext) -> bytes:
    count = size = 0
    for request in requests:
        count, size = count + 1, size + len(request)
    return f"{count} {size}".encode()


def count_up(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
    """As many messages of as many bytes as the request says: `COUNT SIZE`."""
    count, size = map(int, request.split())
    for number in range(count):
        yield bytes([number & 255]) * size


def fail_later(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
    """Some messages, then a status that is no success."""
    yield b"one"
    yield b"two"
    context.abort(grpc.StatusCode.DATA_LOSS, "after two")


def chat(requests: Iterator[bytes], context: grpc.ServicerContext) -> Iterator[bytes]:
    yield from requests


def hang(request: bytes, context: grpc.ServicerContext) -> Iterator[bytes]:
    """One message, then nothing until the call ends."""
    global under_way
    under_way += 1
    yield b"begun"
    while context.is_active():
        time.sleep(0.01)
    under_way -= 1


def waiting(request: bytes, context: grpc.ServicerContext) -> bytes:
    return str(under_way).encode()


def remaining(request: bytes, context: grpc.ServicerContext) -> bytes:
    """The milliseconds of the deadline that arrived."""
    left = context.time_remaining()
    return str(-1 if left is None else int(left * 1000)).encode()


def handlers() -> grpc.GenericRpcHandler:
    methods = {function.__name__: grpc.unary_unary_rpc_method_handler(function)
               for function in (unary, metadata, fail, waiting, remaining)}  # fmt: skip
    methods |= {function.__name__: grpc.unary_stream_rpc_method_handler(function)
                for function in (count_up, fail_later, hang)}  # fmt: skip
    methods["collect"] = grpc.stream_unary_rpc_method_handler(collect)
    methods["chat"] = grpc.stream_stream_rpc_method_handler(chat)
    return grpc.method_handlers_generic_handler(SERVICE, methods)


def main() -> None:
    port, *files = sys.argv[1:]
    options = [("grpc.max_receive_message_length", MESSAGE_BYTES_MAX), ("grpc.so_reuseport", 0)]
    server = grpc.server(ThreadPoolExecutor(64), options=options)
    server.add_generic_rpc_handlers((handlers(),))
    servicer = health.HealthServicer()
    servicer.set(SERVICE, health_pb2.HealthCheckResponse.SERVING)
    servicer.set("interop.Ill", health_pb2.HealthCheckResponse.NOT_SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
    address = f"127.0.0.1:{port}"
    if files:
        certificate, key = (Path(file).read_bytes() for file in files)
        server.add_secure_port(address, grpc.ssl_server_credentials([(key, certificate)]))
    else:
        server.add_insecure_port(address)
    server.start()
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    server.stop(0).wait(5)


# Blocked before any thread begins, so that the signal waits for `sigwait`.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
main()
