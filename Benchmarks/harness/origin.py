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
