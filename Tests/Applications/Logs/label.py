#!/usr/bin/env python3
"""Puts real proxies before the failing origin, and keeps their logs beside the truth about each request.

Usage: label.py --sluice PROGRAM --folder FOLDER [--timeout SECONDS] [--only scenarios|stories] [PROXY...]

FOLDER gets a folder for each proxy: `logs` with what the proxy logged, and `labels.jsonl` with an object for each
request: proxy, marker, scenario, cause (null: the origin was well), alternatives, indistinguishable, and what the
client saw; and for each story of stories.py a folder with its logs and its truth in `story.json`.
`versions.json` names the programs. PROXY is one of PROXIES in proxies.py; none: all that are installed.
Exit codes: 0 made, 2 usage, 3 a program is missing or does not start.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from processes import Session, fail, free_ports, wait_for_port
from proxies import PROXIES, Proxy, RunningProxy
from stories import STORIES, tell

TOGETHER = 4
"""Proxies at the same time: what they wait for is mostly time."""
LAB_PORTS = 200
"""More than the lab has of its own."""
CLIENT_SECONDS_MAX = 6
"""How long the client waits for one scenario: longer than HAProxy takes for its four attempts to connect."""


class Lab:
    """The failing origin, and what a gateway needs to be put before it."""

    def __init__(self, session: Session, sluice: Path) -> None:
        self.folder = session.make("lab")
        self.program = str(sluice)
        self.port = free_ports(LAB_PORTS + 1)
        self.sockets = self.folder / "sockets"
        places = ["--port", str(self.port), "--ports-from", str(self.port + 1), "--sockets", str(self.sockets)]
        self.process = session.start([self.program, "lab", "run", *places], self.folder)
        wait_for_port(self.process, self.port, self.folder)

    def configuration(self, proxy: Proxy, port: int, logs: Path, timeout: int) -> str:
        return self.tell(
            "config", proxy.kind, "--listen", f"127.0.0.1:{port}", "--timeout", str(timeout), "--logs", str(logs),
            "--log-form", proxy.form, "--lab-port", str(self.port), "--lab-ports-from", str(self.port + 1),
            "--sockets", str(self.sockets),
        )

    def labels(self, proxy: Proxy, port: int) -> list[dict[str, object]]:
        lines = self.tell(
            "label", "--gateway", f"http://127.0.0.1:{port}", "--kind", proxy.kind, "--limit", str(CLIENT_SECONDS_MAX),
            "--width", "32",
        )
        return [{"proxy": proxy.name, **json.loads(line)} for line in lines.splitlines()]

    def tell(self, *arguments: str) -> str:
        done = subprocess.run([self.program, "lab", *arguments], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            fail(f"sluice lab {arguments[0]}: {done.stderr}")
        return done.stdout


def label(session: Session, lab: Lab, proxy: Proxy, timeout: int, target: Path) -> int:
    """The number of labels that were written."""
    folder = session.make(proxy.name)
    logs = session.make(f"{proxy.name}/logs")
    port = free_ports(1)
    running = RunningProxy(session, proxy, folder, logs, lab.configuration(proxy, port, logs, timeout), port)
    labels = lab.labels(proxy, port)
    running.close()
    keep(logs, target / "logs")
    (target / "labels.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in labels))
    return len(labels)


def tell_stories(session: Session, lab: Lab, proxy: Proxy, target: Path) -> list[str]:
    """The names of the stories that were told, all at the same time: each has ports of its own."""
    modules = ""
    if proxy.kind == "httpd":
        # What loads its modules is the same as before the lab.
        whole = lab.tell("config", "httpd", "--listen", "127.0.0.1:1")
        modules = whole.partition("ServerName")[0] + BALANCER_MODULES
    wanted = [story for story in STORIES if proxy.kind in story.kinds]
    with ThreadPoolExecutor(len(wanted)) as pool:
        told = list(pool.map(lambda story: tell(session, proxy, story, modules), wanted))
    for truth, logs in told:
        folder = target / "stories" / str(truth["story"])
        keep(logs, folder / "logs")
        (folder / "story.json").write_text(json.dumps(truth) + "\n")
    return [story.name for story in wanted]


BALANCER_MODULES = "".join(
    f"<IfModule !{name}_module>\n  LoadModule {name}_module ${{modules}}/mod_{name}.so\n</IfModule>\n"
    for name in ("slotmem_shm", "lbmethod_byrequests", "proxy_balancer")
)


def keep(logs: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in sorted(logs.iterdir()):
        if file.is_file():
            shutil.copyfile(file, target / file.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--timeout", type=int, default=1)
    parser.add_argument("--only", choices=("scenarios", "stories"))
    parser.add_argument("proxies", nargs="*", metavar="PROXY")
    options = parser.parse_args()
    names = [proxy.name for proxy in PROXIES]
    if unknown := [name for name in options.proxies if name not in names]:
        parser.error(f"{', '.join(unknown)} is none of {', '.join(names)}")
    wanted = [proxy for proxy in PROXIES if (not options.proxies or proxy.name in options.proxies)]
    for proxy in wanted:
        if not proxy.binary:
            print(f"label-logs: {proxy.name} is left out: {proxy.programs[0]} is not installed", file=sys.stderr)
    wanted = [proxy for proxy in wanted if proxy.binary]
    # Paths of Unix sockets are short.
    with tempfile.TemporaryDirectory(prefix="labels-", dir="/tmp") as name:
        base = Path(name)
        base.chmod(0o755)
        # Nobody else may be able to read the place where the program was built.
        sluice = Path(shutil.copy(options.sluice, base / "sluice"))
        session = Session(base)
        if session.identity:
            os.chown(base, 65534, 65534)
        try:
            lab = Lab(session, sluice)
            with ThreadPoolExecutor(TOGETHER) as pool:
                if options.only != "stories":
                    work = lambda proxy: label(session, lab, proxy, options.timeout, options.folder / proxy.name)
                    for proxy, count in zip(wanted, pool.map(work, wanted)):
                        print(f"label-logs: {proxy.name}: {count} requests", flush=True)
                if options.only != "scenarios":
                    usual = [proxy for proxy in wanted if proxy.form == "usual"]
                    work = lambda proxy: tell_stories(session, lab, proxy, options.folder / proxy.name)
                    for proxy, told in zip(usual, pool.map(work, usual)):
                        print(f"label-logs: {proxy.name}: stories: {', '.join(told)}", flush=True)
        finally:
            session.close()
    versions = {proxy.name: proxy.version() for proxy in wanted}
    (options.folder / "versions.json").write_text(json.dumps(versions, indent=2) + "\n")


if __name__ == "__main__":
    main()
