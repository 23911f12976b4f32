"""Which packets have to get through, by what the file says."""

from __future__ import annotations

from typing import Any

from estate.derived.ways.way import IN_AWS, Kind, Way
from estate.derived.ways.ways import ways
from estate.facts.google.served import Served
from estate.facts.ways import clouds
from tests.model.aws.eks_documents import AWS, CLUSTER
from tests.model.google.documents import ALLOW, ENVIRONMENT, environment, with_, without
from tests.model.vmware.documents import changed
from tests.model.vpn.documents import ENVIRONMENT as VPN_ENVIRONMENT

NETWORK = "google.network"
CLOUD = "google.gke_clusters.cloud"


def found(document: dict[str, Any]) -> list[Way]:
    """The ways of an environment that is described so."""
    return list(ways(environment(document), "kl").ways)


def told(document: dict[str, Any], reason: object) -> list[tuple[str, str, str]]:
    """From whom to whom at which ports, for one reason."""
    return [
        (one.source.words, one.target.words, ", ".join(one.ports))
        for one in found(document)
        if one.reason is reason
    ]


def test_an_environment_without_networks_asks_for_nothing() -> None:
    """Nothing of it has to get anywhere."""
    bare = {"environment": "dev", "state": {"local": {}}}

    assert found(bare) == []
    assert list(ways(environment(bare)).asked) == []


def test_control_planes_call_the_webhooks_of_their_file() -> None:
    """Kubelets and metrics always."""
    document = with_(ENVIRONMENT, f"{CLOUD}.webhook_ports", [9443])

    assert told(document, clouds.CALL_KUBELETS) == [
        (
            "Kubernetes API of GKE cluster kl-dev-cloud (172.16.0.0/28)",
            "nodes and pods of GKE cluster kl-dev-cloud (10.64.0.0/20, 10.68.0.0/16)",
            "tcp:443, tcp:10250, tcp:9443",
        )
    ]


def test_front_ends_speak_to_nodes_of_clusters_alone() -> None:
    """Clients of external load balancers have the addresses of health checks, and no other machine is behind one."""
    edge = "Google's own front ends (35.191.0.0/16, 130.211.0.0/22)"
    bare = without(without(ENVIRONMENT, "google.gke_clusters"), "google.kms_keys")

    assert told(ENVIRONMENT, clouds.ASK_HEALTH) == [
        (edge, "nodes and pods of GKE cluster kl-dev-cloud (10.64.0.0/20, 10.68.0.0/16)", "tcp")
    ]
    assert told(bare, clouds.ASK_HEALTH) == []


def test_what_nodes_of_gke_call_is_served_by_the_restricted_address() -> None:
    """Otherwise it would be refused beside clusters of GKE too."""
    names = [name for one in found(ENVIRONMENT) if one.source.kind is Kind.GKE_NODES for name in one.names]

    assert "europe-north1-docker.pkg.dev" in names
    assert [name for name in names if Served.by_restricted().lacks(name)] == []


def test_the_file_asks_for_what_it_opens() -> None:
    """Each opening says why, for the nodes of a cluster or for every machine."""
    document = with_(
        ENVIRONMENT,
        f"{NETWORK}.firewall.allows",
        {"caches": ALLOW, "nodes": {**ALLOW, "priority": 1001, "cluster": "cloud"}},
    )

    assert told(document, clouds.SAID) == [
        ("internet caches (10.30.1.0/24)", "subnets in Google Cloud (10.64.0.0/20)", "tcp:8080"),
        (
            "internet nodes (10.30.1.0/24)",
            "nodes and pods of GKE cluster kl-dev-cloud (10.64.0.0/20, 10.68.0.0/16)",
            "tcp:8080",
        ),
    ]


def test_who_administers_a_cluster_stands_in_the_file() -> None:
    """The data centers and the ranges that it lists, where there is a private address."""
    document = with_(ENVIRONMENT, f"{CLOUD}.authorized_networks", {"vms": "10.65.0.0/24"})
    closed = with_(ENVIRONMENT, f"{CLOUD}.private_endpoint", value=False)

    assert [source for source, *_ in told(document, clouds.ADMINISTER_GKE)] == [
        "internet vms (10.65.0.0/24)",
        "data center (10.20.21.0/24, 10.21.0.0/24, 10.30.0.0/16)",
    ]
    assert told(closed, clouds.ADMINISTER_GKE) == []


