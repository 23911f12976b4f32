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
from tests.model.vmware.documents import MANUAL, changed

CLOUD = "google.gke_clusters.cloud"


def test_the_on_prem_firewalls_let_through_both_directions() -> None:
    """Out to Google's APIs, names, clusters; in to clusters; gateways of the mesh where there is one."""
    mesh = with_(ENVIRONMENT, "fleet.features.service_mesh", {"management": "manual"})
    prefixes = "10.20.21.0/24, 10.21.0.0/24, 10.30.0.0/16"
    cloud = "10.64.0.0/20, 10.68.0.0/16"

    assert list(openings(environment(mesh))) == [
        Opening(
            "10.20.21.2, 10.20.21.5, 10.20.21.10-10.20.21.12, 10.21.0.0/24",
            "199.36.153.8/30",
            "tcp:443",
            "on-prem clusters reach Google's APIs (private.googleapis.com)",
        ),
        Opening(
            "10.30.0.53",
            "10.64.0.0/20",
            "udp:53, tcp:53",
            "name servers ask for Google's domains (terraform output dns_forwarders)",
        ),
        Opening(prefixes, "172.16.0.0/28", "tcp:443", "Kubernetes API of GKE cluster cloud"),
        Opening(
            prefixes,
            "10.64.0.0/20",
            "tcp:443, tcp:15443",
            "gateways of GKE cluster cloud, behind internal load balancers",
        ),
        Opening(cloud, "10.21.0.5", "tcp:443", "Kubernetes API of user cluster apps"),
        Opening(
            cloud,
            "10.21.0.200, 10.21.0.201-10.21.0.220",
            "tcp:443, tcp:15443",
            "gateways of user cluster apps",
        ),
    ]
    assert forwarding(environment(mesh)).startswith(
        "name servers of the data centers forward gcr.io, gke.goog,"
    )


def test_the_on_prem_firewalls_let_through_to_eks() -> None:
    """From where the cluster lets somebody in, as far as that is a data center."""

    def found(*ranges: str) -> list[Opening]:
        cluster = changed(CLUSTER, endpoint__private_from=list(ranges))
        section = {**AWS, "eks_clusters": {"aws": cluster}}
        return [one for one in openings(environment({**ENVIRONMENT, "aws": section})) if "EKS" in one.why]

    assert found("10.30.1.0/24", "10.30.0.0/24", "10.99.0.0/24") == [
        Opening("10.30.0.0/24, 10.30.1.0/24", "10.0.0.0/16", "tcp:443", "Kubernetes API of EKS cluster aws")
    ]
    assert found("10.99.0.0/24") == []


def test_nothing_is_let_through_that_leads_nowhere() -> None:
    """Without a network, data centers, a private address, or clusters on either side."""
    network = "google.network"
    no_prefixes = with_(ENVIRONMENT, f"{network}.onprem_prefixes", [])
    no_vmware = without(ENVIRONMENT, "vmware")
    closed = with_(ENVIRONMENT, f"{CLOUD}.private_endpoint", value=False)
    silent = with_(ENVIRONMENT, f"{network}.inbound_dns", value=False)
    no_clusters = {**ENVIRONMENT, "google": without(without(GOOGLE, "gke_clusters"), "kms_keys")}
    bare = {**no_clusters, "google": without(no_clusters["google"], "network")}
    foundation = with_(no_prefixes, "vmware", {"location": "europe-north1"})
    manual = with_(ENVIRONMENT, "vmware.user_clusters.apps.load_balancer", {"manual": MANUAL})
    manual = with_(manual, "vmware.user_clusters.apps.node_pools", {"workers": {"replicas": 3}})

    def found(document: dict[str, Any]) -> list[str]:
        return [one.why.split(" (")[0] for one in openings(environment(document))]

    apis, names = "on-prem clusters reach Google's APIs", "name servers ask for Google's domains"
    assert not [why for why in found(no_prefixes) if "GKE cluster" in why]
    assert not [why for why in found(no_vmware) if "user cluster" in why or why in {apis, names}]
    assert "Kubernetes API of GKE cluster cloud" not in found(closed)
    assert names not in found(silent)
    assert forwarding(environment(silent)) == ""
    assert found(no_clusters) == [apis, names]
    assert found(bare) == []
    assert forwarding(environment(bare)) == ""
    assert found(foundation) == []
    assert [
        one.target for one in openings(environment(manual)) if one.why.startswith("gateways of user")
    ] == ["10.21.0.200"]


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
    assert markdown.endswith("one in each subnet.")
    assert openings_markdown(bare).endswith("Nothing.")
    data = json.loads(openings_json(whole))
    assert data["openings"][0]["target"] == "199.36.153.8/30"
    assert data["name_servers"].startswith("name servers")
