"""Reads the metrics of a gateway with the parsers of Prometheus' own Python client, in both texts.

It takes what the text says for what is meant: the names of labels, escaped values, types, units and exemplars.
"""

from __future__ import annotations

import urllib.request

from prometheus_client.openmetrics.parser import text_string_to_metric_families as read_openmetrics
from prometheus_client.parser import text_string_to_metric_families as read_prometheus
from verdicts import arguments, equal, require, run

OPENMETRICS = "application/openmetrics-text; version=1.0.0"
CHANGING = ("process_", "sluice_health_checks", "sluice_alert_", "sluice_problems", "sluice_endpoint_state")


def fetch(url: str, accept: str | None = None) -> str:
    request = urllib.request.Request(url + "/metrics", headers={"Accept": accept} if accept else {})
    with urllib.request.urlopen(request, timeout=10) as response:
        return response.read().decode()


def samples(families: list) -> dict:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): float(sample.value)
        for family in families
        for sample in family.samples
    }


options = arguments(__doc__, "--route")


def prometheus_text() -> str:
    families = list(read_prometheus(fetch(options.url)))
    require(len(families) > 50, f"only {len(families)} families")
    equal([family.name for family in families if family.type == "unknown"], [], "families without a type")
    return f"{len(families)} families"


def openmetrics_text() -> str:
    text = fetch(options.url, OPENMETRICS)
    families = list(read_openmetrics(text))
    require(len(families) > 50, f"only {len(families)} families")
    for family in families:
        if family.name.endswith(("_seconds", "_bytes")):
            equal(family.unit, family.name.rpartition("_")[2], f"unit of {family.name}")
    return f"{len(families)} families"


def both_say_the_same() -> str:
    def lasting(found: dict) -> dict:
        return {key: value for key, value in found.items() if not key[0].startswith(CHANGING)}

    first = lasting(samples(list(read_prometheus(fetch(options.url)))))
    second = lasting(samples(list(read_openmetrics(fetch(options.url, OPENMETRICS)))))
    equal(set(first) ^ set(second), set(), "series of one text only")
    equal([key for key in first if first[key] != second[key]], [], "other values")
    return f"{len(first)} series"


def odd_name() -> None:
    for read, accept in ((read_prometheus, None), (read_openmetrics, OPENMETRICS)):
        names = {dict(labels).get("route") for _, labels in samples(list(read(fetch(options.url, accept))))}
        require(options.route in names, f"{options.route!r} is not among {names!r}")


def exemplars() -> str:
    families = [family for family in read_openmetrics(fetch(options.url, OPENMETRICS)) if family.name == "sluice_failures"]
    kept = [sample.exemplar for family in families for sample in family.samples if sample.exemplar]
    require(kept, "no exemplar")
    for exemplar in kept:
        equal(len(exemplar.labels["incident"]), 26, "characters of an incident")
        require(float(exemplar.timestamp) > 1_700_000_000, "no time")
    return f"{len(kept)} exemplars"


for case in [prometheus_text, openmetrics_text, both_say_the_same, odd_name, exemplars]:
    run(case.__name__, case)
