"""Plans in which an update or a grant that goes does damage, and plans that look like them and do none.

They are written by hand as Terraform shows them, with the attributes that matter: no service is needed to say what a
plan looks like in which somebody else's object changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Hidden(NamedTuple):
    """What a review has to say of a plan.

    Attributes:
        expected: level of each rule that finds something, and of no other.
        says: what the reason of the worst finding has in it.
    """

    expected: Mapping[str, str]
    says: str


def _high(rule: str, says: str, **beside: str) -> Hidden:
    return Hidden({rule: "high", **{name.replace("_", "-"): level for name, level in beside.items()}}, says)


_DAMAGE = {
    "agent-loses-host": _high("network-grant-taken", "GKE can no longer make nodes"),
    "agent-loses-key": _high(
        "key-grant-taken",
        "container-engine-robot.iam.gserviceaccount.com loses roles/cloudkms.cryptoKeyEncrypterDecrypter",
    ),
    "agent-loses-subnet": _high(
        "network-grant-taken", "loses roles/compute.networkUser on project kl-prod-host"
    ),
    "authorized-networks-gone": _high("control-plane-open", "answers to every network that reaches it"),
    "cluster-role-leaves-key": _high(
        "key-grant-taken", "role/kl-prod-aws-cluster loses kms:Decrypt on it and 1 permission more"
    ),
    "cluster-role-loses-policy": _high(
        "cluster-grant-taken", "loses arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"
    ),
    "config-sync-off": _high("config-sync-off", "clusters no longer follow the repository"),
    "deny-rule-disabled": _high(
        "deny-switched-off", "what the rule kept out gets through", firewall_changed="medium"
    ),
    "drift-prevention-off": _high("drift-prevention-off", "nothing refuses changes by hand"),
    "eks-audit-log-taken-out": _high("cluster-logs-off", "ends or gets gaps"),
    "eks-group-thin": _high("group-thin", "down to one machine or none"),
    "eks-logs-emptied": _high("cluster-logs-off", "ends or gets gaps"),
    "firewall-order": _high("firewall-order", "another rule decides"),
    "fleet-agent-loses-role": _high("service-agent-grant-taken", "loses roles/gkehub.serviceAgent"),
    "flow-logs-off": _high("network-logs-off", "no longer recorded"),
    "gke-logs-thinner": _high("cluster-logs-off", "ends or gets gaps"),
    "gke-pool-thin": _high("group-thin", "down to one machine or none"),
    "google-unreachable": _high("google-unreachable", "no longer reach Google's APIs"),
    "key-disabled": _high("key-disabled", "until it is enabled again"),
    "key-version-destroyed": Hidden({"key-version-destroyed": "critical"}, "is lost for good"),
    "key-version-disabled": _high("key-disabled", "until it is enabled again"),
    "names-unresolved": _high("names-unresolved", "no longer found"),
    "namespace-exempt-from-policies": _high("policy-exempt", "no longer hold in one more namespace"),
    "nat-addresses-automatic": _high("nat-addresses-lost", "that others may have in their firewalls"),
    "node-disks-unencrypted": _high("plain-text", "data is written unencrypted", template_changed="medium"),
    "nodes-lose-role": _high("node-grant-taken", "nodes no longer join their cluster"),
    "pods-get-the-nodes-identity": _high(
        "workload-identity-off", "or get that of their node instead", nodes_restart_cloud="medium"
    ),
    "policies-suspended": _high("policy-off", "clusters no longer refuse"),
    "port-group-another-vlan": _high("other-network", "vlan_id: everything in it is in another network"),
    "role-loses-trust": _high(
        "trust-taken", "service:eks.amazonaws.com loses sts:AssumeRole", aws_service="low"
    ),
    "role-without-boundary": _high("boundary-off", "nothing limits any more"),
    "route-withdrawn": _high("routes-withdrawn", "loses the way to this range", route_changed="medium"),
    "router-another-asn": _high(
        "session-broken", "go down until it has the new value", route_changed="medium"
    ),
    "rule-for-every-machine": _high(
        "rule-for-everybody", "every machine in the network", firewall_changed="medium"
    ),
    "secrets-unencrypted": _high("encryption-off", "written again without its key"),
    "session-unsigned": _high("session-unsigned", "no longer signed", route_changed="medium"),
    "source-of-somebody-else": _high("source-changes", "is administrator of every cluster that follows it"),
    "team-in-another-scope": _high("team-moves", "scope: the teams of the scope that the cluster leaves"),
    "vcenter-role-thinner": _high("vcenter-grant-taken", "loses VirtualMachine.Inventory.Create"),
    "versions-kept-shorter": _high("versions-kept-shorter", "nothing brings them back"),
    "vpn-keys-together": _high("vpn-keys-together", "stay down until the other side has both keys"),
    "workload-identity-gone": _high("workload-identity-off", "pods lose the identity"),
    # Nobody knows whether it is damage.
    "attribute-that-nobody-judged": Hidden(
        {"update-unjudged": "medium"}, "pod_autoscaling.hpa_profile: nobody judged what its update means"
    ),
    # Made by Terraform: a plan with -refresh-only, which has no changes and tells of a move among what drifted.
    "moved-while-only-refreshing": Hidden({"moved": "info"}, "gets another address"),
}

_QUIET = {
    "another-commit-of-the-source": Hidden({"source-revision": "medium"}, "another commit of their source"),
    "another-nat-address": Hidden({"paths-differ": "medium"}, "nat_ips"),
    "finer-flow-logs": Hidden({"more-is-recorded": "low"}, "log_config.flow_sampling"),
    "grant-of-an-identity-that-goes": _high(
        "identity-destroyed", "whoever acts under this identity", access_taken_away="low"
    ),
    "key-policy-under-a-condition": Hidden({"widened": "medium"}, "gets kms:Decrypt if"),
    "last-cluster-and-its-grants": Hidden(
        {"cluster-destroyed": "critical", "access-taken-away": "low"}, "the cluster goes"
    ),
    "logs-kept-for-ever": Hidden({"kept-longer": "low"}, "kept for longer"),
    "more-logs": Hidden({"more-is-recorded": "low"}, "enabled_cluster_log_types"),
    "name-of-an-authorized-network": Hidden({"words-changed": "low"}, "text or a label for people"),
    "one-vpn-key": Hidden({"tunnel-renegotiates": "medium"}, "tunnel1_preshared_key"),
    "pool-grows": Hidden({"how-many": "low"}, "autoscaling.total_max_node_count"),
    "protection-on": Hidden({"protection-on": "low"}, "deletion_protection"),
}

CASES: Mapping[str, Hidden] = {
    **{f"hidden-{name}": hidden for name, hidden in _DAMAGE.items()},
    **{f"quiet-{name}": hidden for name, hidden in _QUIET.items()},
}
