"""What Skiperator reads in a cluster."""

from __future__ import annotations

import json

from estate.derived.clusters.skiperator import SkiperatorContents
from manifests.skiperator import skiperator


def test_it_finds_both_by_the_names_that_it_looks_for() -> None:
    """In its namespace, which stays when the tree goes."""
    [namespace, config, excluded] = skiperator(SkiperatorContents({"isDeployment": True}, ("a", "b")))

    assert (namespace["kind"], namespace["metadata"]["name"]) == ("Namespace", "skiperator-system")
    assert namespace["metadata"]["annotations"]
    assert config["metadata"] == {"name": "skiperator-config", "namespace": "skiperator-system"}
    assert json.loads(config["data"]["config.json"]) == {"isDeployment": True}
    assert excluded["metadata"]["name"] == "namespace-exclusions"
    assert excluded["data"] == {"a": "true", "b": "true"}


def test_without_it_there_is_nothing() -> None:
    """Neither a namespace."""
    assert skiperator(None) == []
