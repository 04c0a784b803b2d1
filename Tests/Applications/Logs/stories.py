"""What happens to a shop behind a proxy, one story after the other: known from the start to the end.

Each story has endpoints, a course of two to four seconds under load, and its truth: the root causes that a reader who
saw all of it would name, and the causes that a proxy may have observed of it.
"""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import story_configurations
from processes import Session, free_ports, wait_for_port
from proxies import Proxy, RunningProxy

APPLICATIONS = Path(__file__).resolve().parent.parent
CLIENTS = 6
PAUSE_SECONDS = 0.06
CLIENT_SECONDS_MAX = 4.0


class Load:
    """Clients that ask again and again, each request on a connection of its own."""

    def __init__(self, port: int, method: str, clients: int, pause: float) -> None:
        self.port = port
        self.method = method
        self.pause = pause
        self.outcomes: Counter[str] = Counter()
        self.lock = threading.Lock()
        self.is_over = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(number,), daemon=True) for number in range(clients)]
        for thread in self.threads:
            thread.start()

    def run(self, number: int) -> None:
        count = 0
        while not self.is_over.wait(self.pause * random.uniform(0.5, 1.5)):
            count += 1
            outcome = self.ask(f"{number}-{count}")
            with self.lock:
                self.outcomes[outcome] += 1

    def ask(self, key: str) -> str:
        length = "Content-Length: 2\r\n" if self.method == "POST" else ""
        body = "ok" if self.method == "POST" else ""
        request = (
            f"{self.method} /basket?key={key} HTTP/1.1\r\nHost: shop.lab.test\r\n{length}Connection: close\r\n\r\n{body}"
        )
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=CLIENT_SECONDS_MAX) as connection:
                connection.sendall(request.encode())
                answer = b""
                while piece := connection.recv(65536):
                    answer += piece
        except OSError:
            return "none"
        return answer[9:12].decode(errors="replace") or "none"

    def end(self) -> dict[str, int]:
        self.is_over.set()
        for thread in self.threads:
            thread.join(CLIENT_SECONDS_MAX + 1)
        return dict(sorted(self.outcomes.items()))


@dataclass
class Stage:
    """What a story may move: its endpoints, and nothing else."""

    session: Session
    folder: Path
    ports: list[int]
    running: list[subprocess.Popen[bytes] | None] = field(default_factory=list)

    def command(self, language: str, port: int) -> list[str]:
        if language == "stale":
            return ["python3", str(APPLICATIONS / "Logs" / "stale_origin.py"), str(port), "75"]
        journal = str(self.folder / f"journal-{port}")
        if language == "stall":
            return ["python3", str(APPLICATIONS / "failing.py"), str(port), journal, "stall"]
        program = {"python": ["python3", "application.py"], "node": ["node", "application.mjs"]}[language]
        return [program[0], str(APPLICATIONS / program[1]), str(port), journal, "60000", "2"]

    def start(self, index: int, command: list[str]) -> None:
        process = self.session.start(command, self.folder)
        while len(self.running) <= index:
            self.running.append(None)
        self.running[index] = process
        wait_for_port(process, self.ports[index], self.folder)

    def kill(self, index: int, number: signal.Signals) -> None:
        process = self.running[index]
        if process:
            process.send_signal(number)

    def end(self, index: int, number: signal.Signals = signal.SIGTERM) -> None:
        process = self.running[index]
        if process:
            self.session.end(process, number)
            self.running[index] = None


@dataclass(frozen=True)
class Story:
    name: str
    sentence: str
    roots: tuple[str, ...]
    """Root causes that are right, the best one first."""
    observed: tuple[str, ...]
    """Causes that a proxy sees of it. The first failure of the story is one of them, and never a consequence."""
    consequences: tuple[str, ...]
    prepare: Callable[[Stage], None]
    course: Callable[[Stage], None]
    endpoints: int = 2
    method: str = "GET"
    clients: int = CLIENTS
    pause: float = PAUSE_SECONDS
    """Seconds between the requests of a client."""
    kinds: tuple[str, ...] = ("nginx", "haproxy", "httpd", "caddy")
    """The proxies that have it: the others hide it or cannot be set up so."""


