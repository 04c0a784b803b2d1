"""A collector of OpenTelemetry's traces: OTLP over HTTP, decoded with the official classes.

Usage: collector.py PORT [ANSWER ...]

Each request is answered by the next ANSWER, and by `200` when they are used up:

  200                 a proper answer
  200:rejected=N      a partial success: N spans were not taken
  STATUS              any other status, with an empty body
  STATUS:retry=N      the same with Retry-After
  hang                nothing, until the client goes away
  close               the connection is closed
  garbage             200 and bytes that are no answer

For each request it prints a line of JSON: the answer, what the request said of itself, and its spans. A request that is
not what OTLP wants is answered 400 and printed with what is wrong.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

lock = threading.Lock()
answers = sys.argv[2:]


def value(any_value):
    kind = any_value.WhichOneof("value")
    return getattr(any_value, kind) if kind else None


def attributes(pairs):
    keys = [pair.key for pair in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError(f"an attribute is there twice: {keys}")
    return {pair.key: value(pair.value) for pair in pairs}


def shown(span, resource, scope):
    if len(span.trace_id) != 16 or len(span.span_id) != 8 or len(span.parent_span_id) not in (0, 8):
        raise ValueError("an ID has the wrong length")
    if not span.name or span.end_time_unix_nano < span.start_time_unix_nano:
        raise ValueError("a span has no name or ends before it starts")
    return {
        "traceId": span.trace_id.hex(),
        "spanId": span.span_id.hex(),
        "parentSpanId": span.parent_span_id.hex(),
        "traceState": span.trace_state,
        "flags": span.flags,
        "name": span.name,
        "kind": span.kind,
        "start": span.start_time_unix_nano,
        "end": span.end_time_unix_nano,
        "attributes": attributes(span.attributes),
        "status": span.status.code,
        "message": span.status.message,
        "resource": resource,
        "scope": f"{scope.name} {scope.version}",
    }


def decoded(body):
    request = ExportTraceServiceRequest()
    request.ParseFromString(body)
    # Written again it must be no longer: nothing is there that the official classes do not know.
    for message in (request, *request.resource_spans):
        if message.ByteSize() != len(message.SerializeToString()):
            raise ValueError("not canonical")
    if request.ByteSize() != len(body):
        raise ValueError("unknown fields")
    return [
        shown(span, attributes(resource.resource.attributes), scope.scope)
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with lock:
            answer = answers.pop(0) if answers else "200"
        told = {
            "answer": answer,
            "path": self.path,
            "fields": {name.lower(): text for name, text in self.headers.items()},
            "bytes": len(body),
        }
        try:
            if self.headers.get("Content-Type") != "application/x-protobuf":
                raise ValueError("the content type is not that of OTLP")
            told["spans"] = decoded(body)
        except Exception as error:  # whatever it is, the test is to see it
            told["wrong"] = f"{type(error).__name__}: {error}"
            answer = "400"
        with lock:
            print(json.dumps(told), flush=True)
        self.give(answer)

    def give(self, answer):
        status, _, extra = answer.partition(":")
        if status == "hang":
            self.rfile.read(1)
            self.close_connection = True
            return
        if status == "close":
            self.close_connection = True
            return
        body, fields = b"", {}
        if status == "garbage":
            status, body = "200", b"<html>this is no collector</html>"
        elif status == "200":
            response = ExportTraceServiceResponse()
            if extra.startswith("rejected="):
                response.partial_success.rejected_spans = int(extra[9:])
                response.partial_success.error_message = "some were\nnot liked"
            body = response.SerializeToString()
        elif extra.startswith("retry="):
            fields["Retry-After"] = extra[6:]
        self.send_response(int(status))
        self.send_header("Content-Type", "application/x-protobuf")
        self.send_header("Content-Length", str(len(body)))
        for name, text in fields.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Collector(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


Collector(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
