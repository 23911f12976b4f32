"""Estates as other people lay them out, from state to environment: what comes over, and what is said of what does not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from operations.adopt.terraform.adopt import Adopted, Options, adopt
from operations.adopt.terraform.foreseeing import Fate
from operations.adopt.terraform.found import FoundObject
from operations.adopt.terraform.way_over import way_over
from tests.operations.adopt.terraform.recognizers.aws.drafts import network as aws_network
from tests.operations.adopt.terraform.recognizers.aws.test_ways_in import connection, customer
from tests.operations.adopt.terraform.recognizers.google import test_gke_clusters as gke
from tests.operations.adopt.terraform.recognizers.google import test_user_clusters as vmware
from tests.operations.adopt.terraform.recognizers.google import test_vpns as vpns
from tests.operations.adopt.terraform.recognizers.google.foreign import (
    HOST,
    NETWORK,
    NODES,
    REGION,
    secondary,
    subnet,
    thing,
)
from tests.operations.adopt.terraform.states import resource, state, written

PROJECT = thing("project", "host", project_id=HOST, number="738201945562", id=f"projects/{HOST}")


def stated(*objects: FoundObject) -> list[dict[str, Any]]:
    """Objects as resources of a state, in the module that they stand in."""
    return [resource(*_parts(one), module="module.core", keys=_keys(one)) for one in objects]


def _parts(one: FoundObject) -> tuple[str, Mapping[str, Any]]:
    kind, _, name = one.address.removeprefix("module.core.").partition(".")
    return f"google_{kind}.{name.partition('[')[0]}", one.attributes


def _keys(one: FoundObject) -> tuple[str, ...]:
    index = one.address.partition("[")[2].removesuffix("]")
    return (json.loads(index),) if index else ()


def moved_in(folder: Path, *states: Mapping[str, Any], says: str = "") -> Adopted:
    """What becomes of states in an environment that says nothing else."""
    environments = folder / "environments"
    environments.mkdir()
    (environments / "organization.yaml").write_text("{name: kl, domain: example.com, promotion: [prod]}\n")
    (environments / "prod.yaml").write_text(f"environment: prod\nstate: {{local: {{}}}}\n{says}")
    return adopt(written(folder, *states), Options("prod", folder=environments))


def said(adopted: Adopted) -> dict[str, str]:
    """Why something has no place, by its address and attribute."""
    return {
        ": ".join(filter(None, (one.origin.address.removeprefix("module.core."), one.attribute))): one.why
        for one in adopted.draft.left
    }


def fates(adopted: Adopted, *wanted: Fate) -> list[str]:
    """The objects of some fates, by their addresses in the other Terraform."""
    return sorted(one.found.address.removeprefix("module.core.") for one in adopted.of(*wanted) if one.found)


def taken(adopted: Adopted) -> set[str]:
    """The types that come over by an import."""
    return {one.type for one in adopted.taken}


def with_all(one: FoundObject, **more: Any) -> FoundObject:
    """An object with what its provider keeps beside what the test is about."""
    return replace(one, attributes={**more, **one.attributes})


def whole(objects: list[FoundObject]) -> list[FoundObject]:
    """A VPN with what tunnels and gateways keep."""
    more: dict[str, dict[str, Any]] = {
        "google_compute_vpn_tunnel": {"ike_version": 2},
        "google_compute_external_vpn_gateway": {"project": HOST},
    }
    return [with_all(one, **more.get(one.type, {})) for one in objects]


HERE = f"host_project: {{id: {HOST}, number: 738201945562}}, region: {REGION}"
PROJECTS_STAY = "is a project, and projects stand before these files do"


def test_a_hub_and_spoke_vpn(tmp_path: Path) -> None:
    """The hub's VPN to the data centers comes over; the branch's, a classic one, the peering and the spoke stay."""
    place = {"name": "branch", "project": HOST, "region": REGION, "network": NETWORK.at("id")}
    spoke = {"project": "acme-spoke", "name": "spoke", "id": "projects/acme-spoke/global/networks/spoke"}
    hub = [*vpns.line("dc-a", 0, "169.254.50.1/30"), *vpns.line("dc-b", 1, "169.254.50.5/30")]
    branch = vpns.line("branch", 0, "169.254.50.9/30", ends=("ha-branch", "branch"))
    said_first = (
        "{cidr: 10.1.0.0/20, pods: 10.4.0.0/16, services: 10.5.0.0/20, name: nodes, pods_name: gke-pods, "
        "services_name: gke-svc}"
    )
    network = f"network: {{onprem_prefixes: [10.200.0.0/16], subnets: {{nodes: {said_first}}}}}"

    adopted = moved_in(
        tmp_path,
        state(
            *stated(
                PROJECT,
                NETWORK,
                NODES,
                *whole([*vpns.DATA_CENTER, *hub]),
                vpns.gateway("ha-branch"),
                vpns.external("branch", "198.51.100.9", kind="SINGLE_IP_INTERNALLY_REDUNDANT"),
                *branch,
                thing("compute_vpn_gateway", "old", id="old", **place),
                thing("compute_network", "spoke", auto_create_subnetworks=False, **spoke),
                thing("compute_network_peering", 'spokes["apps"]', name="apps", id="hub/apps"),
            )
        ),
        says=f"google: {{{HERE}, {network}}}\n",
    )

    second = "leads to a second place of its kind beside module.core.google_compute_external_vpn_gateway.dc, and an environment has one"
    assert said(adopted) == {
        "google_compute_external_vpn_gateway.branch": second,
        "google_compute_vpn_tunnel.branch": second,
        "google_compute_ha_vpn_gateway.ha-branch": "has no tunnel that is taken over",
        "google_compute_router_interface.branch": "is no tunnel's that is taken over",
        "google_compute_router_peer.branch": "is no tunnel's that is taken over",
        "google_compute_vpn_gateway.old": "is a classic VPN, and VPNs here are HA",
        "google_compute_network.spoke": "stands in another project than the host project",
        "google_project.host": PROJECTS_STAY,
    }
    assert [one.address for one in adopted.not_recognized] == [
        'module.core.google_compute_network_peering.spokes["apps"]'
    ]
    assert fates(adopted, Fate.REPLACED) == []
    assert fates(adopted, Fate.MOVED) == ["google_compute_vpn_tunnel.dc-a", "google_compute_vpn_tunnel.dc-b"]
    assert taken(adopted) >= {"google_compute_external_vpn_gateway", "google_compute_router_peer"}


def test_a_shared_vpc_with_two_gke_clusters(tmp_path: Path) -> None:
    """One of the host project and one of a service project; an Autopilot cluster, and one without a key, stay."""
    shop = {"project_id": "acme-shop", "number": "838201945562", "id": "projects/acme-shop"}
    attached = {"id": f"{HOST}/acme-shop", "host_project": HOST, "service_project": "acme-shop"}
    ranges = secondary(shop_pods="10.6.0.0/16", shop_svc="10.7.0.0/20")
    theirs = subnet("shop", "10.2.0.0/20", secondary_ip_range=ranges)
    third = subnet("plain", "10.3.0.0/20", secondary_ip_range=secondary(p="10.8.0.0/16", s="10.9.0.0/20"))
    public = [{**gke.PRIVATE, "enable_private_endpoint": False, "master_ipv4_cidr_block": "172.16.2.0/28"}]
    second = gke.cluster(
        "shop",
        name="shop",
        project="acme-shop",
        id=f"projects/acme-shop/locations/{REGION}/clusters/shop",
        subnetwork=theirs.at("self_link"),
        private_cluster_config=public,
    )
    plain = gke.cluster(
        "plain",
        name="plain",
        id=f"projects/{HOST}/locations/{REGION}/clusters/plain",
        subnetwork=third.at("self_link"),
        private_cluster_config=[{**gke.PRIVATE, "master_ipv4_cidr_block": "172.16.3.0/28"}],
        database_encryption=[{"state": "DECRYPTED", "key_name": ""}],
    )

    adopted = moved_in(
        tmp_path,
        state(
            *stated(
                PROJECT,
                thing("project", "shop", **shop),
                thing("compute_shared_vpc_host_project", project=HOST, id=HOST),
                thing("compute_shared_vpc_service_project", 'service["shop"]', **attached),
                NETWORK,
                NODES,
                theirs,
                third,
                gke.KEY,
                gke.ACCOUNT,
                gke.CLUSTER,
                gke.POOL,
                second,
                gke.pool("shop", cluster="shop", project="acme-shop"),
                plain,
                gke.cluster("auto", name="auto", enable_autopilot=True, id="auto"),
            )
        ),
        says=f"google: {{{HERE}}}\nfleet: {{}}\n",
    )

    account = "google_container_node_pool.node_config.service_account"
    why = said(adopted)
    assert set(why) == {
        "google_container_cluster.auto",
        "google_container_cluster.plain",
        "google_container_cluster.plain: database_encryption",
        f"google_container_cluster.plain: {account}",
        f"google_container_cluster.shop: {account}",
        "google_container_cluster.shop: private_cluster_config.enable_private_endpoint",
        'google_compute_subnetwork.subnet["europe-west4/plain"]: secondary_ip_range',
        "google_project.host",
        "google_project.shop",
    }
    assert (
        why["google_container_cluster.auto"] == "is an Autopilot cluster, and clusters here have node pools"
    )
    assert "google.gke_clusters.plain.secrets_key: is missing" in why["google_container_cluster.plain"]
    assert (
        why["google_container_cluster.shop: private_cluster_config.enable_private_endpoint"]
        == "has a public endpoint, which no cluster here has"
    )
    assert taken(adopted) >= {"google_compute_shared_vpc_service_project", "google_compute_subnetwork"}
    assert sorted(adopted.draft.at("google", "gke_clusters")) == ["main", "shop"]
    assert adopted.draft.at("google", "gke_clusters", "shop", "project") == "acme-shop"


def test_a_transit_gateway_with_vpn(tmp_path: Path) -> None:
    """The connections to Google Cloud come over from both ends; the one to an office and another VPC stay."""
    on_it = {"transit_gateway_id": "tgw-1"}
    session = {"peer_asn": 64700, "import_policies": ["bounded"]}
    aws = [
        *aws_network(),
        resource("aws_ec2_transit_gateway.hub", {"id": "tgw-1", "amazon_side_asn": "64700"}),
        resource(
            "aws_ec2_transit_gateway_vpc_attachment.spokes",
            {"id": "a-1", "vpc_id": "vpc-1", **on_it},
            {"id": "a-2", "vpc_id": "vpc-2", **on_it},
            keys=("main", "data"),
        ),
        resource(
            "aws_vpn_connection.google",
            connection("a", "169.254.60.0/30", tunnel2_inside_cidr="169.254.60.4/30"),
            connection("b", "169.254.60.8/30", tunnel2_inside_cidr="169.254.60.12/30"),
            keys=(0, 1),
        ),
        resource("aws_customer_gateway.google", customer("a"), customer("b"), keys=(0, 1)),
        resource("aws_vpn_connection.office", connection("office", "169.254.9.0/30")),
        resource("aws_customer_gateway.office", customer("office")),
    ]
    google = [PROJECT, NETWORK, NODES, vpns.router(), *whole(vpns.to_aws(session=session))]

    adopted = moved_in(tmp_path, state(*stated(*google)), state(*aws))

    no_end = (
        "VPNs of AWS lead to Google Cloud here, and the states have no end there with tunnels of these ranges"
    )
    assert said(adopted) == {
        "aws_vpn_connection.office": no_end,
        "aws_customer_gateway.office": no_end,
        'aws_ec2_transit_gateway_vpc_attachment.spokes["data"]': "stands in another VPC than vpc-1, and no cluster of the file stands there",
        "google_project.host": PROJECTS_STAY,
    }
    assert adopted.not_recognized == []
    assert fates(adopted, Fate.REPLACED) == []
    assert fates(adopted, Fate.MOVED) == [f"google_compute_vpn_tunnel.aws{number}" for number in range(4)]
    assert taken(adopted) >= {"aws_ec2_transit_gateway", "aws_vpn_connection", "aws_customer_gateway"}
    text = "\n".join(" ".join(words) for words in _commands(adopted))
    assert "'aws_vpn_connection.google[0]'" in text
    assert "'aws_vpn_connection.google[1]'" in text
    assert "office" not in text


def test_a_cluster_of_the_gke_on_prem_api(tmp_path: Path) -> None:
    """It comes over with its pools; one of the old kind is to be migrated first, and an F5 has no place."""
    old = vmware.cluster("old", name="old", enable_control_plane_v2=False)
    f5 = vmware.cluster("f5", name="f5", load_balancer=[{"f5_config": [{"address": "10.9.0.9"}]}])
    ips = vmware.block(*vmware.nodes("10.9.0.20", "10.9.0.21", "10.9.0.22", "10.9.0.23"))
    nodes = vmware.network(static_ip_config=[{"ip_blocks": ips}])
    pool = vmware.pool(
        "workers", config=[{"replicas": 3, "image_type": "ubuntu_cgv2", "enable_load_balancer": True}]
    )
    admin = f"admin_cluster: {{membership: {vmware.ADMIN}, version: 1.35.0-gke.525}}"

    adopted = moved_in(
        tmp_path,
        state(*stated(PROJECT, vmware.LENDS, with_all(vmware.cluster(network_config=nodes)), pool, old, f5)),
        says=f"google: {{{HERE}}}\nfleet: {{}}\nvmware: {{location: {vmware.LOCATION}, {admin}}}\n",
    )

    assert said(adopted) == {
        "google_gkeonprem_vmware_cluster.old": "is a kubeception cluster, which no supported version has",
        "google_gkeonprem_vmware_cluster.f5": "has the integrated F5, which no supported version has",
        "google_project.host": PROJECTS_STAY,
    }
    assert sorted(adopted.draft.at("vmware", "user_clusters")) == ["shop"]
    assert adopted.draft.at("vmware", "user_clusters", "shop", "node_pools", "workers", "replicas") == 3
    assert "google_gkeonprem_vmware_cluster.shop" in fates(adopted, *Fate)


def _commands(adopted: Adopted) -> Iterator[tuple[str, ...]]:
    return (commands for _, commands in way_over(adopted, written=True))
