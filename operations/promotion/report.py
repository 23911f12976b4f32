"""What ``hybrid promotion`` prints."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from operations.console import print_table, say
from operations.promotion.compare import Estates
from operations.promotion.contents import Item, rank
from operations.promotion.gate import Verdict
from operations.texts.markdown import escaped, table_lines

_NONE = "-"


def print_promotion(estates: Estates, verdict: Verdict) -> None:
    """Print a table for people, what stands in the way, and a last line that says how it went."""
    print_table("Promotion", ("", *estates.order), _rows(estates))
    for line in _lines(verdict):
        say(line)
    if verdict.passes:
        say("everything takes its turn", style="bold green")
    else:
        say(_summary(verdict), style="bold red", stream=sys.stderr)


def promotion_markdown(estates: Estates, verdict: Verdict) -> str:
    """The same for a pull request."""
    lines = [
        *table_lines(
            ["", *map(escaped, estates.order)], [[escaped(cell) for cell in row] for row in _rows(estates)]
        ),
        "",
        *(f"- {escaped(line)}" for line in _lines(verdict)),
        *([""] if list(_lines(verdict)) else []),
        "Everything takes its turn." if verdict.passes else f"**{escaped(_summary(verdict))}**",
    ]
    return "\n".join(lines)


def promotion_json(estates: Estates, verdict: Verdict) -> str:
    """The same for machines."""
    document: dict[str, Any] = {
        "order": list(estates.order),
        "environments": {
            name: {
                "declared": _document(estates, name, declared=True),
                "running": _document(estates, name, declared=False),
                "sizes": dict(estates.declared[name].sizes),
            }
            for name in estates.order
        },
        "findings": [asdict(one) for one in verdict.open],
        "acknowledged": [{**asdict(one), "word": word} for one, word in verdict.acknowledged],
        "stale": list(verdict.stale),
        "unneeded": list(verdict.unneeded),
        "brought": [asdict(one) for one in verdict.brought],
        "passes": verdict.passes,
    }
    return json.dumps(document, indent=2)


def _document(estates: Estates, name: str, *, declared: bool) -> dict[str, Any]:
    found = (estates.declared if declared else estates.running)[name]
    return {
        "versions": {item.address: version for item, version in sorted(found.versions.items())},
        "features": sorted(found.features),
    }


def _rows(estates: Estates) -> list[tuple[str, ...]]:
    items = sorted({item for name in estates.order for item in estates.declared[name].versions})
    features = sorted({one for name in estates.order for one in estates.declared[name].features})
    sizes = sorted({one for name in estates.order for one in estates.declared[name].sizes})
    return [
        *((str(item), *(_version(estates, name, item) for name in estates.order)) for item in items),
        *((one, *(_feature(estates, name, one) for name in estates.order)) for one in features),
        *((one, *(estates.declared[name].sizes.get(one, _NONE) for name in estates.order)) for one in sizes),
    ]


def _version(estates: Estates, name: str, item: Item) -> str:
    version, runs = (by[name].versions.get(item) for by in (estates.declared, estates.running))
    if version is None:
        return _NONE
    notes = []
    if runs != version:
        notes.append(f"runs {runs}" if runs else "new")
    earlier = estates.runs_before(name, item)
    if earlier and rank(version) > rank(earlier[1]):
        notes.append(f"ahead of {earlier[0]}")
    return f"{version} ({', '.join(notes)})" if notes else version


def _feature(estates: Estates, name: str, feature: str) -> str:
    if feature not in estates.declared[name].features:
        return _NONE
    before = estates.before(name)
    notes = ["new"] if feature in estates.taken_features(name) else []
    if before and feature not in estates.running[before].features:
        notes.append(f"ahead of {before}")
    return f"yes ({', '.join(notes)})" if notes else "yes"


def _lines(verdict: Verdict) -> Iterator[str]:
    for own in verdict.brought:
        yield f"{own.said} [{own.finding}]"
    for one in verdict.open:
        yield f"{one.environment}: {one.address} {one.message} [{one.rule}]"
    for one, word in verdict.acknowledged:
        yield f"{one.environment}: {one.address} {one.message}; acknowledged by {word}"
    yield from verdict.stale
    for unneeded in verdict.unneeded:
        yield f"note: {unneeded}"


def _summary(verdict: Verdict) -> str:
    waiting = f", {len(verdict.awaited)} waiting for a code owner" if verdict.awaited else ""
    return f"{len(verdict.open)} out of turn, {len(verdict.stale)} acknowledgements to take out{waiting}"
