"""What of a drifted object somebody did."""

from __future__ import annotations

from typing import Any

import pytest

from operations.strangers.beside import Beside
from operations.strangers.strangers import Drifted, Strangers

Json = dict[str, Any]
_NETWORK = "projects/p-1/global/networks/dev"


def _left(before: Any, after: Any, said: Any, type_: str = "google_container_cluster", **more: Any) -> Any:
    configuration = {} if said is None else {f"{type_}.X": said}
    drifted = Drifted(f"{type_}.X[0]", type_, before, after, **more)
    return Strangers(configuration, Beside()).left(drifted)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param({}, {"disk_size_gb": 100}, {}, id="filled in"),
        pytest.param({"disk_size_gb": None}, {"disk_size_gb": 100}, {}, id="filled in where nothing was"),
        pytest.param({"master_version": "1.34"}, {"master_version": "1.35"}, {}, id="computed"),
        pytest.param(
            {"network": _NETWORK, "project": "p-1"},
            {"network": f"https://www.googleapis.com/compute/v1/{_NETWORK}", "project": "p-1"},
            {"network": {"references": ["google_compute_network.N.id", "google_compute_network.N"]}},
            id="a link for an id",
        ),
        pytest.param(
            {"min_master_version": "1.34"},
            {"min_master_version": "1.35"},
            {"min_master_version": {"constant_value": "1.35"}},
            id="as the code says by now",
        ),
        pytest.param({"node_config": [{"a": 1}]}, {"node_config": [{"a": 2}]}, {}, id="read off a pool"),
        pytest.param(
            {"node_config": []},
            {"node_config": [{"a": 2}]},
            {"node_config": [{"b": {"constant_value": 1}}]},
            id="read off a pool, where the code says it of the first nodes",
        ),
        pytest.param(
            {"addons": [{"old": True}], "sync": None},
            {
                "addons": [{"old": True, "new": False, "wait": 0, "more": [{"x": ""}]}],
                "sync": [{"on": False}],
            },
            {},
            id="what a newer provider knows",
        ),
        pytest.param(
            {"private_cluster_config": [{"enable_private_nodes": True, "public_endpoint": "192.0.2.1"}]},
            {"private_cluster_config": [{"enable_private_nodes": True, "public_endpoint": "192.0.2.2"}]},
            {"private_cluster_config": [{"enable_private_nodes": {"constant_value": True}}]},
            id="computed in a block",
        ),
        pytest.param(
            {"effective_labels": {"team": "a"}},
            {"effective_labels": {"team": "b", "goog-gke": "x"}, "labels": {"team": "b"}},
            {"labels": {"constant_value": {"team": "b"}}},
            id="a label that the cloud sets",
        ),
        pytest.param({"effective_labels": {"a": "b"}}, {"effective_labels": None}, {}, id="labels unread"),
        pytest.param(
            {"terms": [{"priority": 1}, {"priority": 2}]},
            {"terms": [{"priority": 2}, {"priority": 1}]},
            {"terms": [{"priority": {"constant_value": 1}}, {"priority": {"constant_value": 2}}]},
            id="blocks in another order",
        ),
    ],
)
def test_nobody_did_it(before: Json, after: Json, said: Json) -> None:
    """Nothing is left over."""
    left = _left(before, after, said)

    assert {name: left.get(name) for name in before} == before
    assert set(left) - set(before) <= {"labels"}


@pytest.mark.parametrize(
    ("before", "after", "said", "planned"),
    [
        pytest.param({"disk_size_gb": None}, {"disk_size_gb": 9}, {}, ["disk_size_gb"], id="minded"),
        pytest.param({"a": [{"b": None}]}, {"a": [{"b": 9}]}, {"a": [{"c": {}}]}, ["a"], id="minded above"),
        pytest.param(
            {"a": [{"b": None}]}, {"a": [{"b": 9}]}, {"a": [{"c": {}}]}, ["a.b"], id="minded within"
        ),
        pytest.param({"mode": "x"}, {"mode": "y"}, {}, [], id="of a value that people may set"),
        pytest.param({"mode": None}, {"mode": '{"open": "all"}'}, {}, [], id="a document"),
        pytest.param({"things": []}, {"things": [{"a": 1}]}, {}, [], id="a list that grew"),
        pytest.param({"things": {}}, {"things": {"a": 1}}, {}, [], id="a map that grew"),
        pytest.param({"b": [{"on": True}]}, {"b": [{"on": False}]}, {}, [], id="switched off"),
        pytest.param({"b": [{"on": None}]}, {"b": [{"on": True}]}, {}, [], id="switched on"),
        pytest.param({"on": {}}, {"on": True}, {"on": {}}, [], id="what a function says"),
        pytest.param(
            {"mode": "x"}, {"mode": "y"}, {"mode": {"constant_value": "x"}}, [], id="against the code"
        ),
        pytest.param(
            {"b": [{"n": 1}]}, {"b": [{"n": 1}, {"n": 2}]}, {"b": [{"n": {}}]}, [], id="a block more"
        ),
        pytest.param({"b": [1]}, {"b": [2]}, {"b": [{"n": {}}]}, [], id="blocks that are none"),
        pytest.param({"b": None}, {"b": [{"n": 1}]}, {"b": [{"n": {}}]}, [], id="a block where none was"),
    ],
)
def test_somebody_did_it(before: Json, after: Json, said: Json, planned: list[str]) -> None:
    """All of it is left over."""
    assert _left(before, after, said, planned=planned) == after


def test_blocks_are_looked_into() -> None:
    """Of one that is a single block, or a list, only what somebody did is left."""
    said = {"one": {"port": {"constant_value": 22}}, "many": {"port": {"constant_value": 22}}}
    before = {"one": {"port": 22, "new": None}, "many": [{"port": 22, "new": None}]}
    after = {"one": {"port": 80, "new": 1}, "many": [{"port": 80, "new": 1}]}

    left = _left(before, after, said)

    assert left == {"one": {"port": 80, "new": None}, "many": [{"port": 80, "new": None}]}


def test_label_that_somebody_added_is_left_over() -> None:
    """The provider shows the code's labels apart from all that there are."""
    before = {"effective_labels": {"team": "a"}, "labels": {"team": "a"}}
    after = {"effective_labels": {"team": "a", "owner": "me"}, "labels": {"team": "a"}}

    assert _left(before, after, {"labels": {"constant_value": {"team": "a"}}}) == after


def test_without_a_word_of_the_configuration_everything_is_shown() -> None:
    """An object of a module, or of code that is gone."""
    before, after = {"master_version": "1.34"}, {"master_version": "1.35"}

    assert _left(before, after, None) == after
    assert _left(before, "odd", {}) == "odd"
    assert _left("odd", after, {}) == after


def test_list_with_a_secret_in_it_stays_whole() -> None:
    """Secrets are marked by their position."""
    before, after = {"route": [{"a": 1}], "id": "rtb-1"}, {"route": [{"b": 1}, {"a": 1}], "id": "rtb-1"}

    whole = _left(before, after, {}, "aws_route_table", hidden=["route"])
    told = _left(before, after, {}, "aws_route_table")

    assert whole == after
    assert told == {"route": [{"a": 1}, {"b": 1}], "id": "rtb-1"}
