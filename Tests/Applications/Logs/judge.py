#!/usr/bin/env python3
"""Compares what `sluice logs` finds in labelled logs with the truth about each request.

Usage: judge.py --sluice PROGRAM [--json | --markdown] [--wrong] FOLDER

FOLDER is what label.py made. --wrong tells each request that was judged wrong, with its lines.
Exit codes: 0 at least 95 of 100 right and none wrong where it was certain, 1 not so, 2 usage, 3 `sluice logs` failed.

How a request is judged:

- Its lines are those with its marker; a line without any belongs to the next line of the same thread (httpd writes two
  for one failure), or to the last request of the scenario that it names.
- Of several failure lines in one log the first is the cause, and later ones are what followed from it. Of the logs of
  one proxy the surest conclusion counts; the error log's where two are as sure.
- Right: the cause is the true one, or one that is as true. Not told apart, and right as well: the true one is among the
  line's alternatives, and the line is not certain. `tls_handshake_failed` is true of everything that fails a handshake;
  the strict share counts it only where the handshake's own cause stands in the line, too.
- Certain and wrong: any line that is certain of another cause.
- A story is right where the problem with the most failures has one of its root causes, and none of its consequences
  passes for a root. It is not told apart, and right as well, where the verdict is no more than possible and a root
  cause stands beside it as possible. Where no client noticed anything, no problem is as right.
- Not counted, and listed apart: requests of which the proxy logged nothing that tells a failure, those that a client
  left, and those in which all was well and the proxy's own words call it a failure.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

MARKER = re.compile(r"(?:[?&]label=|labels\.lab\.test/)([a-z0-9-]+\.\d+)")
THREAD = re.compile(r"\[(pid \d+:tid \d+)\]")
SCENARIO = re.compile(r"\blab-([a-z0-9-]+)")
STAMP = re.compile(r"^\[\w+ \w+ +\d+ [\d:]+\.\d\d")
"""To a hundredth of a second, as httpd writes it."""
TERMINATION = re.compile(r" (\S\S\S\S) \d+/\d+/\d+/\d+/\+?\d+ ")
LEVEL = re.compile(r"\[(?:\S+:)?(?:error|crit|alert|emerg)\]|\"level\":\"(?:error|warn)\"|AH01106|AH10404")
SURENESS = ("unknown", "possible", "likely", "certain")
RIGHT_SHARE_MIN = 0.95


@dataclass(frozen=True)
class Line:
    """One line of a log, and what was concluded from it."""

    file: str
    number: int
    text: str
    cause: str | None = None
    alternatives: tuple[str, ...] = ()
    sure: str = "unknown"

    @property
    def is_certain(self) -> bool:
        return self.sure == "certain"

    @property
    def is_access(self) -> bool:
        return "error" not in self.file and self.file != "caddy.log"

    @property
    def tells_failure(self) -> bool:
        """Whether a reader who knows the proxy sees a failure in it: by words that this program knows by itself."""
        if termination := TERMINATION.search(self.text):
            return termination[1][0] not in "-L"
        return not self.is_access and LEVEL.search(self.text) is not None


@dataclass
class Request:
    label: dict[str, object]
    lines: list[Line] = field(default_factory=list)

    @property
    def truth(self) -> str | None:
        cause = self.label["cause"]
        return str(cause) if cause else None

    @property
    def accepted(self) -> set[str]:
        """The true cause and those that are as true. Where every request has a fresh connection none is stale."""
        others = {str(cause) for cause in self.label["alternatives"]}
        if self.label["outcome"] == "garbage":
            # The client closed what it could not read: that it left is as true.
            others.add("client_aborted")
        if self.truth != "stale_keepalive":
            others.discard("stale_keepalive")
        return others | ({self.truth} if self.truth else set())

    @property
    def failed_for_client(self) -> bool:
        status = self.label["status"]
        return self.label["outcome"] in ("cut", "closed", "garbage") or (isinstance(status, int) and 500 <= status < 600)

    @property
    def conclusions(self) -> list[Line]:
        """The first failure of each log."""
        first: dict[str, Line] = {}
        for line in self.lines:
            if line.cause:
                first.setdefault(line.file, line)
        return sorted(first.values(), key=lambda line: (-SURENESS.index(line.sure), line.is_access))

    def is_true(self, line: Line) -> bool:
        return is_among(line.cause, self.accepted)

    def is_right(self, line: Line) -> bool:
        if self.is_true(line):
            return True
        return not line.is_certain and any(is_among(cause, self.accepted) for cause in line.alternatives)

    @property
    def is_named(self) -> bool:
        """Whether the line's first cause is a true one, and not only one of its alternatives."""
        return self.verdict == "right" and self.is_true(self.conclusions[0])

    @property
    def is_listed(self) -> bool:
        """Whether the true cause itself stands in the line, and not `tls_handshake_failed` in its place."""
        if self.verdict != "right":
            return False
        line = self.conclusions[0]
        return bool({line.cause, *line.alternatives} & self.accepted)

    @property
    def verdict(self) -> str:
        if self.label["outcome"] in ("left", "unsent"):
            return "left"
        told = self.conclusions
        if not self.truth:
            if not told or any(self.is_right(line) for line in told[:1]):
                return "well"
            is_refused = self.failed_for_client or any(line.tells_failure for line in self.lines)
            return "refused" if is_refused else "wrong"
        if any(line.is_certain and not self.is_true(line) for line in told):
            return "certain-wrong"
        if told:
            return "right" if self.is_right(told[0]) else "wrong"
        is_told = any(line.tells_failure for line in self.lines)
        is_status = self.label["outcome"] == "whole" and self.failed_for_client and any(
            line.is_access for line in self.lines
        )
        return "untold" if is_told or is_status else "unlogged"


