"""What the on-prem firewalls have to let through: `hybrid firewall`."""

from __future__ import annotations

import json
from typing import Any

import pytest

from operations.check.opening import Opening
from operations.check.openings import forwarding, openings
from operations.check.openings_report import openings_json, openings_markdown, print_openings
from tests.model.aws.eks_documents import AWS, CLUSTER
from tests.model.google.documents import ENVIRONMENT, GOOGLE, environment, with_, without
from tests.model.vmware.documents import MANUAL, changed, moved

CLOUD = "google.gke_clusters.cloud"
NETWORK = "google.network"


def rows(document: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The rows of an environment that is described so."""
    return [(one.source, one.target, one.port, one.why) for one in openings(environment(document))]


def between(document: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The rows of ways that lead through a VPN."""
    return [row for row in rows(document) if ": " not in row[3] and "Config Sync" not in row[3]]


PREFIXES = "10.20.21.0/24, 10.21.0.0/24, 10.30.0.0/16"
CLOUD_RANGES = "10.64.0.0/20, 10.68.0.0/16"
MACHINES = "10.20.21.2, 10.20.21.5, 10.20.21.10-10.20.21.12, 10.21.0.0/24"
POOLS = "10.21.0.200, 10.21.0.201-10.21.0.220"
GATEWAYS = "gateways of GKE cluster cloud, behind internal load balancers"


def test_the_on_prem_firewalls_let_through_what_the_vpn_is_for() -> None:
    """Out to Google's APIs, names, clusters; in to gateways, and with a mesh to its ports and the Kubernetes API."""
    plain = [
        (
            MACHINES,
            "199.36.153.8/30",
            "tcp:443",
            "clusters on VMware call Google's APIs (private.googleapis.com)",
        ),
        (
            "10.30.0.53",
            "10.64.0.0/20",
            "udp:53, tcp:53",
            "name servers ask for Google's domains (terraform output dns_forwarders)",
        ),
        (PREFIXES, "172.16.0.0/28", "tcp:443", "Kubernetes API of GKE cluster cloud"),
        (PREFIXES, "10.64.0.0/20", "tcp:443", GATEWAYS),
        (PREFIXES, "10.64.0.0/20", "icmp", "pings and path MTU of GKE cluster cloud"),
        (CLOUD_RANGES, POOLS, "tcp:443", "gateways of user cluster apps"),
    ]
    mesh = with_(ENVIRONMENT, "fleet.features.service_mesh", {"management": "manual"})

    assert between(ENVIRONMENT) == plain
    assert [row for row in between(mesh) if row not in plain] == [
        (PREFIXES, "10.64.0.0/20", "tcp:15443", f"{GATEWAYS}, of the mesh"),
        (CLOUD_RANGES, POOLS, "tcp:15443", "gateways of user cluster apps, of the mesh"),
        (CLOUD_RANGES, "10.21.0.5", "tcp:443", "Kubernetes API of user cluster apps, for the mesh"),
    ]
    assert forwarding(environment(ENVIRONMENT)).startswith(
        "name servers of the data centers forward gcr.io, gke.goog,"
    )


def test_clusters_on_vmware_that_are_one_mesh_reach_each_other() -> None:
    """At the east-west gateway and the API, from one subnet to the other; where they share one, no firewall is between."""
    cluster = ENVIRONMENT["vmware"]["user_clusters"]["apps"]
    mesh = with_(ENVIRONMENT, "fleet.features.service_mesh", {"management": "manual"})

    def found(document: dict[str, Any], net: str) -> list[tuple[str, str, str]]:
        document = with_(document, "vmware.user_clusters.data", moved(cluster, net))
        document = with_(
            document,
            f"{NETWORK}.onprem_prefixes",
            ["10.20.21.0/24", f"{net}.0/24", "10.21.0.0/24", "10.30.0.0/16"],
        )
        return [row[:3] for row in rows(document) if row[3].endswith(("of the mesh", "for the mesh"))]

    pools = POOLS.replace("10.21.0.", "10.22.0.")
    assert found(mesh, "10.22.0")[1:] == [
        (f"{CLOUD_RANGES}, 10.22.0.0/24", POOLS, "tcp:15443"),
        (f"{CLOUD_RANGES}, 10.22.0.0/24", "10.21.0.5", "tcp:443"),
        (f"{CLOUD_RANGES}, 10.21.0.0/24", pools, "tcp:15443"),
        (f"{CLOUD_RANGES}, 10.21.0.0/24", "10.22.0.5", "tcp:443"),
    ]
    assert found(ENVIRONMENT, "10.22.0") == []
    whole = environment(mesh)
    apps = whole.vmware.user_clusters["apps"] if whole.vmware else None
    vmware = (
        whole.vmware.model_copy(update={"user_clusters": {"apps": apps, "data": apps}})
        if whole.vmware
        else None
    )
    beside = openings(whole.model_copy(update={"vmware": vmware}))
    assert {
        one.source for one in beside if one.why.endswith(("user cluster apps, of the mesh", "for the mesh"))
    } == {CLOUD_RANGES}


def test_the_on_prem_firewalls_let_through_what_clusters_on_vmware_need() -> None:
    """The vendor's list: vCenter and hosts, the workstation to all it manages, names, time, what no zone leads to."""
    document = with_(ENVIRONMENT, "vmware.admin_workstation", {"ip": "10.20.21.2"})

    found = [row[:3] for row in rows(document) if row not in between(document)]

    admin = "10.20.21.5, 10.20.21.10-10.20.21.12"
    assert found == [
        (MACHINES, "accounts.google.com, dl.google.com", "tcp:443"),
        ("10.20.21.2", "the vCenter server", "tcp:443"),
        ("10.20.21.2", "the ESXi hosts of the vSphere clusters", "tcp:443"),
        ("10.20.21.2", admin, "tcp:443"),
        ("10.20.21.2", admin, "tcp:22"),
        ("10.20.21.2", "10.21.0.0/24", "tcp:443"),
        ("10.20.21.2", "10.21.0.0/24", "tcp:22"),
        (admin, "the vCenter server", "tcp:443"),
        (admin, "its name servers", "udp:53, tcp:53"),
        (admin, "its time servers", "udp:123"),
        (admin, "10.21.0.5", "tcp:443"),
        ("10.21.0.10, 10.21.0.11, 10.21.0.12", "the vCenter server", "tcp:443"),
        ("10.21.0.0/24", "10.30.0.53", "udp:53, tcp:53"),
        ("10.21.0.0/24", "10.30.0.123", "udp:123"),
    ]


def test_time_servers_are_told_by_name_where_the_file_names_them() -> None:
    """A name has no range, and is the row's target all the same."""
    document = with_(
        ENVIRONMENT, "vmware.user_clusters.apps.network.ntp", ["10.30.0.123", "time.example.com"]
    )

    assert "10.30.0.123, time.example.com" in [row[1] for row in rows(document)]


@pytest.mark.parametrize(
    ("source", "target", "port"),
    [
        ({"git": {"repo": "https://git.example.com/a", "secret_type": "none"}}, "git.example.com", "tcp:443"),
        (
            {"git": {"repo": "ssh://git@git.example.com:7999/a", "secret_type": "ssh"}},
            "git.example.com",
            "tcp:7999",
        ),
        ({"git": {"repo": "git@git.example.com:a/b", "secret_type": "ssh"}}, "git.example.com", "tcp:22"),
        (
            {"oci": {"repo": "registry.example.com/a", "secret_type": "none"}},
            "registry.example.com",
            "tcp:443",
        ),
    ],
    ids=["https", "a port", "git@", "oci"],
)
def test_the_repository_of_config_sync_is_a_row_wherever_it_stands(
    source: dict[str, Any], target: str, port: str
) -> None:
    """From every cluster's nodes and pods: nobody here knows where the host stands."""
    document = with_(ENVIRONMENT, "fleet.features.config_sync", source)

    [row] = [row for row in rows(document) if "Config Sync" in row[3]]

    assert row[:3] == (f"{MACHINES}, {CLOUD_RANGES}", target, port)


def test_a_repository_behind_googles_domains_is_no_row_of_its_own() -> None:
    """It is one of Google's APIs."""
    oci = {"oci": {"repo": "europe-north1-docker.pkg.dev/a/b/c", "secret_type": "none"}}

    assert not [
        row for row in rows(with_(ENVIRONMENT, "fleet.features.config_sync", oci)) if "Config Sync" in row[3]
    ]


def test_the_on_prem_firewalls_let_through_to_eks() -> None:
    """From where the cluster lets somebody in, as far as that is a data center."""

    def found(*ranges: str) -> list[Opening]:
        cluster = changed(CLUSTER, endpoint__private_from=list(ranges))
        section = {**AWS, "eks_clusters": {"aws": cluster}}
        return [one for one in openings(environment({**ENVIRONMENT, "aws": section})) if "EKS" in one.why]

    private = ", ".join(zone["private"] for _, zone in sorted(AWS["management_vpc"]["zones"].items()))
    assert found("10.30.1.0/24", "10.30.0.0/24", "10.99.0.0/24") == [
        Opening("10.30.0.0/24, 10.30.1.0/24", private, "tcp:443", "Kubernetes API of EKS cluster aws")
    ]
    assert found("10.99.0.0/24") == []


def test_nothing_is_let_through_that_leads_nowhere() -> None:
    """Without a network, data centers, a private address, or clusters on either side."""
    no_prefixes = with_(ENVIRONMENT, f"{NETWORK}.onprem_prefixes", [])
    no_vmware = without(ENVIRONMENT, "vmware")
    closed = with_(ENVIRONMENT, f"{CLOUD}.private_endpoint", value=False)
    silent = with_(ENVIRONMENT, f"{NETWORK}.inbound_dns", value=False)
    no_clusters = {**ENVIRONMENT, "google": without(without(GOOGLE, "gke_clusters"), "kms_keys")}
    bare = {**no_clusters, "google": without(no_clusters["google"], "network")}
    foundation = with_(no_prefixes, "vmware", {"location": "europe-north1"})
    manual = with_(ENVIRONMENT, "vmware.user_clusters.apps.load_balancer", {"manual": MANUAL})
    manual = with_(manual, "vmware.user_clusters.apps.node_pools", {"workers": {"replicas": 3}})

    def found(document: dict[str, Any]) -> list[str]:
        return [row[3].split(" (")[0] for row in between(document)]

    apis, names = "clusters on VMware call Google's APIs", "name servers ask for Google's domains"
    assert not [why for why in found(no_prefixes) if "GKE cluster" in why]
    assert not [why for why in found(no_vmware) if "user cluster" in why or why in {apis, names}]
    assert "Kubernetes API of GKE cluster cloud" not in found(closed)
    assert names not in found(silent)
    assert forwarding(environment(silent)) == ""
    assert found(no_clusters) == [apis, names]
    assert found(bare) == []
    assert forwarding(environment(bare)) == ""
    assert found(foundation) == []
    assert [row[1] for row in between(manual) if row[3].startswith("gateways of user")] == ["10.21.0.200"]


def test_openings_are_printed_for_people_documents_and_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows each time, and what name servers have to be told."""
    whole = environment()
    bare = environment(
        without({**ENVIRONMENT, "google": without(without(GOOGLE, "gke_clusters"), "network")}, "vmware")
    )

    print_openings(whole)
    print_openings(bare)

    text = capsys.readouterr().out
    assert "10.21.0.5" in text
    assert "note: name servers of the data centers forward" in text
    assert "let through for dev: nothing" in text
    markdown = openings_markdown(whole)
    assert markdown.startswith(
        "## What the on-prem firewalls let through for dev\n\n| source | target | port | why |"
    )
    assert "\n\n- name servers of the data centers forward" in markdown
    assert "\n- rows rest on https://docs.cloud.google.com/dns/docs/policies (an excerpt, read" in markdown
    assert openings_markdown(bare).endswith("Nothing.")
    data = json.loads(openings_json(whole))
    assert data["openings"][0]["target"] == "199.36.153.8/30"
    assert data["name_servers"].startswith("name servers")
    assert [page.partition(" ")[0].startswith("https://") for page in data["sources"]] == [True] * 4
