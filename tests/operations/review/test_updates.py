"""What the update of each attribute means: judged for everything that this project can synthesize."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from estate.facts.changes import ProviderChanges
from operations.artifacts.stack_json import read_stack
from operations.review.attributes import matches_any
from operations.review.conditions import named
from operations.review.risks import Event, Risks, default_risks
from tests.operations.review.emitted import Attribute, in_constructs, in_stack
from tests.operations.review.reviewed import change, found, plan, reviewed
from tests.source import ROOT


def _judged(risks: Risks) -> dict[str, tuple[str, ...]]:
    """By pattern of a type, patterns of the attributes whose update is judged in both directions."""
    patterns: dict[str, tuple[str, ...]] = {}
    for rule in risks.rules.values():
        for type_ in rule.types if Event.UPDATE in rule.when and rule.types != ("*",) else ():
            if not (rule.was or rule.unless) and named(rule) == rule.changed:
                patterns[type_] = (*patterns.get(type_, ()), *(rule.changed or ("*",)))
    for entry in risks.updates.values():
        for type_, paths in entry.attributes.items():
            patterns[type_] = (*patterns.get(type_, ()), *paths)
    for type_, changes in ProviderChanges.known().types.items():
        replaces = tuple(path for path, effect in changes.items() if effect == "replaces")
        patterns[type_] = (*patterns.get(type_, ()), *replaces)
    return {
        type_: tuple(flat for path in paths for flat in (_flat(path), f"{_flat(path)}_*"))
        for type_, paths in patterns.items()
    }


def _flat(path: str) -> str:
    return path.replace(".", "_")


def _unjudged(emitted: Iterable[Attribute]) -> list[str]:
    judged = _judged(default_risks())
    return sorted(
        f"{type_}: {path}"
        for type_, path in set(emitted)
        if not any(
            matches_any(type_, (types,)) and matches_any(path, paths) for types, paths in judged.items()
        )
    )


def test_update_of_every_attribute_of_the_stacks_is_judged(real_output: Path) -> None:
    """Whoever brings a new attribute says in the risk data file what its update means."""
    stacks = [read_stack(real_output, stack.name) for stack in (real_output / "stacks").iterdir()]

    assert _unjudged(attribute for stack in stacks for attribute in in_stack(stack)) == []


def test_update_of_every_attribute_that_a_construct_can_say_is_judged() -> None:
    """Also what no environment of the example switches on."""
    assert _unjudged(in_constructs(ROOT / "constructs_lib", ROOT / "stacks")) == []


def _update(type_: str, before: Any, after: Any, **more: Any) -> Any:
    return plan(change(f"{type_}.a", "update", before, after, **more))


@pytest.mark.parametrize(
    ("type_", "before", "after", "unknown", "expected"),
    [
        pytest.param(
            "google_container_cluster",
            {"workload_identity_config": [{"workload_pool": "p"}]},
            {"workload_identity_config": [{}]},
            {"workload_identity_config": [{"workload_pool": True}]},
            {"protection-on": "low"},
            id="only applying tells whether it is empty",
        ),
        pytest.param(
            "aws_eks_cluster",
            {"enabled_cluster_log_types": ["audit"]},
            {},
            {"enabled_cluster_log_types": True},
            {"more-is-recorded": "low"},
            id="only applying tells what is left",
        ),
        pytest.param(
            "google_container_cluster",
            {"master_authorized_networks_config": [{"private_endpoint_enforcement_enabled": True}]},
            {},
            {"master_authorized_networks_config": True},
            {"people-cut-off": "medium"},
            id="only applying tells what the block is",
        ),
        pytest.param(
            "aws_vpn_connection",
            {"tunnel1_preshared_key": "a", "tunnel2_preshared_key": "b"},
            {"tunnel1_preshared_key": "c", "tunnel2_preshared_key": "b"},
            {},
            {"tunnel-renegotiates": "medium"},
            id="one of two that have to change together",
        ),
        pytest.param(
            "aws_cloudwatch_log_group",
            {"retention_in_days": 0},
            {"retention_in_days": 30},
            {},
            {"kept-no-longer-for-ever": "high"},
            id="no longer for ever",
        ),
        pytest.param(
            "google_container_cluster",
            {"deletion_protection": False, "release_channel": [{"channel": "REGULAR"}]},
            {"deletion_protection": True, "release_channel": [{"channel": "STABLE"}]},
            {},
            {"upgrades-differ": "medium"},
            id="the low is not worth a word beside the medium",
        ),
        pytest.param(
            "google_container_cluster",
            {"deletion_protection": True, "resource_labels": {}},
            {"deletion_protection": False, "resource_labels": {"a": "b"}},
            {},
            {"deletion-protection-off": "high", "update-unjudged": "medium"},
            id="what nobody judged is, whatever else is found",
        ),
        pytest.param(
            "google_container_cluster",
            {"operation": "a", "deletion_protection": False},
            {"deletion_protection": True},
            {"operation": True},
            {"protection-on": "low"},
            id="what the service will answer is no update",
        ),
        pytest.param(
            "google_container_cluster",
            {"operation": "a"},
            {},
            {"operation": True},
            {"otherwise-update": "low"},
            id="nothing but what the service will answer",
        ),
        pytest.param(
            "google_sql_database_instance",
            {"tier": "a"},
            {"tier": "b"},
            {},
            {"otherwise-update": "low"},
            id="a type that no stack makes",
        ),
        pytest.param(
            "google_sql_database_instance",
            {"labels": {}},
            {"labels": {"a": "b"}},
            {},
            {"otherwise-update": "low"},
            id="a word for all types makes none a type that was judged",
        ),
        pytest.param(
            "aws_subnet",
            {"tags": {"kubernetes.io/role/elb": "1"}},
            {"tags": {}},
            {},
            {"subnet-role-gone": "high"},
            id="a tag that something depends on",
        ),
        pytest.param(
            "google_compute_subnetwork",
            {"secondary_ip_range": [{"range_name": "pods"}, {"range_name": "more"}], "log_config": []},
            {"secondary_ip_range": [{"range_name": "pods"}], "send_secondary_ip_range_if_empty": True},
            {},
            {"pod-range-gone": "high"},
            id="one of several",
        ),
    ],
)
def test_update_is_judged_by_its_direction(
    type_: str, before: Any, after: Any, unknown: Any, expected: dict[str, str]
) -> None:
    """What a rule and what an entry say, and when neither says anything."""
    assert found(_update(type_, before, after, after_unknown=unknown)) == expected


def test_low_entry_is_not_worth_a_word_beside_a_finding_of_several_changes() -> None:
    """Such as a version that changes in the same cluster."""
    pool = change(
        "google_gkeonprem_vmware_node_pool.a",
        "update",
        {"vmware_cluster": "c", "config": [{"replicas": 3}]},
        {"vmware_cluster": "c", "config": [{"replicas": 4}]},
    )
    cluster = change(
        "google_gkeonprem_vmware_cluster.c",
        "update",
        {"name": "c", "on_prem_version": "1.34.0-gke.1"},
        {"name": "c", "on_prem_version": "1.35.0-gke.1"},
    )

    assert found(plan(cluster, pool)) == {"version-changes": "medium", "version-mixed": "high"}


def test_attributes_are_named_and_the_rest_counted() -> None:
    """A sentence stays one."""
    many = {f"x{number}": number for number in range(7)}

    (finding,) = reviewed(_update("aws_eip", dict.fromkeys(many, ""), many)).all_findings()

    assert finding.reason.startswith("x0, x1, x2, x3, x4 and 2 more: nobody judged")
