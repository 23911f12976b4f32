"""Public addresses that a plan lets in, counted over all of its changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.review.reviewed import change, found, plan, reviewed

RULE = "google_compute_network_firewall_policy_rule"
EIGHTS = [f"{first}.0.0.0/8" for first in range(1, 224) if first not in {10, 127}]


def rule(*ranges: str, **more: Any) -> dict[str, Any]:
    """An opening for ranges."""
    match = {
        "src_ip_ranges": list(ranges),
        "layer4_configs": [{"ip_protocol": "tcp", "ports": ["22", "3389"]}],
    }
    return {"direction": "INGRESS", "action": "allow", "match": [match], **more}


def opened(before: Any, after: Any, **more: Any) -> dict[str, str]:
    """What of openings is found of one change, by its level."""
    actions = "create" if before is None else "delete" if after is None else "update"
    said = found(plan(change(f"{RULE}.a", actions, before, after, **more)))
    return {name: level for name, level in said.items() if name in {"public-comes-in", "internet-in-parts"}}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, rule(*EIGHTS), {"internet-in-parts": "critical"}),
        (rule("10.0.0.0/8"), rule("10.0.0.0/8", *EIGHTS), {"internet-in-parts": "critical"}),
        (None, rule("198.51.100.7/32"), {"public-comes-in": "high"}),
        (rule("10.0.0.0/8"), rule("10.0.0.0/8", "198.51.100.0/24"), {"public-comes-in": "high"}),
        (rule("198.51.100.0/24"), rule("198.51.100.0/25"), {}),
        (rule("198.51.100.0/24"), rule("198.51.100.0/24", ports=["443"]), {}),
        (None, rule("10.0.0.0/8", "192.168.0.0/16"), {}),
        (None, rule("35.191.0.0/16", "130.211.0.0/22", "35.235.240.0/20", "35.199.192.0/19"), {}),
        (None, rule("198.51.100.0/24", action="deny"), {}),
        (None, rule("198.51.100.0/24", direction="EGRESS"), {}),
        (rule("198.51.100.0/24"), None, {}),
        (None, rule("0.0.0.0/0"), {}),
        (None, rule("::/0"), {}),
        (None, rule("2001:db8::/48"), {"public-comes-in": "high"}),
        (None, rule(), {"internet-in-parts": "critical"}),
        (None, {**rule(), "match": [{"src_secure_tags": [{"name": "t"}]}]}, {}),
        (None, None, {}),
    ],
    ids=[
        "221 ranges",
        "221 more",
        "one address",
        "one range more",
        "narrower",
        "another port",
        "private",
        "Google's own",
        "a denial",
        "going out",
        "taken away",
        "told by its own rule",
        "IPv6, told likewise",
        "IPv6",
        "no source",
        "a tag",
        "nothing known",
    ],
)
def test_what_comes_in_is_counted(before: Any, after: Any, expected: dict[str, str]) -> None:
    """Only what was not let in before."""
    assert opened(before, after) == expected


def test_a_source_that_only_applying_tells_is_not_everybody() -> None:
    """The rest of the object may be as unknown as it likes."""
    unknown = {"id": True, "match": [{"src_ip_ranges": True}]}

    assert opened(None, rule(), after_unknown=unknown) == {}
    assert opened(None, rule(), after_unknown={"id": True}) == {"internet-in-parts": "critical"}


def test_all_changes_of_a_plan_are_counted_together() -> None:
    """Each may be of somebody, and all of them are the internet."""
    halves = [
        change(f"{RULE}.r{n}", "create", None, rule(one))
        for n, one in enumerate(("17.0.0.0/8", "18.0.0.0/8"))
    ]

    review = reviewed(plan(*halves))

    said = [one for one in review.all_findings() if one.rule == "internet-in-parts"]
    assert {one.address for one in said} == {f"{RULE}.r0", f"{RULE}.r1"}
    assert all("16777216 public addresses more" in one.reason for one in said)


@pytest.mark.parametrize(
    ("type_", "after"),
    [
        ("aws_security_group", {"ingress": [{"cidr_blocks": ["198.51.100.0/24"]}]}),
        ("aws_security_group_rule", {"type": "ingress", "cidr_blocks": ["198.51.100.0/24"]}),
        ("aws_vpc_security_group_ingress_rule", {"cidr_ipv4": "198.51.100.0/24"}),
        (
            "aws_eks_cluster",
            {"vpc_config": [{"endpoint_public_access": True, "public_access_cidrs": ["198.51.100.0/24"]}]},
        ),
        ("google_compute_firewall", {"allow": [{"protocol": "tcp"}], "source_ranges": ["198.51.100.0/24"]}),
        (
            "google_container_cluster",
            {"master_authorized_networks_config": [{"cidr_blocks": [{"cidr_block": "198.51.100.0/24"}]}]},
        ),
    ],
)
def test_public_addresses_are_high_wherever_they_come_in(type_: str, after: Any) -> None:
    """Machines, groups and the APIs of clusters."""
    assert found(plan(change(f"{type_}.a", "create", None, after)))["public-comes-in"] == "high"


@pytest.mark.parametrize(
    ("type_", "after"),
    [
        ("aws_security_group_rule", {"type": "egress", "cidr_blocks": ["198.51.100.0/24"]}),
        ("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": False}]}),
        ("google_compute_firewall", {"deny": [{"protocol": "tcp"}], "source_ranges": ["198.51.100.0/24"]}),
        ("google_compute_firewall", {"allow": [{"protocol": "tcp"}], "source_tags": ["t"]}),
        (
            "google_compute_firewall",
            {"allow": [{"protocol": "tcp"}], "source_ranges": ["${var.office}", "fd00::/8"]},
        ),
        ("aws_instance", {"source_ranges": ["198.51.100.0/24"]}),
    ],
)
def test_what_lets_nobody_in_is_left_alone(type_: str, after: Any) -> None:
    """And what is no range is another matter."""
    assert "public-comes-in" not in found(plan(change(f"{type_}.a", "create", None, after)))


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("sync_repo", "https://git.example.org/theirs.git"),
        ("sync_branch", "next"),
        ("policy_dir", "elsewhere"),
    ],
)
def test_another_source_of_what_clusters_follow_is_as_much_as_their_administrator(
    attribute: str, value: str
) -> None:
    """Whoever writes there is."""
    git = {"sync_repo": "https://git.example.com/config.git", "sync_branch": "main", "policy_dir": "prod"}
    before, after = (
        {"configmanagement": [{"config_sync": [{"enabled": True, "git": [one]}]}]}
        for one in (git, {**git, attribute: value})
    )

    said = found(plan(change("google_gke_hub_feature_membership.a", "update", before, after)))

    assert said["source-changes"] == "high"
