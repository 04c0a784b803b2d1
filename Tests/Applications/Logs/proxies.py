"""The proxies whose logs are labelled: what they are called, and how they are started."""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from processes import Session, fail, program, wait_for_port
from syslog_file import SyslogFile


@dataclass(frozen=True)
class Proxy:
    name: str
    kind: str
    """As `sluice lab config` calls it."""
    programs: tuple[str, ...]
    file: str
    form: str = "usual"

    @property
    def binary(self) -> str | None:
        return program(*self.programs)

    def command(self, binary: str, folder: Path) -> tuple[list[str], list[str]]:
        """What checks the configuration, and what runs it in the foreground."""
        file = str(folder / self.file)
        match self.kind:
            case "nginx":
                run = [binary, "-p", str(folder), "-c", file]
                return [*run, "-t"], run
            case "haproxy":
                return [binary, "-c", "-f", file], [binary, "-db", "-f", file]
            case "httpd":
                run = [binary, "-d", str(folder), "-f", file]
                return [*run, "-t"], [*run, "-DFOREGROUND"]
            case "caddy":
                options = ["--adapter", "caddyfile", "--config", file]
                return [binary, "validate", *options], [binary, "run", *options]
            case _:
                fail(f"nobody knows how {self.kind} is started")

    def version(self) -> str:
        words = ["version"] if self.kind == "caddy" else ["-v"]
        done = subprocess.run([str(self.binary), *words], capture_output=True, text=True, check=False)
        lines = (done.stdout or done.stderr).strip().splitlines()
        return lines[0] if lines else "?"


PROXIES = (
    Proxy("nginx", "nginx", ("nginx",), "nginx.conf"),
    Proxy("nginx-json", "nginx", ("nginx",), "nginx.conf", "detailed"),
    Proxy("haproxy", "haproxy", ("haproxy",), "haproxy.cfg"),
    Proxy("haproxy-errors", "haproxy", ("haproxy",), "haproxy.cfg", "detailed"),
    Proxy("httpd", "httpd", ("apache2", "httpd"), "httpd.conf"),
    Proxy("httpd-info", "httpd", ("apache2", "httpd"), "httpd.conf", "detailed"),
    Proxy("caddy", "caddy", ("caddy",), "Caddyfile"),
    Proxy("caddy-debug", "caddy", ("caddy",), "Caddyfile", "detailed"),
)


CRASHES_MAX = 100


class RunningProxy:
    """One of them with a configuration, its logs in `logs` of its folder."""

    def __init__(self, session: Session, proxy: Proxy, folder: Path, logs: Path, configuration: str, port: int) -> None:
        self.session = session
        binary = proxy.binary or fail(f"{proxy.name} is not installed; scripts/setup.sh --test does it")
        (folder / proxy.file).write_text(configuration)
        socket = logs / "log.sock"
        self.syslog = SyslogFile(socket, logs / "haproxy.log") if proxy.kind == "haproxy" else None
        check, run = proxy.command(binary, folder)
        if session.start(check, folder).wait() != 0:
            fail(f"{proxy.name} does not accept its configuration: {(folder / 'output').read_text()[-2000:]}")
        self.command, self.folder = run, folder
        self.crashes = 0
        self.is_closing = threading.Event()
        self.process = session.start(run, folder)
        wait_for_port(self.process, port, folder)
        self.watch = threading.Thread(target=self.restart_after_crashes, daemon=True)
        self.watch.start()

    def restart_after_crashes(self) -> None:
        """As any service does: some versions of HAProxy crash at what an HTTP/2 origin may send."""
        while self.crashes < CRASHES_MAX:
            self.process.wait()
            if self.is_closing.is_set():
                return
            self.crashes += 1
            self.process = self.session.start(self.command, self.folder)

    def close(self) -> None:
        """Ends it as its makers want it ended, so that it writes what it still has to say."""
        self.is_closing.set()
        self.session.end(self.process)
        self.watch.join(1)
        # It may have been started again just before.
        self.session.end(self.process)
        if self.syslog:
            self.syslog.close()