def healthy(language: str) -> Callable[[Stage], None]:
    def prepare(stage: Stage) -> None:
        for index, port in enumerate(stage.ports):
            stage.start(index, stage.command(language, port))

    return prepare


def killed(stage: Stage) -> None:
    time.sleep(0.7)
    for index in range(len(stage.ports)):
        stage.end(index, signal.SIGKILL)
    time.sleep(1.5)
    for index, port in enumerate(stage.ports):
        stage.start(index, stage.command("python", port))
    time.sleep(1.5)


def rolling(stage: Stage) -> None:
    time.sleep(0.5)
    for index, port in enumerate(stage.ports):
        stage.end(index, signal.SIGTERM)
        time.sleep(0.8)
        stage.start(index, stage.command("node", port))
        time.sleep(0.7)


def stale(stage: Stage) -> None:
    time.sleep(3)


def stalled(stage: Stage) -> None:
    time.sleep(0.7)
    for index in range(len(stage.ports)):
        stage.kill(index, signal.SIGUSR1)
    time.sleep(2.5)
    for index in range(len(stage.ports)):
        stage.kill(index, signal.SIGUSR2)
    time.sleep(1.0)


REFUSED = ("connect_refused",)
BROKEN = ("closed_before_response", "reset_before_response", "write_failed", "connect_reset")
NONE_LEFT = ("all_unhealthy", "pool_empty", "pool_queue_timeout")

STORIES = (
    Story(
        "killed", "Both endpoints are killed, and come back after one and a half seconds.",
        ("upstream_down", "application_crash", "connect_refused"), REFUSED + BROKEN, NONE_LEFT, healthy("python"), killed,
    ),
    Story(
        "rolling", "One endpoint after the other is restarted.",
        ("deploy_restart", "upstream_down", "application_crash", "connect_refused"), REFUSED + BROKEN, NONE_LEFT,
        healthy("node"), rolling,
    ),
    Story(
        "stale", "The application closes idle connections sooner than the proxy gives them up.",
        ("idle_timeout_mismatch", "stale_keepalive"), ("stale_keepalive",), NONE_LEFT,
        healthy("stale"), stale, endpoints=1, method="POST", clients=1,
        # HAProxy sends the first request of a client on no connection that others have used.
        kinds=("nginx", "httpd", "caddy"),
    ),
    Story(
        "stalled", "Both endpoints take requests and answer none for two and a half seconds.",
        ("application_hung", "slow_application", "response_header_timeout", "slow_dependency"),
        ("response_header_timeout",), NONE_LEFT + ("closed_before_response", "reset_before_response"),
        healthy("stall"), stalled,
    ),
)


def configuration(proxy: Proxy, port: int, endpoints: list[int], logs: Path, modules: str) -> str:
    match proxy.kind:
        case "nginx":
            return story_configurations.nginx(port, endpoints, logs)
        case "haproxy":
            return story_configurations.haproxy(port, endpoints, logs)
        case "httpd":
            return story_configurations.httpd(port, endpoints, logs, modules)
        case _:
            return story_configurations.caddy(port, endpoints, logs)


def tell(session: Session, proxy: Proxy, story: Story, modules: str) -> tuple[dict[str, object], Path]:
    """Lets it happen.

    Returns its truth, and the folder with what the proxy logged.
    """
    name = f"{proxy.name}-{story.name}"
    folder, logs = session.make(name), session.make(f"{name}/logs")
    first = free_ports(story.endpoints + 1)
    stage = Stage(session, session.make(f"{name}/applications"), list(range(first, first + story.endpoints)))
    port = first + story.endpoints
    story.prepare(stage)
    running = RunningProxy(session, proxy, folder, logs, configuration(proxy, port, stage.ports, logs, modules), port)
    begin = time.time()
    load = Load(port, story.method, story.clients, story.pause)
    story.course(stage)
    outcomes = load.end()
    end = time.time()
    running.close()
    for index in range(len(stage.running)):
        stage.end(index, signal.SIGKILL)
    truth = {
        "proxy": proxy.name, "story": story.name, "sentence": story.sentence, "roots": story.roots,
        "observed": story.observed, "consequences": story.consequences, "from": begin, "to": end,
        "endpoints": [f"127.0.0.1:{port}" for port in stage.ports], "outcomes": outcomes,
    }
    return json.loads(json.dumps(truth)), logs