def test_eks_lets_in_whom_its_file_lists() -> None:
    """Data centers, Google Cloud, others; the public, by another endpoint; the bastion, which is beside them."""
    endpoint = {
        "private_from": ["10.30.0.0/16", "10.64.0.0/20", "10.99.0.0/16"],
        "public_from": ["198.51.100.0/24"],
    }
    section = {**AWS, "eks_clusters": {"aws": changed(CLUSTER, endpoint=endpoint)}}
    section["bastion"] = {"access": "session_manager"}
    document = {**ENVIRONMENT, "aws": section}
    api = "Kubernetes API of EKS cluster kl-dev-aws (10.0.0.0/24, 10.0.1.0/24, 10.0.2.0/24)"

    assert told(document, clouds.REACH_EKS_API) == [
        ("data center (10.30.0.0/16)", api, "tcp:443"),
        ("subnets in Google Cloud (10.64.0.0/20)", api, "tcp:443"),
        ("internet elsewhere (10.99.0.0/16)", api, "tcp:443"),
    ]
    assert told(document, clouds.REACH_EKS_PUBLICLY) == [
        ("internet by the public endpoint (198.51.100.0/24)", api, "tcp:443")
    ]
    assert told(document, clouds.PASS_BASTION) == [("bastion", api, "tcp:443")]
    assert told(document, clouds.COME_BY_SSH) == []


def test_nothing_is_asked_of_a_vpc_that_exists() -> None:
    """Its tables are somebody else's."""
    vpc = {
        "vpc_id": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "subnet-0123456789abcdef0", "public": "subnet-0123456789abcdef1"}
        },
    }
    section = {**without({"aws": AWS}, "aws.eks_clusters")["aws"], "management_vpc": {"existing": vpc}}

    kinds = {kind for one in found({**ENVIRONMENT, "aws": section}) for kind in one.kinds}
    assert not kinds & {Kind.AWS_SUBNETS, Kind.BASTION, Kind.EKS_API}


def test_ways_to_data_centers_are_asked_where_their_vpn_is_made() -> None:
    """Otherwise nothing is known of the way there."""
    kinds = [one.kinds for one in ways(environment(ENVIRONMENT), "kl").asked]

    assert kinds
    assert not [one for one in kinds if Kind.DATA_CENTER in one]


def test_ways_through_google_cloud_are_asked_where_it_passes_on() -> None:
    """With transit, data centers and AWS reach each other; without a VPN to AWS nothing is known of the way there."""
    section = {**VPN_ENVIRONMENT["aws"], "eks_clusters": {"aws": CLUSTER}, "kms_keys": {"secrets": {}}}
    section["deployer"] = AWS["deployer"]
    whole = {**VPN_ENVIRONMENT, "aws": section, "fleet": {}}
    apart = with_(whole, "vpn.transit", value=False)
    alone = without(without(whole, "vpn.transit"), "vpn.aws")
    gateways = "gateways of EKS cluster aws, behind internal load balancers"

    assert [one.source.kind for one in found(whole) if one.detail == gateways] == [Kind.DATA_CENTER]
    assert [one for one in found(apart) if one.detail == gateways] == []

    def crossing(document: dict[str, Any]) -> bool:
        asked = ways(environment(document), "kl").asked
        return any(one.kinds & IN_AWS and Kind.DATA_CENTER in one.kinds for one in asked)

    assert [crossing(one) for one in (whole, apart, alone)] == [True, False, False]


def test_a_stack_of_vcenter_is_planned_from_somewhere() -> None:
    """Whoever plans it logs in there."""
    document = with_(ENVIRONMENT, "vmware.vsphere", {"server": "vcenter.example.com"})

    assert ("the machine that plans stack dev-vsphere", "vcenter.example.com") in [
        (str(one.source), str(one.target)) for one in found(document)
    ]


def test_an_admin_cluster_without_addresses_is_no_end() -> None:
    """The file need not say them; its workstation has one all the same."""
    document = without(ENVIRONMENT, "vmware.admin_cluster.addresses")
    ends = [str(one.source) for one in found(document)]

    assert "10.20.21.5, 10.20.21.10-10.20.21.12" in [str(one.source) for one in found(ENVIRONMENT)]
    assert "10.20.21.5, 10.20.21.10-10.20.21.12" not in ends
    assert [
        one for one in found(without(document, "vmware.admin_workstation")) if "workstation: " in one.detail
    ] == []
