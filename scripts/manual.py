#!/usr/bin/env python3
"""Writes the manual pages of all commands into a folder, from what the commands say of themselves.

Usage: manual.py BINARY FOLDER      FOLDER/sluice.1, FOLDER/sluice-run.1, …
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path


def escaped(text: str) -> str:
    """A text in which roff finds nothing of its own."""
    text = text.replace("\\", "\\(rs").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def option(argument: dict) -> str:
    names = ["-" * (1 if name["kind"] == "short" else 2) + name["name"] for name in argument.get("names", [])]
    if argument["kind"] == "positional":
        return f"\\fI{escaped(argument['valueName'].upper())}\\fR"
    text = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names)
    return text + (f" \\fI{escaped(argument['valueName'].upper())}\\fR" if argument["kind"] == "option" else "")


def synopsis(argument: dict) -> str:
    text = option({**argument, "names": [argument["preferredName"]]} if "preferredName" in argument else argument)
    if argument.get("isRepeating"):
        text += " ..."
    return f"[{text}]" if argument.get("isOptional") else text


def body(text: str) -> list[str]:
    """Paragraphs, and examples as they stand: lines that begin with spaces."""
    lines: list[str] = []
    for paragraph in re.split(r"\n\n+", text.strip("\n")):
        lines.append(".PP")
        for line in paragraph.split("\n"):
            if line.startswith("  "):
                lines += [".br", ".in +2", escaped(line.strip()), ".in -2", ".br"]
            else:
                lines.append(escaped(line))
    return lines


def page(command: dict, path: list[str], version: str) -> str:
    name = "-".join(path)
    shown = [a for a in command.get("arguments", []) if a.get("shouldDisplay", True)]
    lines = [f'.TH "{name.upper()}" 1 "" "sluice {version}" "Sluice"', ".SH NAME"]
    lines.append(f"{escaped(name)} \\- {escaped(command.get('abstract', '').rstrip('.'))}")
    subcommands = [c for c in command.get("subcommands", []) if c["commandName"] != "help" and c.get("shouldDisplay", True)]
    lines += [".SH SYNOPSIS", f"\\fB{escaped(' '.join(path))}\\fR " + " ".join(synopsis(a) for a in shown)]
    if subcommands:
        lines.append("\\fISUBCOMMAND\\fR ...")
    if command.get("discussion"):
        lines += [".SH DESCRIPTION", *body(command["discussion"])]
    if shown:
        lines.append(".SH OPTIONS")
        for argument in shown:
            value = argument.get("defaultValue")
            default = f" (default: {value})" if value else ""
            lines += [".TP", option(argument), escaped(argument.get("abstract", "") + default)]
    if subcommands:
        lines.append(".SH SUBCOMMANDS")
        for sub in subcommands:
            lines += [".TP", f"\\fB{escaped(sub['commandName'])}\\fR", escaped(sub.get("abstract", ""))]
    lines.append(".SH EXIT STATUS")
    lines.append("0: fine. 1: found what it looks for, as a wrong configuration or failures. 2: usage. 3: could not do its work.")
    others = ["-".join([*path, c["commandName"]]) for c in subcommands] or ["-".join(path[:-1])]
    lines += [".SH SEE ALSO", ", ".join(f"\\fB{escaped(other)}\\fR(1)" for other in others if other)]
    return "\n".join(lines) + "\n"


def write(command: dict, path: list[str], version: str, folder: Path) -> None:
    (folder / ("-".join(path) + ".1")).write_text(page(command, path, version), encoding="utf-8")
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help" and sub.get("shouldDisplay", True):
            write(sub, [*path, sub["commandName"]], version, folder)


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary, folder = sys.argv[1], Path(sys.argv[2])
    told = subprocess.run([binary, "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout
    version = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    folder.mkdir(parents=True, exist_ok=True)
    write(json.loads(told)["command"], ["sluice"], version, folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
