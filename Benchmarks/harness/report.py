"""Results as a table for the terminal, as JSON, and as Markdown in docs/PERFORMANCE.md."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .measurement import Measurement, median, ratio, spread_percent
from .rows import Row, Target

WIDTH_MAX = 100
BEST_OF = ("nginx", "haproxy", "nghttpx")
HEADINGS = ("proxy", "user", "system", "total", "+-%", "rate", "p50 ms", "p99 ms", "peak MiB", "x best", "x caddy")
WIDTHS = (10, 8, 8, 8, 4, 9, 8, 8, 9, 8, 8)
BEGIN, END = "<!-- bench:begin -->", "<!-- bench:end -->"


@dataclass
class RowResult:
    row: Row
    turns: dict[str, list[Measurement]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    skipped: str | None = None

    def medians(self) -> dict[str, Measurement]:
        """Of the proxies that have not failed in any turn."""
        return {name: median(turns) for name, turns in self.turns.items() if turns and name not in self.failures}

    def reference(self, name: str) -> float | None:
        """The cost of one proxy, or of the best of nginx, HAProxy and nghttpx for `peers`."""
        medians = self.medians()
        names = BEST_OF if name == "peers" else (name,)
        totals = [medians[peer].total for peer in names if peer in medians]
        return min(totals) if totals else None

    def _peers(self) -> str:
        """Of those that the row has measured."""
        names = [name for name in BEST_OF if name in self.medians()]
        return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    def verdicts(self) -> list[tuple[bool, str]]:
        """For sluice: whether each target of the row is met, with a sentence."""
        own = self.medians().get("sluice")
        return [] if own is None else [v for target in self.row.targets if (v := self._verdict(own.total, target))]

    def _verdict(self, value: float, target: Target) -> tuple[bool, str] | None:
        if target.reference is None:
            met = value <= target.limit
            return met, f"{value:.2f} {self.row.units.cost}, target at most {target.limit:g}: {_word(met)}"
        share = ratio(value, self.reference(target.reference))
        if share is None:
            return None
        met = share <= target.limit
        reference = f"the best of {self._peers()}" if target.reference == "peers" else target.reference
        return met, f"{share:.2f} of {reference}, target at most {target.limit:g}: {_word(met)}"


@dataclass(frozen=True)
class Report:
    machine: dict[str, str]
    versions: dict[str, str]
    settings: dict[str, str]
    conditions: list[str]
    results: list[RowResult]

    def has_failure(self) -> bool:
        return any(result.failures for result in self.results)

    def misses_target(self) -> bool:
        return any(not met for result in self.results for met, _ in result.verdicts())


def table(result: RowResult) -> str:
    """The rows of one result, at most WIDTH_MAX columns wide."""
    row = result.row
    lines = [f"{row.name}: {row.title}", f"({row.units.cost}; rate in {row.units.rate})"]
    if result.skipped:
        return "\n".join([*lines, f"  skipped: {result.skipped}", ""])
    lines.append(_line(HEADINGS))
    lines += [_line(cells) for cells in _cells(result)]
    for name, note in notes(result):
        lines += textwrap.wrap(f"  {name}: {note}", WIDTH_MAX, subsequent_indent="    ")
    for name, reason in result.failures.items():
        lines += textwrap.wrap(f"  FAILED {name}: {reason}", WIDTH_MAX, subsequent_indent="    ")
    lines += [f"  sluice: {sentence}" for _, sentence in result.verdicts()]
    return "\n".join([*lines, ""])


def notes(result: RowResult) -> list[tuple[str, str]]:
    """What each proxy's runs have to say beside their numbers."""
    return [(name, middle.note) for name, middle in result.medians().items() if middle.note]


def title(row: Row) -> str:
    return f"{row.name}: {row.title} ({row.units.cost}; rate in {row.units.rate})"


