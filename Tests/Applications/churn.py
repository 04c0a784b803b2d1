#!/usr/bin/env python3
"""Keeps applications running, and kills and restarts them in turn: SIGKILL for each, then SIGTERM for each, and so on.

Usage: churn.py --ports PORT,PORT --report FILE [--pause SECONDS] -- COMMAND... -- COMMAND...

The n-th command listens on the n-th port. Prints `ready` once all listen; then the churn begins with the first line on
standard input and lasts until its end, with which all applications end. One is killed only while all others listen.
The report gets a line of JSON for each kill.
"""

from __future__ import annotations

import argparse
import json
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass

END_SECONDS_MAX = 5.0
START_SECONDS_MAX = 30.0


@dataclass
class Application:
    command: list[str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL)

    def wait_until_listening(self) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                sys.exit(f"{self.command} ended with code {self.process.returncode}")
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.01)
        sys.exit(f"{self.command} does not listen on port {self.port}")

    def end(self, number: signal.Signals) -> None:
        if self.process is None:
            return
        self.process.send_signal(number)
        try:
            self.process.wait(END_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def commands(arguments: list[str]) -> list[list[str]]:
    """What stands between the separators."""
    found: list[list[str]] = []
    for argument in arguments:
        if argument == "--":
            found.append([])
        else:
            found[-1].append(argument)
    return found


def is_over(seconds: float) -> bool:
    """Waits, and tells whether standard input has ended."""
    readable, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(readable) and sys.stdin.readline() == ""


def churn(applications: list[Application], report: str, pause: float) -> None:
    started = time.monotonic()
    with open(report, "w", buffering=1) as file:
        turn = 0
        while not is_over(pause):
            application = applications[turn % len(applications)]
            number = (signal.SIGKILL, signal.SIGTERM)[turn // len(applications) % 2]
            killed = time.monotonic()
            application.end(number)
            application.start()
            application.wait_until_listening()
            down = time.monotonic() - killed
            line = {"at": killed - started, "port": application.port, "signal": number.name, "downMs": down * 1000}
            file.write(json.dumps(line) + "\n")
            turn += 1


def main() -> None:
    # Whoever started us may have done so from a thread that blocks signals, which the applications would inherit.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    split = sys.argv.index("--")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ports", required=True)
    parser.add_argument("--report", required=True)
    parser.add_argument("--pause", type=float, default=0.4)
    options = parser.parse_args(sys.argv[1:split])
    ports = [int(port) for port in options.ports.split(",")]
    applications = [Application(*pair) for pair in zip(commands(sys.argv[split:]), ports, strict=True)]
    try:
        for application in applications:
            application.start()
        for application in applications:
            application.wait_until_listening()
        print("ready", flush=True)
        if sys.stdin.readline():
            churn(applications, options.report, options.pause)
    finally:
        for application in applications:
            application.end(signal.SIGKILL)


if __name__ == "__main__":
    main()
