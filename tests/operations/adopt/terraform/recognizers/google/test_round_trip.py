"""The example, applied and read back out of its states: each section is what it was."""

from __future__ import annotations

import copy
import functools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from estate.model.environment import Environment
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.order import GOOGLE
from operations.adopt.terraform.recognizers.google.follows import leave_out_apis, leave_out_people
from tests.example import ESTATE, NAMES
from tests.operations.adopt.terraform.states import found_in, state_of, synthesized

UNTOLD = {
    "vmware.admin_cluster.version",
    "vmware.admin_cluster.addresses",
    "vmware.admin_workstation",
    "vmware.vcenter.hosts",
    "vmware.vsphere",
    "vpn.aws.log_retention_days",
}
"""What no state tells, or another's state: what gkectl makes, how many hosts there are, what AWS logs."""
PLACED = {("vmware", "vcenter", "folder"), ("vmware", "vcenter", "resource_pool")}
"""What follows from what is made in vCenter, and is said where that is not."""


@functools.cache
def _read(name: str) -> Draft:
    draft = Draft(name, ESTATE.organization.name)
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(Path(folder), state_of(synthesized(name)))
    for one in GOOGLE:
        one.run(found, draft)
    leave_out_people(draft, ESTATE.organization)
    leave_out_apis(draft, ESTATE.environments[name])
    return draft


def read_back(name: str) -> Draft:
    """What the recognizers make of the state of an environment that was applied."""
    return copy.deepcopy(_read(name))


def completed(name: str, part: str) -> Any:
    """A section of the draft as the model has it, with what no state tells."""
    data = read_back(name).data[part]
    want = getattr(ESTATE.environments[name], part).model_dump(mode="json", exclude_unset=True)
    for path in UNTOLD:
        first, *middle, last = path.split(".")
        source, place = want, data
        for key in middle:
            source, place = source.get(key, {}), place.get(key, {})
        if first == part and last in source:
            place[last] = source[last]
    if name == "sandbox":
        for first, *middle, last in PLACED:
            if first == part:
                data[middle[0]].pop(last, None)
    annotation = Environment.model_fields[part].rebuild_annotation()
    return TypeAdapter(annotation).validate_python(data).model_dump(mode="json")


def wanted(name: str, part: str) -> Any:
    """The section as the example says it, its peers by the keys that a draft gives them."""
    said = getattr(ESTATE.environments[name], part).model_dump(mode="json")
    if part == "vpn":
        keys = {key: f"peer-{peer['interface']}" for key, peer in said["onprem"]["peers"].items()}
        said["onprem"]["peers"] = {keys[key]: peer for key, peer in said["onprem"]["peers"].items()}
        for tunnel in said["onprem"]["tunnels"].values():
            tunnel["peer"] = keys[tunnel["peer"]]
    return said


@pytest.mark.parametrize("part", ["google", "vpn", "fleet", "vmware"])
@pytest.mark.parametrize("name", NAMES)
def test_a_section_comes_back(name: str, part: str) -> None:
    """With the keys that it had, and without a name that would be derived."""
    assert completed(name, part) == wanted(name, part)


def test_names_across_sites_come_back() -> None:
    """In the one environment that has them."""
    assert [name for name in NAMES if "dns" in read_back(name).data] == ["prod"]
    assert completed("prod", "dns") == wanted("prod", "dns")


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_our_own_has_no_place(name: str) -> None:
    """The admin cluster's version alone is asked for."""
    draft = read_back(name)

    assert draft.left == []
    assert draft.notes == [
        "no state tells the admin cluster's version: say vmware.admin_cluster.version, which gkectl list admin prints"
    ]