def markdown(report: Report) -> str:
    machine = report.machine
    lines = [
        f"Measured on {machine['date']}: {machine['cpu']}, {machine['cores']} cores, {machine['memory']}, "
        f"{machine['system']}, Linux {machine['kernel']}.",
        "",
        "| Proxy | Version | Settings |",
        "|---|---|---|",
    ]
    lines += [f"| {name} | {text} | {report.settings[name]} |" for name, text in report.versions.items()]
    # How many turns there were stands with each row: rows of several runs meet here.
    lines += ["", *report.conditions[1:], ""]
    for result in report.results:
        lines += _markdown_row(result)
        lines += [f"*{machine['date']}. {report.conditions[0]}*", ""]
    return "\n".join(lines)


def write_document(report: Report, path: Path) -> None:
    """Replaces the head and the measured rows between the markers. Rows that were not measured stay, and say when they
    were: their section ends with the date of its own run."""
    text = path.read_text()
    begin, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    old = _sections(text[begin:end])
    new = _sections(markdown(report))
    # The head comes first in both.
    sections = {**old, **new}
    path.write_text(f"{text[:begin]}\n{''.join(sections.values())}{text[end:]}")


def _sections(text: str) -> dict[str, str]:
    """By the name of the row; the head has none."""
    head, *rows = text.strip("\n").split("\n### ")
    sections = {"": head.rstrip("\n") + "\n\n"}
    for row in rows:
        sections[row.split("\n", 1)[0]] = "### " + row.rstrip("\n") + "\n\n"
    return sections


def write_json(report: Report, path: Path) -> None:
    rows = [_json_row(result) for result in report.results]
    head = {"machine": report.machine, "versions": report.versions, "conditions": report.conditions}
    path.write_text(json.dumps({**head, "rows": rows}, indent=2) + "\n")


def _json_row(result: RowResult) -> dict[str, object]:
    best, caddy = result.reference("peers"), result.reference("caddy")
    return {
        "name": result.row.name,
        "title": result.row.title,
        "costUnit": result.row.units.cost,
        "rateUnit": result.row.units.rate,
        "skipped": result.skipped,
        "failures": result.failures,
        "proxies": {
            name: {
                "median": asdict(middle),
                "turns": [asdict(turn) for turn in result.turns[name]],
                "ratioToBestPeer": ratio(middle.total, best),
                "ratioToCaddy": ratio(middle.total, caddy),
            }
            for name, middle in result.medians().items()
        },
        "targets": [{"met": met, "sentence": sentence} for met, sentence in result.verdicts()],
    }


def _markdown_row(result: RowResult) -> list[str]:
    lines = [f"### {result.row.name}", "", f"{title(result.row).partition(': ')[2]}.", ""]
    if result.skipped:
        return [*lines, f"Skipped: {result.skipped}.", ""]
    lines += ["| " + " | ".join(HEADINGS) + " |", "|---" + "|---:" * (len(HEADINGS) - 1) + "|"]
    lines += ["| " + " | ".join(cells) + " |" for cells in _cells(result)]
    lines.append("")
    told = [f"{name}: {note}." for name, note in notes(result)]
    told += [f"**Failed**, {name}: {reason}" for name, reason in result.failures.items()]
    told += [f"Sluice: {sentence}." for _, sentence in result.verdicts()]
    return [*lines, *(line for sentence in told for line in (sentence, ""))]


def _cells(result: RowResult) -> list[tuple[str, ...]]:
    best, caddy = result.reference("peers"), result.reference("caddy")
    return [
        (
            name,
            _number(middle.user),
            _number(middle.system),
            _number(middle.total),
            f"{spread_percent(result.turns[name]):.0f}",
            _number(middle.rate, 0),
            _number(middle.p50_ms),
            _number(middle.p99_ms),
            _number(middle.peak_mib, 1),
            _number(ratio(middle.total, best)),
            _number(ratio(middle.total, caddy)),
        )
        for name, middle in result.medians().items()
    ]


def _number(value: float | None, digits: int = 2) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _line(cells: Sequence[str]) -> str:
    first, *rest = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return " ".join([first.strip().ljust(WIDTHS[0]), *rest])


def _word(met: bool) -> str:
    return "met" if met else "MISSED"
