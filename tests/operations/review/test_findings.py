"""What one change, and several together, are found to mean; beside the golden plans, one case a rule's condition."""

from __future__ import annotations

from typing import Any

import pytest

from tests.operations.review.reviewed import change, found, plan, reviewed

Json = dict[str, Any]


def _update(type_: str, before: Json, after: Json, **more: Any) -> Json:
    return change(f"{type_}.a", "update", before, after, **more)


@pytest.mark.parametrize(
    ("type_", "before", "after", "expected"),
    [
        pytest.param(
            "aws_security_group",
            {"ingress": [{"cidr_blocks": ["10.0.0.0/8"]}]},
            {"ingress": [{"cidr_blocks": ["10.0.0.0/8", "::/0"]}]},
            {"open-to-the-internet": "critical", "firewall-changed": "medium"},
            id="one range more in an inline rule",
        ),
        pytest.param(
            "aws_security_group",
            {"ingress": [{"cidr_blocks": ["0.0.0.0/0"]}], "name": "x"},
            {"ingress": [{"cidr_blocks": ["0.0.0.0/0"]}], "name": "y"},
            {"firewall-changed": "medium"},
            id="open before, so nothing opens",
        ),
        pytest.param(
            "aws_db_instance",
            {"deletion_protection": True, "publicly_accessible": False},
            {"deletion_protection": False, "publicly_accessible": True},
            {"deletion-protection-off": "high", "public-endpoint": "high"},
            id="two findings at once",
        ),
        pytest.param(
            "google_gkeonprem_vmware_cluster",
            {"control_plane_node": [{"replicas": 3}]},
            {"control_plane_node": [{"replicas": 1}]},
            {"control-plane-thin": "critical", "refused-in-place": "high"},
            id="fewer than three",
        ),
        pytest.param(
            "google_gkeonprem_vmware_node_pool",
            {"config": [{"replicas": "many"}]},
            {"config": [{"replicas": 2}]},
            {"how-many": "low"},
            id="no number",
        ),
        pytest.param(
            "google_gkeonprem_vmware_node_pool",
            {"vmware_cluster": "a"},
            {"vmware_cluster": "b"},
            {"refused-pool-move": "high"},
            id="update that the API refuses",
        ),
        pytest.param(
            "acme_thing",
            {"x": 1},
            {"x": 2},
            {"unknown": "high", "otherwise-update": "low"},
            id="type of a provider that nobody judged",
        ),
        pytest.param(
            "aws_lb",
            {"enable_deletion_protection": True},
            {"enable_deletion_protection": None},
            {"deletion-protection-off": "high"},
            id="protection that is no longer said",
        ),
        pytest.param(
            "google_project",
            {"deletion_policy": "PREVENT"},
            {"deletion_policy": "DELETE"},
            {"deletion-policy-off": "high"},
            id="protection by a policy",
        ),
        pytest.param(
            "google_gkeonprem_vmware_cluster",
            {"auto_repair_config": [{"enabled": True}]},
            {"auto_repair_config": [{"enabled": False}]},
            {"refused-switch-off": "medium", "never-settles": "low"},
            id="false that is never sent",
        ),
        pytest.param(
            "google_gkeonprem_vmware_cluster",
            {"upgrade_policy": []},
            {"upgrade_policy": [{"control_plane_only": False}]},
            {"never-settles": "low"},
            id="block of a false",
        ),
        pytest.param(
            "google_compute_subnetwork",
            {"secondary_ip_range": [{"range_name": "pods"}]},
            {"secondary_ip_range": [], "send_secondary_ip_range_if_empty": None},
            {"ranges-not-emptied": "medium"},
            id="ranges that stay",
        ),
        pytest.param(
            "google_compute_subnetwork",
            {"secondary_ip_range": [{"range_name": "pods"}], "send_secondary_ip_range_if_empty": True},
            {"secondary_ip_range": [], "send_secondary_ip_range_if_empty": True},
            {"pod-range-gone": "high"},
            id="ranges that go",
        ),
        pytest.param(
            "google_compute_network_firewall_policy_rule",
            {"match": [{"src_ip_ranges": ["10.0.0.0/8"]}], "direction": "INGRESS", "action": "allow"},
            {"match": [{"src_ip_ranges": ["0.0.0.0/0"]}], "direction": "INGRESS", "action": "allow"},
            {"open-to-the-internet": "critical", "firewall-changed": "medium"},
            id="rule of a firewall policy",
        ),
        pytest.param(
            "google_compute_network_firewall_policy_rule",
            {"action": "deny", "disabled": True},
            {"action": "deny", "disabled": False},
            {"rule-stays-off": "high", "firewall-changed": "medium"},
            id="rule that somebody switched off",
        ),
        pytest.param(
            "google_container_cluster",
            {"control_plane_endpoints_config": []},
            {"control_plane_endpoints_config": [{"dns_endpoint_config": [{"allow_external_traffic": True}]}]},
            {"named-endpoint": "medium"},
            id="control plane by its name",
        ),
        pytest.param(
            "aws_launch_template",
            {"image_id": "a"},
            {"image_id": "b"},
            {"template-changed": "medium"},
            id="template",
        ),
    ],
)
def test_update_has_its_findings(type_: str, before: Json, after: Json, expected: dict[str, str]) -> None:
    """Conditions of rules, each with a change that they are about."""
    assert found(plan(_update(type_, before, after))) == expected


