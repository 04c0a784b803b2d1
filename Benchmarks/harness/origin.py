"""The origin behind every proxy: nginx with one worker, the same for all."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from .proxies import nginx_main, nginx_temporary_paths
from .session import Process, Session, free_port, wait_for_port

KIB = 1024
MIB = 1024 * KIB
BULK_BYTES = 100 * MIB
GRPC_PATH = "/bench.Calls/Unary"
GRPC_ANSWER = b"an answer of some bytes"
SMALL_BODY = "Hello, world\n"

FILES = {"1k": KIB, "64k": 64 * KIB, "100m": BULK_BYTES}


@dataclass(frozen=True)
class Origin:
    port: int
    process: Process
    folder: Path


def start_origin(session: Session, core: int | None) -> Origin:
    folder = session.new_folder("origin")
    for name, size in FILES.items():
        _write_file(folder / name, size)
    port = free_port()
    config = f"""
{nginx_main(folder, 1)}
http {{
  {nginx_temporary_paths(folder)}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  open_file_cache max=16;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    root {folder};
    location = /small {{ default_type text/plain; return 200 "{SMALL_BODY.strip()}\\n"; }}
  }}
}}
"""
    path = folder / "nginx.conf"
    path.write_text(config)
    process = session.spawn("origin", ["nginx", "-c", str(path), "-p", str(folder)], core=core)
    wait_for_port(port, process)
    return Origin(port, process, folder)


def start_http2_origin(session: Session, core: int | None) -> Origin:
    """nginx again, with HTTP/2 by prior knowledge: the small response, and a gRPC call that answers itself."""
    folder = session.new_folder("http2-origin")
    (folder / "message").write_bytes(grpc_message(GRPC_ANSWER))
    port = free_port()
    # A file as the answer to a POST, and the trailer that tells its status: as much gRPC as a gateway can see.
    config = f"""
{nginx_main(folder, 1)}
http {{
  {nginx_temporary_paths(folder)}
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 300s;
  http2_max_concurrent_streams 256;
  open_file_cache max=16;
  server {{
    listen 127.0.0.1:{port} http2 backlog=4096;
    root {folder};
    location = /small {{ default_type text/plain; return 200 "{SMALL_BODY.strip()}\\n"; }}
    location = {GRPC_PATH} {{ error_page 405 =200 /message; return 405; }}
    location = /message {{ error_page 405 =200 /message; default_type application/grpc; add_trailer grpc-status 0; }}
  }}
}}
"""
    path = folder / "nginx.conf"
    path.write_text(config)
    process = session.spawn("http2-origin", ["nginx", "-c", str(path), "-p", str(folder)], core=core)
    wait_for_port(port, process)
    return Origin(port, process, folder)


def grpc_message(payload: bytes) -> bytes:
    """Not compressed, with its length in front."""
    return b"\0" + len(payload).to_bytes(4, "big") + payload


def start_sink(session: Session, core: int | None) -> Origin:
    """Takes uploads without copying them: see `upload_sink`."""
    port = free_port()
    script = Path(__file__).with_name("upload_sink.py")
    process = session.spawn("sink", [sys.executable, str(script), str(port)], core=core)
    wait_for_port(port, process)
    return Origin(port, process, session.folder)


def _write_file(path: Path, size: int) -> None:
    block = bytes(range(256)) * 256
    with path.open("wb") as file:
        for offset in range(0, size, len(block)):
            file.write(block[: size - offset])
