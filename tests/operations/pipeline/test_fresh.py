"""What a stored plan does and a fresh one does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from operations.pipeline import fresh
from operations.pipeline.archive import Archive, NotAPlan
from tests.operations.pipeline.test_archive import message

Edit = Callable[[Any], Any]


def entry(address: str, *actions: str, **change: Any) -> dict[str, Any]:
    """One entry of a plan's changes."""
    return {"address": address, "change": {"actions": list(actions), "before": {}, "after": {}, **change}}


def plan() -> dict[str, Any]:
    """A plan of everything."""
    return {
        "variables": {"key": {"value": "hunter2-hunter2"}},
        "resource_changes": [
            entry("x.a", "update", before={"n": 1, "s": "hunter2-hunter2"}, after={"n": 2, "s": "hunter2-hunter2"}),
            entry("x.b", "no-op", before={"size": 3}, after={"size": 3}),
            {**entry("x.c", "no-op"), "previous_address": "x.old"},
            entry("x.d", "no-op", importing={"id": "d"}),
            {**entry("x.e", "delete"), "deposed": "0abc"},
            entry("x.f", "delete", "create", replace_paths=[["b"], ["a"]]),
        ],
        "output_changes": {"o": {"actions": ["update"], "after": 1}, "same": {"actions": ["no-op"]}},
        "action_invocations": [{"address": "action.x.y"}],
    }  # fmt: skip


def test_the_same_plan_does_the_same() -> None:
    """Also where what replaces comes in another order, and where what nobody changes is another."""
    now = plan()
    now["resource_changes"][1] = entry("x.b", "no-op", before={"size": 4}, after={"size": 4})
    now["resource_changes"][5]["change"]["replace_paths"].reverse()
    now["output_changes"]["same"]["after"] = 4

    assert list(fresh.refusals(plan(), now)) == []
    assert list(fresh.only_fresh(plan(), now)) == []
    assert list(fresh.refusals({}, now | {"variables": {}})) == []


def test_what_only_the_fresh_plan_does_is_named() -> None:
    """And refuses nothing: it was not reviewed, and is not done."""
    stored = plan()
    del stored["resource_changes"][0], stored["output_changes"]["o"]

    assert list(fresh.refusals(stored, plan())) == []
    assert list(fresh.only_fresh(stored, plan())) == ["update x.a", "change output o"]


def _set(*path: Any) -> Edit:
    *steps, last, value = path

    def edit(found: Any) -> None:
        for step in steps:
            found = found[step]
        found[last] = value

    return edit


def _drop(key: str, item: Any) -> Edit:
    def edit(found: Any) -> None:
        del found[key][item]

    return edit


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(_drop("resource_changes", 0), "would update x.a, and a fresh plan leaves it", id="update"),
        pytest.param(_drop("resource_changes", 2), "would no-op x.c, and a fresh plan leaves it", id="move"),
        pytest.param(_drop("resource_changes", 3), "would no-op x.d, and a fresh plan leaves it", id="import"),
        pytest.param(_drop("resource_changes", 4), "would delete x.e (deposed 0abc), and a fresh plan leaves it", id="deposed"),
        pytest.param(
            _set("resource_changes", 5, "change", "actions", ["update"]),
            "would delete/create x.f, and a fresh plan would update it",
            id="action",
        ),
        pytest.param(
            _set("resource_changes", 0, "change", "after", "s", "another-secret"),
            "would update x.a, and a fresh plan would do so with other values (s)",
            id="after",
        ),
        pytest.param(
            _set("resource_changes", 0, "change", "before", {str(n): n for n in range(9)}),
            "would update x.a, and a fresh plan would do so with other values (0, 1, 2, 3, 4, ...)",
            id="before",
        ),
        pytest.param(
            _set("resource_changes", 0, "provider_name", "another"),
            "would update x.a, and a fresh plan would do so with other values",
            id="provider",
        ),
        pytest.param(
            _set("resource_changes", 5, "change", "replace_paths", [["a"]]),
            "would delete/create x.f, and a fresh plan would do so with other values",
            id="replace",
        ),
        pytest.param(_drop("output_changes", "o"), "changes output o, and a fresh plan does not", id="output"),
        pytest.param(
            _set("output_changes", "o", "after", 2),
            "changes output o, and a fresh plan changes it to something else",
            id="output's value",
        ),
        pytest.param(
            _set("variables", "key", "value", "another-secret"),
            "was made with another value of variable key than this environment's; see HYBRID_VARIABLES",
            id="variable",
        ),
        pytest.param(
            _drop("action_invocations", 0),
            "has an entry in action_invocations (action.x.y), and a fresh plan has none like it",
            id="action of a provider",
        ),
    ],
)  # fmt: skip
def test_what_a_fresh_plan_does_not_do_is_refused(edit: Edit, words: str) -> None:
    """One sentence, without a value."""
    now = plan()
    edit(now)

    assert list(fresh.refusals(plan(), now)) == [words]


