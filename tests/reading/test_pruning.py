"""Leaving out what is wrong: no mistake hides another, and it comes to an end."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.sample import VALID, check

Defect = tuple[str, Callable[[dict[str, Any]], None], str]

DEFECTS: list[Defect] = [
    ("unknown at the top", lambda d: d.update(zzz=1), "zzz"),
    ("unknown in a section", lambda d: d["section"].update(zzz=1), "section.zzz"),
    ("unknown in an entry", lambda d: d["section"]["keys"]["data"].update(zzz=1), "section.keys.data.zzz"),
    ("wrong optional", lambda d: d.update(days=8), "days"),
    ("wrong type", lambda d: d.update(protected="yes"), "protected"),
    ("wrong label", lambda d: d["labels"].update(team=7), "labels.team"),
    ("wrong key", lambda d: d["labels"].update(TEAM="x"), "labels.TEAM"),
    ("wrong entry", lambda d: d["section"]["keys"].update(third=7), "section.keys.third"),
    ("wrong number", lambda d: d["section"]["keys"]["data"].update(days=99), "section.keys.data.days"),
    ("wrong item", lambda d: d["section"]["pools"]["batch"]["addresses"].insert(0, "BAD"), "section.pools.batch.addresses[0]"),
    ("broken inner rule", lambda d: d["section"]["pools"]["batch"].update(count=9), "section.pools.batch.count"),
    ("broken outer rule", lambda d: d["section"]["uses"].update(more="data"), "section.uses.more"),
    ("broken top rule", lambda d: d["spare"].update(cidr="10.0.0.0/24"), "spare.cidr"),
    ("wrong secret", lambda d: d["section"].update(password=7), "section.password"),
    ("wrong alternative", lambda d: d["section"]["keys"]["logs"].update(existing=7), "section.keys.logs.existing"),
]  # fmt: skip


@given(chosen=st.lists(st.sampled_from(DEFECTS), unique_by=lambda defect: defect[0]))
def test_any_mistakes_together_are_each_reported_once(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[Defect]
) -> None:
    """None hides another, and none brings another with it."""
    document = copy.deepcopy(VALID)
    for _, spoil, _ in chosen:
        spoil(document)

    validated = check(tmp_path_factory.mktemp("any"), json.dumps(document))

    assert sorted(problem.path for problem in validated.problems) == sorted(path for _, _, path in chosen)
    assert validated.model


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 7, 1.5, "", "no", "aa", "10.0.0.0/16", [], ["aa"], {}, {"existing": {}}, {"a": {}}]
)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(below for key, inner in entries for below in _paths(inner, (*path, key)))]


@given(data=st.data())
def test_any_junk_anywhere_ends_in_a_model_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Leaving out comes to an end, whatever is wrong, and never without a reason."""
    document: dict[str, Any] = copy.deepcopy(VALID)
    for _ in range(data.draw(st.integers(1, 5))):
        *above, last = data.draw(st.sampled_from([path for path in _paths(document) if path]))
        holder: Any = document
        for part in above:
            holder = holder[part]
        if data.draw(st.booleans()):
            holder[last] = copy.deepcopy(data.draw(JUNK))
        else:
            del holder[last]

    validated = check(tmp_path_factory.mktemp("junk"), json.dumps(document))

    assert validated.model or validated.problems
    changed = validated.left_out.paths | validated.left_out.read
    assert bool(validated.problems) == bool(changed) or validated.model is None
