"""The gateways that are compared, each with the settings its own documentation recommends for a reverse proxy."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .certificates import Certificate
from .session import Process, Session, free_port, wait_for_port

STORE_BYTES_MAX = 16 << 20
"""The bound of a store of incidents where one is asked for: small, so that a run reaches it."""

CONNECTIONS_MAX = 16384
"""The same for all: room for the idle connections, inside a descriptor limit of 20000."""

POOL_SIZE = 256
"""Idle upstream connections that each proxy may keep: more than any row has clients."""


@dataclass(frozen=True)
class Plan:
    """One proxy as a row wants it."""

    endpoints: Sequence[int]
    workers: int = 1
    access_log: Path | None = None
    core: int | None = None
    certificate: Certificate | None = None
    """Clients speak TLS, with HTTP/2 or HTTP/1.1 as they choose; None: plain HTTP/1.1."""
    endpoints_speak_http2: bool = False
    """With prior knowledge, on a plain port."""
    port: int = field(default_factory=free_port)


@dataclass(frozen=True)
class Launch:
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    output: Path | None = None


@dataclass(frozen=True)
class Proxy:
    name: str
    binary: str
    version_arguments: Sequence[str]
    settings: str
    prepare: Callable[[str, Plan, Path], Launch]

    def is_installed(self) -> bool:
        return shutil.which(self.binary) is not None

    def version(self) -> str:
        done = subprocess.run([self.binary, *self.version_arguments], capture_output=True, text=True, check=False)
        text = (done.stdout + done.stderr).strip()
        return text.splitlines()[0].strip() if text else "unknown"

    def start(self, session: Session, plan: Plan) -> Process:
        folder = session.new_folder(self.name)
        launch = self.prepare(self.binary, plan, folder)
        process = session.spawn(
            self.name,
            launch.arguments,
            core=plan.core,
            environment=launch.environment,
            output=launch.output,
        )
        wait_for_port(plan.port, process)
        return process


LARGE_NGINX = "nginx-512k"
"""For the bulk rows only: its memory for each connection would be no fair price in the others."""

NGHTTPX = "nghttpx"
"""For the rows with HTTP/2 and TLS, which is what it is for."""

# Every log line holds the same facts, as JSON: time, id, client, request, status, bytes, times, endpoint.
NGINX_LOG_FORMAT = """
    '{"time":"$time_iso8601","id":"$request_id","downstream":"$remote_addr:$remote_port","method":"$request_method",'
    '"scheme":"$scheme","host":"$host","path":"$uri","status":$status,"bytesSent":$bytes_sent,'
    '"bytesReceived":$request_length,"seconds":$request_time,"upstream":"$upstream_addr",'
    '"connect":"$upstream_connect_time","firstByte":"$upstream_header_time"}'"""

HAPROXY_LOG_FORMAT = (
    r"""'{"time":"%tr","id":"%ID","downstream":"%ci:%cp","method":"%HM","scheme":"http","host":"%[var(txn.host)]","""
    r""""path":"%HPO","status":%ST,"bytesSent":%B,"bytesReceived":%U,"milliseconds":%Ta,"upstream":"%b/%si:%sp","""
    r""""connect":%Tc,"firstByte":%Tr,"termination":"%tsc"}'"""
)


NGINX_LARGE_BUFFERS = (
    "proxy_buffer_size 16k; proxy_buffers 16 32k; proxy_busy_buffers_size 64k; client_body_buffer_size 512k;"
)


def prepare_nginx(binary: str, plan: Plan, folder: Path, buffers: str = "") -> Launch:
    servers = "\n".join(f"    server 127.0.0.1:{port};" for port in plan.endpoints)
    # Buffered, as its documentation advises for busy servers: unbuffered it pays one write for each request.
    log = f"access_log {plan.access_log} facts buffer=64k flush=1s;" if plan.access_log else "access_log off;"
    tls = " ssl http2" if plan.certificate else ""
    certificate = (
        f"ssl_certificate {plan.certificate.chain}; ssl_certificate_key {plan.certificate.key}; "
        "ssl_protocols TLSv1.2 TLSv1.3; http2_max_concurrent_streams 256;"
        if plan.certificate
        else ""
    )
    config = f"""
{nginx_main(folder, plan.workers)}
http {{
  {nginx_temporary_paths(folder)}
  log_format facts escape=json {NGINX_LOG_FORMAT};
  {log}
  sendfile on;
  tcp_nopush on;
  server_tokens off;
  keepalive_requests 1000000000;
  client_max_body_size 0;
  upstream origin {{
{servers}
    keepalive {POOL_SIZE};
    keepalive_requests 1000000000;
  }}
  server {{
    listen 127.0.0.1:{plan.port}{tls} backlog=4096;
    {certificate}
    location / {{
{_nginx_forwarding(plan)}
      {buffers}
    }}
  }}
}}
"""
    return Launch([binary, "-c", str(_write(folder / "nginx.conf", config)), "-p", str(folder)])


