"""States that are odd below the top: nothing that reads one falls over it, and nothing of it is quoted."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.problems import InvalidInput
from operations.promotion.state import running
from operations.states.state import addresses_in_state, given_state
from operations.upgrade.state import running_versions
from tests.model.access.estates import organization

ODD = [None, True, 0, 1.5, "", "hunter2", "9" * 5000, [], [None], ["hunter2"], {}, {"hunter2": None}]
ESTATE = Estate(
    organization(), {"dev": Environment.model_validate({"environment": "dev", "state": {"local": {}}})}
)
READERS: list[Callable[[str], object]] = [
    lambda text: addresses_in_state(text, "state"),
    lambda text: running_versions(text, "state"),
    lambda text: running(text, "state", ESTATE, "dev"),
]


def resource(type_: str, **attributes: object) -> dict[str, Any]:
    """A resource as a state has it."""
    return {"mode": "managed", "type": type_, "name": "R", "instances": [{"attributes": attributes}]}


STATE: dict[str, Any] = {
    "version": 4,
    "outputs": {"admin_cluster_version": {"value": "1.35.0-gke.1", "type": "string"}},
    "resources": [
        resource("google_gkeonprem_vmware_cluster", name="a", on_prem_version="1.35.0-gke.1"),
        resource(
            "google_gkeonprem_vmware_node_pool", name="p", vmware_cluster="a", on_prem_version="1.35.0-gke.1"
        ),
        resource("google_container_cluster", name="g", release_channel=[{"channel": "REGULAR"}]),
        resource("google_gke_hub_feature", name="servicemesh"),
        resource("aws_eks_cluster", name="e", version="1.35"),
    ],
}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in it, the top last."""
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))
    yield path


def put(path: tuple[Any, ...], odd: object) -> Any:
    """The state with something else in a place."""
    made = copy.deepcopy(STATE)
    at: Any = made
    for key in path[:-1]:
        at = at[key]
    if path:
        at[path[-1]] = odd
        return made
    return odd


@pytest.mark.parametrize("read", READERS, ids=["addresses", "upgrade", "promotion"])
def test_a_state_is_read_or_refused(read: Callable[[str], object]) -> None:
    """Whatever stands wherever."""
    said = set()
    for path in places(STATE):
        for odd in ODD:
            try:
                read(json.dumps(put(path, odd)))
            except InvalidInput as error:
                # The version is said, as no secret stands there.
                said.add("" if path == ("version",) else str(error))

    assert said
    assert not any("hunter2" in one for one in said)


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "NaN", '"x"', "4"], ids=["deep", "no number", "text", "number"]
)
def test_what_is_no_state_at_all_is_refused(text: str) -> None:
    """With what to do."""
    with pytest.raises(InvalidInput, match="is not a Terraform state; make one with terraform state pull"):
        running_versions(text, "state")


def test_it_says_where_a_state_is_odd() -> None:
    """A person looks there."""
    with pytest.raises(InvalidInput, match=r"state: resources\.4\.instances: is not a Terraform state"):
        running_versions(json.dumps(put(("resources", 4, "instances"), [None])), "state")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    """An archive, for example."""
    (tmp_path / "state").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InvalidInput, match="is not a Terraform state"):
        given_state(tmp_path / "state")
