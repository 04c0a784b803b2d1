"""What the clients in this folder have in common: their arguments, the cases, and the verdict on each.

A client prints one line of JSON for each case: {"case": NAME, "ok": true or false, "detail": TEXT}. A case that takes
longer than its limit is ended and has failed, so that a client always ends.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator

KIB, MIB = 1 << 10, 1 << 20
SIZES = [0, 1, 16 * KIB, MIB]
"""Of bodies, in both directions; 100 MiB where the caller asks for `--large`."""
LARGE = 100 * MIB
CASE_SECONDS = 40


class Wrong(Exception):
    """A case whose outcome is not what it must be."""


class TimeIsUp(BaseException):
    """Not an Exception: nothing that handles errors may swallow it."""


def require(condition: object, text: str) -> None:
    if not condition:
        raise Wrong(text)


def equal(found: object, wanted: object, what: str) -> None:
    require(found == wanted, f"{what}: {found!r} instead of {wanted!r}")


def eventually(condition: Callable[[], bool], otherwise: str, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        require(time.monotonic() < deadline, otherwise)
        time.sleep(0.02)


def arguments(description: str | None, *more: str) -> argparse.Namespace:
    """`more` are further options that take a value."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True, help="scheme, host and port")
    parser.add_argument("--ca", help="a file in PEM with the only issuer that is trusted")
    parser.add_argument("--version", default="h2", choices=["h1", "h2", "h2c"])
    parser.add_argument("--large", action="store_true", help="bodies of 100 MiB, too")
    for option in more:
        parser.add_argument(option)
    return parser.parse_args()


def run(name: str, case: Callable[[], object], seconds: int = CASE_SECONDS) -> bool:
    """Runs one case in the main thread and tells its verdict."""

    def ring(number: int, frame: object) -> None:
        raise TimeIsUp(f"not over after {seconds} s")

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        detail = case()
        tell(name, True, str(detail or ""))
        return True
    except (Exception, TimeIsUp) as error:  # whatever it is, it is the verdict
        where = traceback.extract_tb(error.__traceback__)[-1]
        tell(name, False, f"{type(error).__name__}: {error} ({where.filename.rpartition('/')[2]}:{where.lineno})")
        return False
    finally:
        signal.alarm(0)


def tell(name: str, ok: bool, detail: str = "") -> None:
    sys.stdout.write(json.dumps({"case": name, "ok": ok, "detail": detail[:1000]}) + "\n")
    sys.stdout.flush()


def sizes(large: bool) -> list[int]:
    return [*SIZES, LARGE] if large else SIZES


BLOCK = bytes((index * 17 + (index >> 6)) & 255 for index in range(65_537))
"""Of a prime length, so that a piece which is lost, doubled or out of place changes the digest."""


def pieces(size: int) -> Iterator[bytes]:
    for start in range(0, size, len(BLOCK)):
        yield BLOCK[: size - start]


def body_digest(size: int) -> str:
    digest = hashlib.sha256()
    for piece in pieces(size):
        digest.update(piece)
    return digest.hexdigest()