def _nginx_forwarding(plan: Plan) -> str:
    # `grpc_pass` is what nginx has for HTTP/2 to upstreams, gRPC or not.
    if plan.endpoints_speak_http2:
        return """      grpc_pass grpc://origin;
      grpc_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      grpc_set_header X-Forwarded-Proto $scheme;"""
    return """      proxy_pass http://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;"""


def nginx_main(folder: Path, workers: int) -> str:
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""{user}
daemon off;
worker_processes {workers};
worker_rlimit_nofile {CONNECTIONS_MAX + 2000};
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections {CONNECTIONS_MAX}; }}"""


def nginx_temporary_paths(folder: Path) -> str:
    kinds = {"client_body": "body", "proxy": "proxy", "fastcgi": "fastcgi", "uwsgi": "uwsgi", "scgi": "scgi"}
    return " ".join(f"{kind}_temp_path {folder}/{name};" for kind, name in kinds.items())


def prepare_large_nginx(binary: str, plan: Plan, folder: Path) -> Launch:
    return prepare_nginx(binary, plan, folder, NGINX_LARGE_BUFFERS)


def prepare_haproxy(binary: str, plan: Plan, folder: Path) -> Launch:
    protocol = " proto h2" if plan.endpoints_speak_http2 else ""
    servers = "\n".join(
        f"  server endpoint{index} 127.0.0.1:{port}{protocol}{_haproxy_check(plan)}"
        for index, port in enumerate(plan.endpoints)
    )
    tls = f" ssl crt {plan.certificate.both} alpn h2,http/1.1" if plan.certificate else ""
    scheme = "https" if plan.certificate else "http"
    log = (
        f"""
  log stdout format raw local0 info
  log-format {HAPROXY_LOG_FORMAT}
  unique-id-format %{{+X}}o%ci%cp%Ts%rt%pid
  http-request set-var(txn.host) req.hdr(host)"""
        if plan.access_log
        else ""
    )
    config = f"""
global
  nbthread {plan.workers}
  maxconn {CONNECTIONS_MAX}
  no strict-limits
defaults
  mode http
  option http-keep-alive
  option forwardfor
  option redispatch 1
  retries 3
  http-reuse always
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout http-keep-alive 75s
frontend main
  bind 127.0.0.1:{plan.port}{tls} backlog 4096
  http-request set-header X-Forwarded-Proto {scheme}{log}
  default_backend origin