def test_destroying_what_nobody_wrote_a_rule_for_is_high() -> None:
    """Not knowing what something holds is no reason to let it go."""
    gone = found(plan(change("acme_thing.a", "delete", {}, None), change("aws_thing.a", "delete", {}, None)))

    assert gone == {"otherwise-delete": "high", "unknown": "high"}


@pytest.mark.parametrize(
    ("type_", "before", "expected"),
    [
        ("google_compute_network_firewall_policy_rule", {"action": "allow"}, {"routine-destroyed": "medium"}),
        (
            "google_compute_network_firewall_policy_rule",
            {"action": "deny"},
            {"deny-destroyed": "high", "routine-destroyed": "medium"},
        ),
        ("google_compute_network_firewall_policy", {}, {"firewall-destroyed": "high"}),
        ("google_compute_network_firewall_policy_association", {}, {"firewall-destroyed": "high"}),
        ("google_dns_managed_zone", {}, {"zone-destroyed": "high"}),
        ("google_dns_policy", {}, {"settings-destroyed": "medium"}),
        ("google_gkeonprem_vmware_admin_cluster", {}, {"admin-cluster-destroyed": "critical"}),
        ("google_network_connectivity_hub", {}, {"sites-parted": "high"}),
        ("google_network_connectivity_spoke", {}, {"sites-parted": "high"}),
        ("vsphere_folder", {}, {"throwaway-destroyed": "low"}),
    ],
)
def test_destroying_has_its_findings(type_: str, before: Json, expected: dict[str, str]) -> None:
    """What goes with an object is known for each type of this estate."""
    assert found(plan(change(f"{type_}.a", "delete", before, None))) == expected


@pytest.mark.parametrize(
    ("type_", "after", "expected"),
    [
        ("aws_iam_access_key", {"user": "u"}, {"long-lived-key": "high"}),
        ("google_service_account_key", {"service_account_id": "x"}, {"long-lived-key": "high"}),
        (
            "aws_network_acl_rule",
            {"cidr_block": "0.0.0.0/0", "egress": False, "rule_action": "allow"},
            {"open-to-the-internet": "critical"},
        ),
        (
            "aws_network_acl_rule",
            {"cidr_block": "0.0.0.0/0", "egress": False, "rule_action": "deny"},
            {"otherwise-create": "info"},
        ),
        (
            "google_compute_network_firewall_policy_rule",
            {"match": [{"src_ip_ranges": ["0.0.0.0/0"]}], "direction": "INGRESS", "action": "deny"},
            {"otherwise-create": "info"},
        ),
        ("acme_thing", {}, {"unknown": "high", "otherwise-create": "info"}),
    ],
)
def test_creating_has_its_findings(type_: str, after: Json, expected: dict[str, str]) -> None:
    """A new object can hurt as well."""
    assert found(plan(change(f"{type_}.a", "create", None, after))) == expected


def test_the_move_of_transit_to_a_hub_is_judged_step_by_step() -> None:
    """What is joined is told of, and so is what the sessions' own lists lose once the hub passes it on."""
    hub, spoke = "google_network_connectivity_hub.h", "google_network_connectivity_spoke.s"
    ours, theirs = {"range": "10.64.0.0/20"}, {"range": "10.20.0.0/16"}

    both = plan(change(hub, "create", None, {"name": "h"}), change(spoke, "create", None, {"name": "s"}))
    alone = plan(
        change(
            "google_compute_router_peer.p",
            "update",
            {"advertised_ip_ranges": [ours, theirs]},
            {"advertised_ip_ranges": [ours]},
        )
    )

    assert found(both) == {"otherwise-create": "info", "sites-joined": "medium"}
    assert found(alone) == {"routes-withdrawn": "high", "route-changed": "medium"}


def test_what_only_a_service_knows_is_no_change() -> None:
    """An attribute that is computed anew says nothing of the cluster's change."""
    update = _update(
        "google_gkeonprem_vmware_cluster",
        {"name": "c", "on_prem_version": "1.34.1-gke.1", "status": [], "annotations": None},
        {"name": "c", "on_prem_version": "1.35.0-gke.1", "annotations": ""},
        after_unknown={"status": True},
    )

    assert found(plan(update)) == {"version-changes": "medium"}
    assert [one.path for one in reviewed(plan(update)).changes[0].differences] == ["on_prem_version"]


def test_data_is_read_without_alarm() -> None:
    """A data source that is read during apply is for information."""
    assert found(plan(change("aws_ami.a", "read", None, {}, mode="data"))) == {"otherwise-read": "info"}


def test_taken_in_and_moved_are_said() -> None:
    """An import that also changes the object is judged for both."""
    taken = _update("aws_eip", {"tags": {}}, {"tags": {"Name": "a"}}, importing={"id": "i"})
    moved = change("aws_eip.b", "no-op", {}, {}, previous_address="aws_eip.c")

    assert found(plan(taken, moved)) == {"imported": "medium", "words-changed": "low", "moved": "info"}
