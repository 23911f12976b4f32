"""Environments of any make, applied and read back into an empty one: the same stacks, every object imported, nothing to change."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from estate.reading.estate_loader import load_estate
from operations.adopt.terraform.adopt import Options, adopt
from operations.adopt.terraform.foreseeing import Fate
from operations.artifacts.building import build
from operations.artifacts.stack_json import StackJson, read_stack
from tests.operations.adopt.terraform.states import state_of, written

EMPTY: dict[str, Any] = {"environment": "lab", "state": {"gcs": {"bucket": "nk-lab-tfstate"}}}
ORGANIZATION = "{name: nk, domain: nk.no, promotion: [lab]}\n"
UNTOLD = ("host_project", "region")
"""What is said first: a stack makes no project, and so its state has no number of one."""
KEYS = st.lists(st.sampled_from(["apps", "batch", "data", "web", "x1"]), unique=True, min_size=1, max_size=3)


@st.composite
def subnets(draw: st.DrawFn) -> dict[str, Any]:
    """Subnets whose ranges lie beside each other, some with the ranges of a cluster."""
    made: dict[str, Any] = {}
    for number, key in enumerate(draw(KEYS)):
        made[key] = {"cidr": f"10.{number}.0.0/{draw(st.integers(16, 26))}"}
        if draw(st.booleans()):
            made[key] |= {"pods": f"10.{64 + number}.0.0/16", "services": f"10.{96 + number}.0.0/20"}
    return made


@st.composite
def google(draw: st.DrawFn) -> dict[str, Any]:
    """A host project with its network and keys."""
    network: dict[str, Any] = {"subnets": draw(subnets())}
    if draw(st.booleans()):
        network["flow_logs"] = {"sampling_percent": draw(st.sampled_from([0, 10, 50, 100]))}
    if draw(st.booleans()):
        network["nat"] = {}
    if draw(st.booleans()):
        network["private_google_access"] = draw(st.sampled_from(["private", "restricted"]))
    keys = {key: {"rotation_days": draw(st.integers(1, 365))} for key in draw(KEYS)}
    return {
        "host_project": {"id": "nk-lab-host", "number": 738201945562},
        "region": draw(st.sampled_from(["europe-north1", "europe-west4"])),
        "network": network,
        **({"kms_keys": keys} if draw(st.booleans()) else {}),
    }


@st.composite
def aws(draw: st.DrawFn) -> dict[str, Any]:
    """An account with its VPC."""
    zones = draw(st.lists(st.sampled_from("abc"), unique=True, min_size=2, max_size=3).map(sorted))
    vpc = {
        "cidr": "10.200.0.0/16",
        "zones": {
            f"eu-west-1{zone}": {"private": f"10.200.{64 * n}.0/19", "public": f"10.200.{64 * n + 32}.0/24"}
            for n, zone in enumerate(zones)
        },
    }
    if draw(st.booleans()):
        vpc["nat_gateways"] = "single"
    return {"account_id": "345678901234", "region": "eu-west-1", "management_vpc": vpc}


@st.composite
def environments(draw: st.DrawFn) -> dict[str, Any]:
    """One half, or both."""
    halves = draw(st.sampled_from([("google",), ("aws",), ("google", "aws")]))
    made = {"google": google(), "aws": aws()}
    return {**EMPTY, **{half: draw(made[half]) for half in halves}}


def synthesized(folder: Path, document: dict[str, Any] | None = None) -> StackJson:
    """The stack of an environment's file, which is written first where it is given."""
    environments_ = folder / "environments"
    environments_.mkdir(exist_ok=True)
    (environments_ / "organization.yaml").write_text(ORGANIZATION)
    if document is not None:
        (environments_ / "lab.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    build(load_estate(environments_, ["lab"]), ["lab"], folder / "out")
    return read_stack(folder / "out", "lab")


@pytest.mark.unmeasured
@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(environments())
def test_an_environment_comes_back(document: dict[str, Any]) -> None:
    """But for the entries that take it in."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = synthesized(folder, document)
        states = written(folder, state_of(before, module='module.all["of it"]'))
        untold = {key: document["google"][key] for key in UNTOLD} if "google" in document else {}
        empty = {**EMPTY, **({"google": untold} if untold else {})}
        (folder / "environments/lab.yaml").write_text(yaml.safe_dump(empty, sort_keys=False))

        adopted = adopt(states, Options("lab", write=True, folder=folder / "environments"))

        assert [str(one.found) for one in adopted.of(Fate.REPLACED, Fate.IN_PLACE)] == []
        assert [one.address for one in adopted.of(Fate.NEW, Fate.MOVED)] == []
        assert (adopted.draft.left, adopted.not_recognized, adopted.kept) == ([], [], [])
        after = synthesized(folder)
        assert len(after.pop("import")) == len(adopted.taken)
        # cdktf notes which blocks there are, and entries are one.
        assert json.dumps({**after, "//": ""}, sort_keys=True) == json.dumps(
            {**before, "//": ""}, sort_keys=True
        )
