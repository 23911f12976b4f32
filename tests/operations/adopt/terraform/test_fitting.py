"""What of a draft the model takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.reading.problems import InvalidInput
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.fitting import fitted
from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.test_placing import FILE, target

SUBNETS = ("google", "network", "subnets")
GOOD = {"cidr": "10.0.0.0/20", "pods": "10.4.0.0/16", "services": "10.5.0.0/20"}
CLUSTER = {"subnet": "bad", "control_plane_cidr": "172.16.0.0/28", "secrets_key": "k"}
POOL = {"machine_type": "e2-standard-4", "min_nodes": 3, "max_nodes": 6}


def draft_of(*entities: tuple[Keys, Any]) -> Draft:
    """A draft with an object for each entity."""
    draft = Draft("lab", "nk")
    for path, value in entities:
        name = str(path[-1])
        draft.put(path, value, FoundObject("0.tfstate", f"thing.{name}", "thing", {}))
    return draft


def left(draft: Draft) -> dict[str, str]:
    """What is listed, with why."""
    return {one.origin.address: one.why for one in draft.left}


def test_what_the_model_takes_is_taken(tmp_path: Path) -> None:
    """In one round, without the APIs that follow."""
    draft = draft_of(((*SUBNETS, "good"), GOOD), (("google", "services"), ["compute.googleapis.com"]))

    text, kept, estate = fitted(target(tmp_path), draft)

    google = estate.environments["lab"].google
    assert google is not None
    assert (google.services, list(google.network.subnets) if google.network else []) == ((), ["good"])
    assert "services: [" not in text
    assert (kept, draft.left) == ([], [])


def test_an_entity_that_is_refused_is_listed_and_what_refers_to_it_follows(tmp_path: Path) -> None:
    """All that is wrong with it at once; a pool goes with its cluster."""
    clusters = ("google", "gke_clusters", "main")
    draft = draft_of(
        ((*SUBNETS, "good"), GOOD),
        ((*SUBNETS, "bad"), {"cidr": "8.8.8.0/30", "region": "north"}),
        (clusters, CLUSTER),
        ((*clusters, "node_pools", "default"), POOL),
        (("google", "kms_keys", "k"), {}),
    )

    _, _, estate = fitted(target(tmp_path), draft)

    google = estate.environments["lab"].google
    assert google is not None
    assert (list(google.kms_keys), google.gke_clusters) == (["k"], {})
    found = left(draft)
    assert list(found) == ["thing.bad", "thing.main", "thing.default"]
    assert found["thing.bad"].count("google.network.subnets.bad") == 2
    assert found["thing.main"].startswith(
        "is refused as google.gke_clusters.main.subnet: must be one of network.subnets"
    )


def test_a_name_of_what_is_gone_goes_too(tmp_path: Path) -> None:
    """Nothing is said of it, because it is no object."""
    draft = draft_of(((*SUBNETS, "good"), GOOD))
    draft.put(("google", "names"), {"network": "main", "vpn-onprem-a/session": "gone"})

    _, _, estate = fitted(target(tmp_path), draft)

    google = estate.environments["lab"].google
    assert google is not None
    assert (google.names, draft.left) == ({"network": "main"}, [])


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ((*SUBNETS[:-1], "onprem_prefixes"), ["10.0.0.0/33"], "onprem_prefixes"),
        (("google", "service_projects", "there", "id"), "nk-lab-there", "differ"),
    ],
)
def test_what_is_no_entity_is_refused(tmp_path: Path, path: Keys, value: Any, words: str) -> None:
    """And so is what is wrong with what the file says."""
    draft = draft_of(((*SUBNETS, "good"), GOOD), (path, value))
    draft.put(("google", "service_projects", "there", "number"), 738201945562)

    with pytest.raises(InvalidInput, match=words):
        fitted(target(tmp_path), draft)


def test_an_entity_of_the_file_is_not_left_out(tmp_path: Path) -> None:
    """What a person wrote stays, and is refused with what a state adds to it."""
    text = FILE + "  network: {subnets: {there: {cidr: 10.9.0.0/20}}}\n"
    draft = draft_of(((*SUBNETS, "there"), {"flow_logs": {"sampling_percent": 101}}))

    with pytest.raises(InvalidInput, match="sampling_percent"):
        fitted(target(tmp_path, text), draft)
    assert draft.left == []


def test_a_project_without_a_number_is_asked_for(tmp_path: Path) -> None:
    """Its clusters would be left out for want of one."""
    draft = draft_of((("google", "service_projects", "shop"), {"id": "nk-lab-shop"}))

    with pytest.raises(InvalidInput, match=r"google\.service_projects\.shop\.number"):
        fitted(target(tmp_path), draft)