def is_among(cause: str | None, accepted: set[str]) -> bool:
    if cause in accepted:
        return True
    return cause == "tls_handshake_failed" and any(true in HANDSHAKE for true in accepted)


HANDSHAKE = {
    "tls_version_mismatch", "tls_cipher_mismatch", "tls_closed_in_handshake", "tls_alert",
    "tls_client_certificate_wanted", "tls_cert_expired", "tls_cert_not_yet_valid", "tls_cert_untrusted",
    "tls_cert_self_signed", "tls_cert_incomplete_chain", "tls_name_mismatch", "tls_to_plaintext_port",
}
"""What fails a handshake before it is over, each of them a case of `tls_handshake_failed`."""


def read_lines(logs: Path) -> dict[tuple[str, int], str]:
    return {
        (file.name, number): text
        for file in sorted(logs.iterdir())
        for number, text in enumerate(file.read_bytes().decode(errors="replace").split("\n"), 1)
    }


def run(sluice: Path, form: str, logs: Path) -> str:
    """What `sluice logs` says of a folder."""
    files = [str(file) for file in sorted(logs.iterdir())]
    done = subprocess.run([sluice, "logs", form, *files], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(f"judge: sluice logs: {done.stderr}", file=sys.stderr)
        sys.exit(3)
    return done.stdout


def conclude(sluice: Path, logs: Path) -> list[dict[str, object]]:
    """What it says of each line that it recognised."""
    return [json.loads(line) for line in run(sluice, "--ndjson", logs).split("\n") if line]


def join(labels: Iterable[dict[str, object]], texts: dict[tuple[str, int], str], told: list[dict]) -> list[Request]:
    """Each request with its lines, in the order of each log."""
    requests = {str(label["marker"]): Request(label) for label in labels}
    last = {str(label["scenario"]): str(label["marker"]) for label in labels}
    conclusions = {(Path(str(entry["file"])).name, int(entry["line"])): entry for entry in told}
    waiting: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for (file, number), text in texts.items():
        entry = conclusions.get((file, number), {})
        line = Line(
            file, number, text, entry.get("cause"), tuple(entry.get("alternatives") or ()),
            entry.get("sure") or "unknown",
        )
        marker = MARKER.search(text)
        thread = THREAD.search(text)
        place = (file, thread[1] if thread else "")
        if marker and marker[1] in requests:
            if thread:
                before = waiting.pop(place, [])
                requests[marker[1]].lines += [other for other in before if STAMP.findall(other.text) == STAMP.findall(text)]
            requests[marker[1]].lines.append(line)
        elif thread:
            waiting[place].append(line)
        elif (scenario := SCENARIO.search(text)) and scenario[1] in last:
            requests[last[scenario[1]]].lines.append(line)
    return list(requests.values())


@dataclass
class Score:
    proxy: str
    counts: Counter[str]
    requests: list[Request]

    @property
    def judged(self) -> int:
        return sum(self.counts[name] for name in ("right", "wrong", "certain-wrong", "untold"))

    @property
    def named(self) -> int:
        return sum(request.is_named for request in self.requests)

    @property
    def strict_share(self) -> float:
        return sum(request.is_listed for request in self.requests) / self.judged if self.judged else 0.0

    @property
    def share(self) -> float:
        return self.counts["right"] / self.judged if self.judged else 0.0

    @property
    def is_good(self) -> bool:
        return self.share >= RIGHT_SHARE_MIN and self.counts["certain-wrong"] == 0

    def object(self) -> dict[str, object]:
        return {
            "proxy": self.proxy, "judged": self.judged, "named": self.named, "share": round(self.share, 4),
            "strict_share": round(self.strict_share, 4), "good": self.is_good,
            **{name.replace("-", "_"): self.counts[name] for name in VERDICTS},
        }


VERDICTS = ("right", "wrong", "untold", "certain-wrong", "unlogged", "well", "refused", "left")


def judge(sluice: Path, folder: Path) -> list[Score]:
    scores = []
    for place in sorted(path.parent for path in folder.glob("*/labels.jsonl")):
        labels = [json.loads(line) for line in (place / "labels.jsonl").read_text().splitlines()]
        texts = read_lines(place / "logs")
        requests = join(labels, texts, conclude(sluice, place / "logs"))
        scores.append(Score(place.name, Counter(request.verdict for request in requests), requests))
    return scores


@dataclass(frozen=True)
class StoryScore:
    proxy: str
    story: str
    is_right: bool
    is_named: bool
    is_certain: bool
    told: str

    def object(self) -> dict[str, object]:
        return {
            "proxy": self.proxy, "story": self.story, "right": self.is_right, "named": self.is_named,
            "certain_wrong": self.is_certain and not self.is_right, "told": self.told,
        }

    @property
    def word(self) -> str:
        return "yes" if self.is_named else "not told apart" if self.is_right else "no"


def judge_story(sluice: Path, folder: Path) -> StoryScore:
    truth = json.loads((folder / "story.json").read_text())
    report = json.loads(run(sluice, "--json", folder / "logs"))
    proxy, story = truth["proxy"], truth["story"]
    problems = sorted(report["problems"], key=lambda problem: -problem["count"])
    if not problems:
        is_quiet = all(outcome == "200" for outcome in truth["outcomes"])
        return StoryScore(proxy, story, is_quiet, is_quiet, False, "no problem")
    problem = problems[0]
    verdict = problem["verdict"]
    roots = {share["cause"] for share in problem["causes"] if share["role"] == "root"}
    is_named = verdict["cause"] in truth["roots"]
    considered = {one["cause"] for one in problem["candidates"] if one["sure"] != "unknown"}
    is_open = verdict["sure"] in ("possible", "unknown") and bool(considered & set(truth["roots"]))
    is_right = (is_named or is_open) and not roots & set(truth["consequences"])
    shares = ", ".join(f"{share['count']} {share['cause']} ({share['role']})" for share in problem["causes"])
    told = f"{verdict['cause']}, {verdict['sure']}: {problem['count']} requests: {shares}"
    return StoryScore(proxy, story, is_right, is_right and is_named, verdict["sure"] == "certain", told)


COLUMNS = (
    ("judged", lambda score: score.judged), ("right", lambda score: score.counts["right"]),
    ("by name", lambda score: score.named),
    ("wrong", lambda score: score.counts["wrong"] + score.counts["certain-wrong"]),
    ("not told", lambda score: score.counts["untold"]),
    ("certain and wrong", lambda score: score.counts["certain-wrong"]),
    ("share", lambda score: f"{score.share * 100:.1f} %"),
    ("strict share", lambda score: f"{score.strict_share * 100:.1f} %"),
    ("not logged", lambda score: score.counts["unlogged"]),
    ("refused", lambda score: score.counts["refused"]), ("left", lambda score: score.counts["left"]),
    ("well", lambda score: score.counts["well"]),
)


def table(scores: list[Score], is_markdown: bool) -> str:
    rows = [["proxy", *(name for name, _ in COLUMNS)]]
    rows += [[score.proxy, *(str(value(score)) for _, value in COLUMNS)] for score in scores]
    return write(rows, is_markdown, numbers_from=1)


def story_table(stories: list[StoryScore], is_markdown: bool) -> str:
    rows = [["proxy", "story", "right", "told"]]
    rows += [[story.proxy, story.story, story.word, story.told] for story in stories]
    return write(rows, is_markdown, numbers_from=len(rows[0]))


def write(rows: list[list[str]], is_markdown: bool, numbers_from: int) -> str:
    if is_markdown:
        rows.insert(1, ["---" if index < numbers_from else "---:" for index in range(len(rows[0]))])
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows)


def complaints(scores: list[Score]) -> Iterable[str]:
    for score in scores:
        for request in score.requests:
            if request.verdict in ("wrong", "certain-wrong", "untold"):
                label = request.label
                yield (
                    f"{score.proxy} {label['marker']}: {request.verdict}: {label['cause']} "
                    f"({label['outcome']} {label['status']})"
                )
                for line in request.lines:
                    told = f"{line.cause} {line.sure} or {','.join(line.alternatives)}" if line.cause else "-"
                    yield f"    {line.file}:{line.number} [{told}] {line.text[:300]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    scores = judge(options.sluice, options.folder)
    stories = [
        judge_story(options.sluice, file.parent) for file in sorted(options.folder.glob("*/stories/*/story.json"))
    ]
    if not scores and not stories:
        parser.error(f"{options.folder} has no labels")
    if options.wrong:
        for line in complaints(scores):
            print(line, file=sys.stderr)
    if options.json:
        answer = {"scores": [score.object() for score in scores], "stories": [story.object() for story in stories]}
        print(json.dumps(answer))
    else:
        print(table(scores, options.markdown))
        if stories:
            print("\n" + story_table(stories, options.markdown))
    is_good = all(score.is_good for score in scores) and all(story.is_right for story in stories)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
