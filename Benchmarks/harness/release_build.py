"""Finds the gateway's binary and refuses one that is not a release build."""

from __future__ import annotations

import mmap
import os
import sys
from pathlib import Path

EXIT_IMPOSSIBLE = 3


def sluice_binary(root: Path) -> Path:
    """$SLUICE_BIN, else .build/release/sluice."""
    given = os.environ.get("SLUICE_BIN")
    path = Path(given) if given else root / ".build" / "release" / "sluice"
    if not path.is_file():
        _refuse(f"{path} does not exist")
    resolved = path.resolve()
    if "debug" in resolved.parts or _has_debug_section(resolved):
        _refuse(f"{resolved} is a debug build")
    return resolved


def _has_debug_section(path: Path) -> bool:
    """Only debug builds link the modules' syntax trees for the debugger; the section's name gives them away."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return content.find(b"\0.swift_ast\0") >= 0


def _refuse(reason: str) -> None:
    sys.stderr.write(f"{reason}; run `make release` first, or set SLUICE_BIN to a release build\n")
    sys.exit(EXIT_IMPOSSIBLE)
