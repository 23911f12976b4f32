"""What a change of a key does, by what it reaches and what providers do there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from estate.facts.changes import ProviderChanges
from operations.reference import effects
from operations.reference.effects import NOTHING, SEE_PLAN, effect, worded
from tests.example import ENVIRONMENTS
from tests.reached_keys import FILE, Experiment, reached, spots

FACTS = ProviderChanges(
    "2026-11-30",
    {"google": "6.50.0"},
    {
        "google_a": {"name": "replaces", "size": "in place", "block": "in place", "block.id": "replaces"},
        "google_c": {"name": "sent"},
        "google_b": {"name": "in place", "range": "by value", "labels": "in place"},
    },
)
KNOWN = json.loads(FILE.read_text("utf-8"))
SAMPLE = {
    "google.network.subnets.KEY.cidr",
    "aws.eks_clusters.KEY.kms_key",
    "vmware.user_clusters.KEY.network.cidr",
}


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        pytest.param(["google_a.size"], "in place: `google_a`", id="in place"),
        pytest.param(["google_a.name", "google_a.size"], "replaced: `google_a`", id="the worst of a type"),
        pytest.param(["google_a.block"], "replaced: `google_a`", id="a block that comes"),
        pytest.param(["google_b.labels.team"], "in place: `google_b`", id="an entry of a map"),
        pytest.param(
            ["google_b.range"], "in place or replaced, by the value: `google_b`", id="the value decides"
        ),
        pytest.param(["google_c.name"], "sent, and perhaps refused: `google_c`", id="the API decides"),
        pytest.param(["google_b.odd"], "see the plan: `google_b`", id="an attribute that nobody read"),
        pytest.param(
            ["+aws_x", "-aws_x", "aws_y.z", "google_a.size"],
            "made or destroyed: `aws_x`; in place: `google_a`; see the plan: `aws_y`",
            id="several",
        ),
        pytest.param(
            ["aws_1.a", "aws_2.a", "aws_3.a", "aws_4.a", "aws_5.a"],
            "see the plan: `aws_1`, `aws_2`, `aws_3`, `aws_4` and 1 more",
            id="many",
        ),
        pytest.param(
            ["backend", "google_a.size"],
            "the state lies elsewhere then; `terraform init` asks whether to move it",
            id="the state",
        ),
    ],
)
def test_the_worst_comes_first(reached: list[str], said: str) -> None:
    """Of a type that nobody has looked at no more is said than that it changes."""
    assert worded(reached, FACTS) == said


def test_a_key_that_was_not_tried_is_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reaching nothing is another thing than not having been tried."""
    monkeypatch.setattr(effects, "_reached", lambda: {"environment": {"a": [], "b": ["aws_x.y"]}})

    assert effect("environment", "a") == NOTHING
    assert effect("environment", "b") == "see the plan: `aws_x`"
    assert effect("environment", "c") == SEE_PLAN
    assert effect("refactoring", "a") == SEE_PLAN


def test_what_terraform_does_not_compare_is_not_reached() -> None:
    """The reference said that a pool is replaced by its number of first nodes, which is read when it is made."""

    def stack(number: int, lifecycle: dict[str, Any]) -> dict[str, Any]:
        pool = {"first": number, "scaling": [{"desired": number, "least": number}], "lifecycle": lifecycle}
        return {"prod": {"resource": {"a_pool": {"Pool": pool}}}}

    ignored = {"ignore_changes": ["first", "scaling[0].desired"]}

    assert reached(stack(1, {}), stack(2, {})) == [
        "a_pool.first",
        "a_pool.scaling.desired",
        "a_pool.scaling.least",
    ]
    assert reached(stack(1, {}), stack(2, ignored)) == ["a_pool.scaling.least"]
    # What is written last holds.
    assert len(reached(stack(1, ignored), stack(2, {}))) == 3


def test_every_key_that_was_tried_is_there() -> None:
    """A renamed key takes the experiment's word with it: run it again."""
    experiment = Experiment()

    assert {file: set(KNOWN[file]) - set(spots(experiment.estate, file)) for file in KNOWN} == {
        "environment": set(),
        "organization": set(),
    }


@pytest.mark.unmeasured
@pytest.mark.parametrize("key", sorted(SAMPLE))
def test_a_sample_of_the_experiment_says_the_same(key: str) -> None:
    """`python -m tests.reached_keys` renews all of them."""
    experiment = Experiment()

    assert (
        experiment.of_key("environment", spots(experiment.estate, "environment")[key])
        == KNOWN["environment"][key]
    )


def test_the_facts_are_of_the_providers_that_the_stacks_name() -> None:
    """A new pin has to be read anew: `python -m tests.providers.changes`."""
    pinned: dict[str, str] = {}
    for path in sorted(Path(ENVIRONMENTS / "snapshots").glob("*.tf.json")):
        providers = json.loads(path.read_text("utf-8"))["terraform"]["required_providers"]
        pinned |= {name: one["version"] for name, one in providers.items()}
    facts = ProviderChanges.known()

    assert facts.providers
    assert {name: pinned[name] for name in facts.providers} == facts.providers


@pytest.mark.parametrize(
    ("type_", "attribute", "said"),
    [
        ("google_container_cluster", "private_cluster_config.master_ipv4_cidr_block", "replaces"),
        ("google_compute_subnetwork", "ip_cidr_range", "by value"),
        ("google_container_node_pool", "node_count", "unknown"),
        ("google_gkeonprem_vmware_cluster", "vcenter.datacenter", "sent"),
        ("aws_vpc", "cidr_block", "unknown"),
    ],
)
def test_facts_that_somebody_would_check(type_: str, attribute: str, said: str) -> None:
    """As the providers' own documents have them."""
    assert ProviderChanges.known().of(type_, attribute) == said
