"""Reloads: three valid configurations in turn, each with other routes, upstreams and listeners."""

from __future__ import annotations

import asyncio
import signal
import time
from dataclasses import dataclass, field
from pathlib import Path

from ..proxies import sluice_config
from ..session import Process, RowFailure, free_port
from .clients import FAULTS, Stop, connected, describe, expect
from .ledger import Ledger

APPLY_SECONDS_MAX = 2.0
ROTATE_EVERY = 5
"""Reloads between rotations of the access log: SIGHUP also reopens log files."""

REMOVAL_WINDOW_SECONDS = 0.5
"""A connect that meets the end of a listener is refused or reset; that is no failed request."""


@dataclass
class Generations:
    """`main` stays. The second configuration adds a listener, the third an upstream; endpoints change in each."""

    folder: Path
    origins: tuple[int, int, int]
    main_port: int = field(default_factory=free_port)
    extra_port: int = field(default_factory=free_port)
    current: int = 0

    @property
    def config_path(self) -> Path:
        return self.folder / "sluice.yaml"

    @property
    def log_path(self) -> Path:
        return self.folder / "access.log"

    def has_extra_listener(self) -> bool:
        return self.current % 3 == 1

    def marker(self) -> str:
        """The endpoint that /which leads to in this generation."""
        return str(self.origins[self.current % 3])

    def write(self) -> None:
        """Replaces the file in one step, as a deploy would."""
        one, two, three = self.origins
        which = {"which": [self.origins[self.current % 3]]}
        routes = [("/", "app"), ("/which", "which")]
        match self.current % 3:
            case 0:
                listeners, upstreams = [self.main_port], {"app": [one, two]}
            case 1:
                listeners, upstreams = [self.main_port, self.extra_port], {"app": [two]}
            case _:
                listeners, upstreams = [self.main_port], {"app": [one, three], "posts": [two, three]}
                routes.append(("/echo", "posts"))
        text = sluice_config(listeners, routes, {**upstreams, **which}, workers=2, access_log=str(self.log_path))
        draft = self.folder / "next.yaml"
        draft.write_text(text)
        draft.replace(self.config_path)


@dataclass
class Reloader:
    generations: Generations
    process: Process
    ledger: Ledger
    interval: float
    stop: Stop
    rotated: list[Path] = field(default_factory=list)

    async def run(self) -> None:
        while not self.stop.is_set:
            await asyncio.sleep(self.interval)
            await self.reload()

    async def reload(self) -> None:
        self.process.require_alive()
        self.generations.current += 1
        self.generations.write()
        if self.generations.current % ROTATE_EVERY == 0:
            self.rotate()
        self.ledger.reloads += 1
        self.ledger.reload_at = time.monotonic()
        self.process.popen.send_signal(signal.SIGHUP)
        await self.wait_until_applied()

    def rotate(self) -> None:
        target = self.generations.folder / f"access.log.{len(self.rotated)}"
        self.generations.log_path.rename(target)
        self.rotated.append(target)

    async def wait_until_applied(self) -> None:
        """The new configuration is in force when /which leads to its endpoint."""
        deadline = time.monotonic() + APPLY_SECONDS_MAX
        while time.monotonic() < deadline:
            path = self.ledger.next_path("which")
            try:
                async with asyncio.timeout(5), connected(self.generations.main_port) as connection:
                    head, body = await connection.exchange("GET", path)
                expect(body, path.encode())
                self.ledger.succeed("which")
            except FAULTS as fault:
                self.ledger.fail("which", path, describe(fault))
                return
            if head.fields.get("x-origin") == self.generations.marker():
                return
            await asyncio.sleep(0.02)
        self.ledger.fail("reload", str(self.generations.current), f"not in force after {APPLY_SECONDS_MAX} s")

    async def use_extra_listener(self) -> None:
        """One request for each connection, for as long as the listener is there."""
        while not self.stop.is_set:
            await asyncio.sleep(0.01)
            if not self.generations.has_extra_listener() or time.monotonic() - self.ledger.reload_at < 0.3:
                continue
            path = self.ledger.next_path("small")
            sent = False
            try:
                async with asyncio.timeout(10), connected(self.generations.extra_port) as connection:
                    sent = True
                    _, body = await connection.exchange("GET", path)
                expect(body, path.encode())
                self.ledger.succeed("extra")
            except FAULTS as fault:
                self.judge(path, sent, fault)

    def judge(self, path: str, sent: bool, fault: BaseException) -> None:
        """A connection is the kernel's until it is accepted, so a reset may meet one whose listener is closing."""
        is_removed = not self.generations.has_extra_listener()
        just_now = time.monotonic() - self.ledger.reload_at < REMOVAL_WINDOW_SECONDS
        if is_removed and just_now and isinstance(fault, ConnectionError):
            self.ledger.forget(path)
            self.ledger.refused_by_removed_listener += sent
        else:
            self.ledger.fail("extra", path, describe(fault))


async def wait_until_serving(generations: Generations, process: Process, ledger: Ledger) -> None:
    """The first request; it also makes sure that the baseline is taken of a gateway that works."""
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        process.require_alive()
        path = ledger.next_path("which")
        try:
            async with asyncio.timeout(5), connected(generations.main_port) as connection:
                await connection.exchange("GET", path)
            ledger.succeed("which")
            return
        except ConnectionRefusedError:
            ledger.forget(path)
            await asyncio.sleep(0.05)
    raise RowFailure(f"the gateway does not listen: {process.error_tail()}")
