"""Proxies before two endpoints of a shop, as operators set them up: with health checks, ejection and retries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

TIMEOUT = 1
"""Seconds that a proxy waits for an endpoint."""


def nginx(port: int, endpoints: Sequence[int], logs: Path) -> str:
    servers = " ".join(f"server 127.0.0.1:{endpoint} max_fails=3 fail_timeout=1s;" for endpoint in endpoints)
    return f"""
daemon off;
worker_processes 1;
pid nginx.pid;
error_log {logs}/error.log warn;
events {{ worker_connections 1024; }}
http {{
  client_body_temp_path body; proxy_temp_path proxy;
  fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  log_format attempts '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" '
    '"$http_user_agent" rt=$request_time uct="$upstream_connect_time" uht="$upstream_header_time" '
    'urt="$upstream_response_time" ua="$upstream_addr" us="$upstream_status"';
  access_log {logs}/access.log attempts;
  upstream shop {{ {servers} keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    server_name shop.lab.test;
    location / {{
      proxy_pass http://shop;
      proxy_http_version 1.1;
      proxy_set_header Connection '';
      proxy_connect_timeout {TIMEOUT}s; proxy_read_timeout {TIMEOUT}s; proxy_send_timeout {TIMEOUT}s;
    }}
  }}
}}
"""


def haproxy(port: int, endpoints: Sequence[int], logs: Path) -> str:
    servers = "".join(
        f"  server shop{index} 127.0.0.1:{endpoint} check inter 200ms fall 2 rise 2\n"
        for index, endpoint in enumerate(endpoints, 1)
    )
    return f"""
global
  nbthread 1
  log {logs}/log.sock len 65535 local0
defaults
  mode http
  log global
  option httplog
  timeout connect {TIMEOUT}s
  timeout server {TIMEOUT}s
  timeout check 500ms
  timeout client 10s
frontend web
  bind 127.0.0.1:{port}
  default_backend shop
backend shop
  option redispatch
  option httpchk GET /?key=check
  # A retry of a request that was sent is not HAProxy's default.
  retries 2
  timeout queue 500ms
{servers}"""


def httpd(port: int, endpoints: Sequence[int], logs: Path, modules: str) -> str:
    members = "".join(
        f"    BalancerMember http://127.0.0.1:{endpoint} retry=1 connectiontimeout={TIMEOUT} timeout={TIMEOUT}\n"
        for endpoint in endpoints
    )
    return f"""{modules}
ServerName shop.lab.test
Listen 127.0.0.1:{port}
PidFile httpd.pid
DefaultRuntimeDir .
Mutex file:. default
ErrorLog {logs}/error.log
LogLevel warn
LogFormat "%h %l %u %t \\"%r\\" %>s %O \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
CustomLog {logs}/access.log combined
<VirtualHost 127.0.0.1:{port}>
  <Proxy balancer://shop>
{members}  </Proxy>
  ProxyPass / balancer://shop/ timeout={TIMEOUT}
</VirtualHost>
"""


def caddy(port: int, endpoints: Sequence[int], logs: Path) -> str:
    upstreams = " ".join(f"127.0.0.1:{endpoint}" for endpoint in endpoints)
    return f"""{{
  admin off
  auto_https off
  log default {{
    output file {logs}/caddy.log
  }}
}}
http://:{port} {{
  bind 127.0.0.1
  log {{
    output file {logs}/access.log
  }}
  reverse_proxy {upstreams} {{
    lb_policy round_robin
    health_uri /?key=check
    health_interval 300ms
    health_timeout 500ms
    fail_duration 1s
    max_fails 3
    transport http {{
      dial_timeout {TIMEOUT}s
      response_header_timeout {TIMEOUT}s
    }}
  }}
}}
"""
