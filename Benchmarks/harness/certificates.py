"""The one certificate that every proxy shows: ECDSA on P-256, signed by an authority that lives as long as the run."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .session import RowFailure

NAMES = "subjectAltName=IP:127.0.0.1,DNS:localhost"
DAYS = "7"


@dataclass(frozen=True)
class Certificate:
    chain: Path
    key: Path
    both: Path
    """Chain and key in one file, as HAProxy wants them."""
    authority: Path

    def context(self, *protocols: str) -> ssl.SSLContext:
        """Of a client that trusts the authority alone and offers these protocols (ALPN)."""
        context = ssl.create_default_context(cafile=str(self.authority))
        if protocols:
            context.set_alpn_protocols(list(protocols))
        return context


def make_certificate(folder: Path) -> Certificate:
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", DAYS]
    authority, authority_key = folder / "authority.pem", folder / "authority.key"
    leaf, key = folder / "leaf.pem", folder / "leaf.key"
    _openssl(
        "req", "-x509", *new_key, "-subj", "/CN=bench authority", "-keyout", str(authority_key), "-out", str(authority),
        "-addext", "keyUsage=critical,keyCertSign",
    )  # fmt: skip
    _openssl(
        "req", "-x509", *new_key, "-subj", "/CN=bench", "-CA", str(authority), "-CAkey", str(authority_key),
        "-keyout", str(key), "-out", str(leaf), "-addext", NAMES, "-addext", "basicConstraints=critical,CA:FALSE",
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_text(leaf.read_text() + key.read_text())
    return Certificate(leaf, key, both, authority)


def _openssl(*arguments: str) -> None:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RowFailure(f"openssl {arguments[0]} failed: {done.stderr.strip()[-300:]}")