def an_object(name: str, **attributes: Any) -> dict[str, Any]:
    """One resource of a state."""
    return {
        "mode": "managed",
        "type": "x",
        "name": name,
        "provider": "p",
        "instances": [
            {"attributes": attributes, "private": "", "sensitive_attributes": [{"b": 1}, {"a": 1}]}
        ],
    }


def archive(
    now: list[dict[str, Any]], before: list[dict[str, Any]] | None = None, tfplan: bytes = b"", **state: Any
) -> Archive:
    """A stored plan with these states."""
    head = {"serial": 3, "lineage": "one", **state}
    return Archive(
        {
            "tfplan": tfplan,
            "tfstate": json.dumps({**head, "resources": now}).encode(),
            "tfstate-prev": json.dumps({**head, "resources": now if before is None else before}).encode(),
        }
    )


def untold(stored: Archive, now: Archive) -> list[str]:
    """Why one is refused beside the other."""
    return list(fresh.untold_refusals(stored, now))


def test_states_may_differ_in_what_others_changed() -> None:
    """A group that was scaled since: the fresh plan finds that it did, and finds nothing else."""
    applied = [an_object("a", id="1", size=3)]
    read = {"mode": "data", "type": "caller", "name": "me", "instances": [{"attributes": {"user": "reader"}}]}
    reordered = an_object("a", id="1", size=5)
    reordered["instances"][0]["sensitive_attributes"].reverse()

    assert (
        untold(archive([an_object("a", id="1", size=4), read], applied), archive([reordered], applied)) == []
    )


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        pytest.param([], "has a state that lacks x.a, unlike a fresh plan", id="lost"),
        pytest.param(
            [an_object("a", id="1", size=3), an_object("b")],
            "has a state that holds x.b, unlike a fresh plan",
            id="more",
        ),
        pytest.param(
            [an_object("a", id="2", size=3)],
            "has a state that is not that of a fresh plan for x.a (attribute id)",
            id="another",
        ),
        pytest.param(
            [an_object("a", id="1", size=4)],
            "has a state that is not that of a fresh plan for x.a (attribute size)",
            id="size",
        ),
        pytest.param(
            [{**an_object("a", id="1", size=3), "provider": "another"}],
            "has a state that is not that of a fresh plan for x.a (provider)",
            id="provider",
        ),
    ],
)
def test_a_state_that_is_not_what_is_there_is_refused(forged: list[dict[str, Any]], words: str) -> None:
    """An apply writes it down as what is there."""
    true = archive([an_object("a", id="1", size=3)])

    assert untold(archive(forged), true) == [words]


def test_what_was_taken_in_has_to_be_the_same_object() -> None:
    """The state before knows nothing of it, so nobody changed it since."""
    found = untold(archive([an_object("a", id="2")], []), archive([an_object("a", id="1")], []))

    assert found == ["has a state that is not that of a fresh plan for x.a (attribute id)"]


def test_objects_are_told_apart_by_module_index_and_deposed_key() -> None:
    """As addresses tell them."""
    resource = {**an_object("a"), "module": "module.m"}
    resource["instances"] = [{"index_key": "k"}, {"index_key": 0, "deposed": "0abc"}]

    assert untold(archive([resource]), archive([])) == [
        "has a state that holds module.m.x.a['k'], unlike a fresh plan",
        "has a state that holds module.m.x.a[0] (deposed 0abc), unlike a fresh plan",
    ]


@pytest.mark.parametrize(
    ("resources", "words"),
    [([{"mode": "managed"}], "holds no state"), ([an_object("a"), an_object("a")], "holds an object twice")],
    ids=["shape", "twice"],
)
def test_a_state_that_is_none_is_refused(resources: list[dict[str, Any]], words: str) -> None:
    """A forger's."""
    with pytest.raises(NotAPlan, match=words):
        untold(archive(resources), archive([]))


def test_what_is_shown_of_neither_has_to_be_the_same() -> None:
    """Targets, the place of the state, an object's provider."""
    change = message((13, b"x.a"), (8, b"one"), (9, message((1, 3))))
    other = message((13, b"x.a"), (8, b"two"), (9, message((1, 3))))

    same = message((13, b"x.b"), (8, b"one"), (9, message((1, 3))))

    found = untold(
        archive([], tfplan=message((5, b"x.a"), (3, same), (3, change))),
        archive([], tfplan=message((3, same), (3, other))),
    )

    assert found == [
        "has its state elsewhere than a fresh plan, or is limited to some objects, or made to destroy",
        "changes x.a by another provider, or with other private data, than a fresh plan",
    ]


@pytest.mark.parametrize("state", [{"serial": 4}, {"lineage": "two"}], ids=["serial", "lineage"])
def test_a_state_that_was_changed_makes_a_plan_stale(state: dict[str, Any]) -> None:
    """Before anything else is compared."""
    assert fresh.is_stale(archive([]), archive([], **state))
    assert not fresh.is_stale(archive([]), archive([]))