backend origin
{servers}
"""
    path = _write(folder / "haproxy.cfg", config)
    return Launch([binary, "-db", "-f", str(path)], output=plan.access_log)


def _haproxy_check(plan: Plan) -> str:
    return " check" if len(plan.endpoints) > 1 else ""


def prepare_caddy(binary: str, plan: Plan, folder: Path) -> Launch:
    endpoint_scheme = "h2c://" if plan.endpoints_speak_http2 else ""
    endpoints = " ".join(f"{endpoint_scheme}127.0.0.1:{port}" for port in plan.endpoints)
    tls = f"tls {plan.certificate.chain} {plan.certificate.key}" if plan.certificate else ""
    scheme = "https" if plan.certificate else "http"
    several = "lb_try_duration 2s\n      fail_duration 10s" if len(plan.endpoints) > 1 else ""
    log = f"log {{\n    output file {plan.access_log} {{\n      roll_disabled\n    }}\n  }}" if plan.access_log else ""
    config = f"""
{{
  admin off
  auto_https off
  log default {{
    output stderr
    level ERROR
  }}
}}
{scheme}://127.0.0.1:{plan.port} {{
  bind 127.0.0.1
  {tls}
  {log}
  reverse_proxy {endpoints} {{
      {several}
      transport http {{
        keepalive_idle_conns_per_host {POOL_SIZE}
      }}
  }}
}}
"""
    path = _write(folder / "Caddyfile", config)
    environment = {
        "GOMAXPROCS": str(plan.workers),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "HOME": str(folder),
    }
    return Launch([binary, "run", "--config", str(path), "--adapter", "caddyfile"], environment)


def prepare_nghttpx(binary: str, plan: Plan, folder: Path) -> Launch:
    protocol = "h2" if plan.endpoints_speak_http2 else "http/1.1"
    no_tls = "" if plan.certificate else ";no-tls"
    arguments = [
        "--conf=/dev/null",
        "--single-process",
        f"--workers={plan.workers}",
        "--no-ocsp",
        "--log-level=ERROR",
        f"--worker-frontend-connections={CONNECTIONS_MAX}",
        "--frontend-max-requests=1000000000",
        f"--frontend=127.0.0.1,{plan.port}{no_tls}",
        *(f"--backend=127.0.0.1,{port};;proto={protocol}" for port in plan.endpoints),
        "--add-x-forwarded-for",
    ]
    if plan.certificate:
        arguments += [str(plan.certificate.key), str(plan.certificate.chain)]
    return Launch([binary, *arguments])


def prepare_sluice(binary: str, plan: Plan, folder: Path) -> Launch:
    config = sluice_config(
        listeners=[plan.port],
        routes=[("/", "origin")],
        upstreams={"origin": plan.endpoints},
        workers=plan.workers,
        access_log=str(plan.access_log) if plan.access_log else None,
        certificate=plan.certificate,
        upstream_protocol="http2" if plan.endpoints_speak_http2 else None,
    )
    path = _write(folder / "sluice.yaml", config)
    return Launch([binary, "run", "--config", str(path)], sluice_environment(folder))


def sluice_environment(folder: Path) -> dict[str, str]:
    """Its state folder goes with the run."""
    return {"XDG_STATE_HOME": str(folder)}


def sluice_config(
    listeners: Sequence[int],
    routes: Sequence[tuple[str, str]],
    upstreams: dict[str, Sequence[int]],
    workers: int,
    access_log: str | None,
    store: str | None = None,
    certificate: Certificate | None = None,
    upstream_protocol: str | None = None,
) -> str:
    """YAML with nothing but documented keys; what is not said stays at its default."""
    lines = ["listeners:"]
    for port in listeners:
        lines += [f"  - address: 127.0.0.1:{port}", f"    limits: {{ connections: {CONNECTIONS_MAX} }}"]
        if certificate is not None:
            pair = f"certificate: {json.dumps(str(certificate.chain))}, key: {json.dumps(str(certificate.key))}"
            lines.append(f"    tls: {{ certificates: [{{ {pair} }}] }}")
    lines.append("routes:")
    lines += [f"  - {{ path: {path}, upstream: {upstream} }}" for path, upstream in routes]
    lines.append("upstreams:")
    for name, ports in upstreams.items():
        urls = ", ".join(f"'http://127.0.0.1:{port}'" for port in ports)
        lines += [f"  {name}:", f"    endpoints: [{urls}]"]
        if upstream_protocol is not None:
            lines.append(f"    protocol: {upstream_protocol}")
    lines.append(f"workers: {workers}")
    if store is not None:
        lines.append(f"incidents: {{ store: {json.dumps(store)}, size: {STORE_BYTES_MAX} }}")
    if access_log is not None:
        lines.append(f"accessLog: {{ path: {json.dumps(access_log)} }}")
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def known_proxies(sluice_binary: str) -> list[Proxy]:
    """In the order in which each turn measures them."""
    return [
        Proxy(
            "nginx",
            "nginx",
            ["-v"],
            'upstream keepalive, proxy_http_version 1.1, Connection "", request bodies streamed, no temporary files, '
            "no request limit on connections; log buffered (64 KiB)",
            prepare_nginx,
        ),
        Proxy(
            LARGE_NGINX,
            "nginx",
            ["-v"],
            "as nginx, with 512 KiB of buffers for each connection and direction instead of 32 and 16 KiB",
            prepare_large_nginx,
        ),
        Proxy(
            "haproxy",
            "haproxy",
            ["-v"],
            "nbthread, http-reuse always, option http-keep-alive, redispatch, health checks in pools; "
            "log on standard output, a file",
            prepare_haproxy,
        ),
        Proxy(
            "caddy",
            "caddy",
            ["version"],
            f"GOMAXPROCS = workers, reverse_proxy defaults with {POOL_SIZE} idle connections for each host; JSON log",
            prepare_caddy,
        ),
        Proxy(
            NGHTTPX,
            "nghttpx",
            ["--version"],
            "single process, no OCSP; rows with TLS and HTTP/2 only",
            prepare_nghttpx,
        ),
        Proxy("sluice", sluice_binary, ["--version"], "defaults; JSON log", prepare_sluice),
    ]
