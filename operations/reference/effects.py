"""What a change of a key does, by experiment: what its value reaches, and what the provider does there.

Two files know it, neither of which anybody writes by hand. ``reached.json``: which attributes of which resources a
change of each key of the example reaches (``python -m tests.reached_keys``). ``estate/facts/changes.json``: what the
pinned providers do when these attributes change, read out of their sources on a day
(``python -m tests.providers.changes``). Of a type that is not among the facts no more is said than that it changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from estate.facts.changes import ProviderChanges
from estate.reading.paths import first_few

SEE_PLAN = "see the plan"
NOTHING = "nothing by itself"

_FILE = Path(__file__).with_name("reached.json")
_MOST = 4
_EVERYWHERE = {
    "backend": "the state lies elsewhere then; `terraform init` asks whether to move it",
    "provider": "what the provider makes lies elsewhere or is labelled otherwise: see the plan",
    "data": "what is looked up changes: see the plan",
}
_WORDS = (
    ("replaces", "replaced: {}"),
    ("comes and goes", "made or destroyed: {}"),
    ("by value", "in place or replaced, by the value: {}"),
    ("sent", "sent, and perhaps refused: {}"),
    ("in place", "in place: {}"),
    ("unknown", "see the plan: {}"),
)


def effect(file: str, key: str) -> str:
    """What changing a key of a file does, in words.

    Args:
        file: what its schema is called, without the ending.
        key: where it stands, as a heading of the reference says it.
    """
    reached = _reached().get(file, {}).get(key)
    if reached is None:
        return SEE_PLAN
    return worded(reached, ProviderChanges.known()) if reached else NOTHING


def worded(reached: Iterable[str], facts: ProviderChanges) -> str:
    """Say what a change does that reaches these attributes, the worst first."""
    everywhere = [text for word, text in _EVERYWHERE.items() if word in reached]
    if everywhere:
        return "; ".join(everywhere)
    kinds: dict[str, dict[str, None]] = {}
    told: set[str] = set()
    judged = sorted((_judged(place, facts) for place in reached), key=_rank)
    for kind, type_ in judged:
        if type_ not in told:
            told.add(type_)
            kinds.setdefault(kind, {})[type_] = None
    return "; ".join(
        text.format(first_few([f"`{one}`" for one in kinds[kind]], _MOST))
        for kind, text in _WORDS
        if kind in kinds
    )


def _judged(place: str, facts: ProviderChanges) -> tuple[str, str]:
    if place[0] in "+-":
        return "comes and goes", place[1:]
    type_, _, attribute = place.partition(".")
    return facts.of(type_, attribute), type_


def _rank(judged: tuple[str, str]) -> tuple[int, str]:
    """What is known to be harmless comes last: one attribute of a type that nobody knows hides the others."""
    order = ("replaces", "comes and goes", "unknown", "by value", "sent", "in place")
    return order.index(judged[0]), judged[1]


@cache
def _reached() -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = json.loads(_FILE.read_text("utf-8"))
    return found
