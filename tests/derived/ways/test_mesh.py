"""What gets through between the clusters of a mesh: exactly what its objects need, in every table."""

from __future__ import annotations

from ipaddress import IPv4Network, collapse_addresses
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.derived.fleet.mesh import EAST_WEST_PORT, mesh_members
from estate.derived.google.allows import MESH_PORT, allows
from estate.derived.google.authorized import authorized_networks
from estate.derived.ways.way import Kind
from estate.derived.ways.ways import ways
from estate.facts.ways import clouds
from estate.model.environment import Environment
from operations.check.openings import openings
from tests.model.access.estates import organization
from tests.model.google.documents import CLUSTER as IN_GOOGLE
from tests.model.google.documents import ENVIRONMENT, SUBNET, with_
from tests.model.vmware.documents import CLUSTER as ON_PREM
from tests.model.vmware.documents import moved

CSM = {"control_plane": "csm", "version": "1.31.3-asm.9"}
ISTIO = {"control_plane": "istio", "version": "1.31.4"}
SAID: dict[str, dict[str, Any]] = {
    "apps": {**CSM, "east_west_vip": "10.21.0.220"},
    "data": {**CSM, "east_west_vip": "10.22.0.220"},
    "cloud": {**ISTIO, "east_west_vip": "10.64.0.200"},
    "second": {**ISTIO, "east_west_vip": "10.65.0.200"},
}
CALLERS = {
    "apps": ("10.21.0.0/24",),
    "data": ("10.22.0.0/24",),
    "cloud": ("10.64.0.0/20", "10.68.0.0/16"),
    "second": ("10.65.0.0/20", "10.70.0.0/16"),
}
"""Where nodes and pods of each begin to speak, by the documents below."""
MESH = (clouds.CALL_MESH, clouds.FIND_ENDPOINTS)
Row = tuple[str, str, str]


def document() -> dict[str, Any]:
    """Two clusters on VMware and two in Google Cloud, each in a network of its own."""
    found = with_(ENVIRONMENT, "vmware.user_clusters.data", moved(ON_PREM, "10.22.0"))
    prefixes = ["10.20.21.0/24", "10.21.0.0/24", "10.22.0.0/24", "10.30.0.0/16"]
    found = with_(found, "google.network.onprem_prefixes", prefixes)
    other = {**SUBNET, "cidr": "10.65.0.0/20", "pods": "10.70.0.0/16", "services": "10.74.0.0/20"}
    found = with_(found, "google.network.subnets.other", other)
    second = {**IN_GOOGLE, "subnet": "other", "control_plane_cidr": "172.16.0.16/28"}
    return with_(found, "google.gke_clusters.second", second)


def meshed(*keys: str, **mesh: Any) -> Environment:
    """The environment in whose mesh these clusters are joined."""
    said = {"clusters": {key: SAID[key] for key in keys}, **mesh}
    return Environment.model_validate(with_(document(), "fleet", {"features": {"service_mesh": said}}))


def rows(environment: Environment) -> set[Row]:
    """Who reaches which address at which port for the mesh, range by range."""
    return {
        (str(source), str(target), port)
        for way in ways(environment, "kl").ways
        if way.reason in MESH
        for source in way.source.ranges
        for target in way.target.ranges
        for port in way.ports
    }


def needed(environment: Environment) -> set[Row]:
    """The same, by what the clusters tell each other: proxies the gateway's address, control planes the API's."""
    members = mesh_members(environment, organization(promotion=("dev",)))
    return {
        (source, target, port)
        for caller, called in permutations(members, 2)
        for source in CALLERS[caller.key]
        for target, port in (
            (f"{called.east_west_vip}/32", "tcp:15443"),
            (str(called.api), "tcp:443"),
        )
    }


@given(st.sets(st.sampled_from(sorted(SAID)), min_size=1))
def test_rows_are_what_the_objects_need(keys: set[str]) -> None:
    """Whichever clusters are joined; those that are not are in no row, and one alone speaks to nobody."""
    environment = meshed(*sorted(keys))

    assert rows(environment) == needed(environment)


@given(st.sets(st.sampled_from(sorted(SAID)), min_size=1))
def test_the_network_in_google_cloud_lets_in_exactly_that(keys: set[str]) -> None:
    """At the gateways' port to nodes of joined clusters, from the others of them; nothing of the mesh to anybody else."""
    environment = meshed(*sorted(keys))
    google = keys & {"cloud", "second"}
    callers = {source for called in google for caller in keys - {called} for source in CALLERS[caller]}

    found = [allow for allow in allows(environment) if "tcp:15443" in allow.ports]
    assert {str(source) for allow in found for source in allow.sources} == callers
    assert [(allow.key, allow.ports) for allow in found] == ([("mesh", ("tcp:15443",))] if callers else [])
    assert {key for allow in found for key in allow.clusters} == (google if callers else set())


@given(st.sets(st.sampled_from(sorted(SAID)), min_size=1))
def test_an_api_is_open_to_nobody_without_a_mesh_that_needs_it(keys: set[str]) -> None:
    """To the data centers, who administer it, and to GKE clusters that are joined with it."""
    environment = meshed(*sorted(keys))
    assert environment.google

    for key, cluster in environment.google.gke_clusters.items():
        said = authorized_networks(environment, cluster).items()
        mesh = {str(cidr) for name, cidr in said if name.startswith("mesh ")}
        others = (keys & {"cloud", "second"}) - {key} if key in keys else set()
        assert mesh == {source for other in others for source in CALLERS[other]}
        assert {name.partition(" ")[0] for name, _ in said} <= {"mesh", "onprem"}


@given(st.sets(st.sampled_from(sorted(SAID)), min_size=1))
def test_the_data_centers_are_told_of_what_crosses_them_alone(keys: set[str]) -> None:
    """What stays within Google Cloud is in no row of theirs, and all else is."""
    environment = meshed(*sorted(keys))
    crossing = {
        (source, target, port)
        for way in ways(environment, "kl").ways
        if way.reason in MESH and Kind.DATA_CENTER in way.kinds
        for source, target, port in ((str(way.source), str(way.target), ", ".join(way.ports)),)
    }
    told = [one for one in openings(environment) if "gateway of" in one.why or "for the mesh" in one.why]

    assert {(source, one.target, one.port) for one in told for source in one.source.split(", ")} == {
        (part, target, port) for source, target, port in crossing for part in source.split(", ")
    }


def test_both_tables_of_a_hybrid_mesh() -> None:
    """One cluster in each place: as many rows as it takes, at single addresses."""
    environment = meshed("apps", "cloud")

    assert [
        (one.source, one.target, one.port, one.why)
        for one in openings(environment)
        if "gateway of" in one.why or "for the mesh" in one.why
    ] == [
        ("10.21.0.0/24", "10.64.0.200/32", "tcp:15443", "east-west gateway of GKE cluster cloud"),
        ("10.21.0.0/24", "172.16.0.0/28", "tcp:443", "Kubernetes API of GKE cluster cloud, for the mesh"),
        ("10.64.0.0/20, 10.68.0.0/16", "10.21.0.220", "tcp:15443", "east-west gateway of user cluster apps"),
        (
            "10.64.0.0/20, 10.68.0.0/16",
            "10.21.0.5",
            "tcp:443",
            "Kubernetes API of user cluster apps, for the mesh",
        ),
    ]
    [mesh] = [allow for allow in allows(environment) if allow.key == "mesh"]
    assert (mesh.sources, mesh.clusters, mesh.ports) == (
        (IPv4Network("10.21.0.0/24"),),
        ("cloud",),
        ("tcp:15443",),
    )
    [onprem] = [allow for allow in allows(environment) if allow.key == "onprem"]
    assert onprem.ports == ("icmp", "tcp:443")


def test_a_mesh_that_joins_nobody_stays_what_it_was() -> None:
    """Any cluster may be joined by hand, so that gateways stay open to all data centers."""
    [onprem] = [allow for allow in allows(meshed()) if allow.key == "onprem"]

    assert onprem.ports == ("icmp", "tcp:443", "tcp:15443")
    assert [allow.key for allow in allows(meshed()) if allow.key == "mesh"] == []
    assert any(target.startswith("10.21.0.5") for _, target, port in rows(meshed()) if port == "tcp:443")


def test_clusters_in_one_subnet_have_no_firewall_between_them() -> None:
    """On VMware: what is asked of no table is in none."""
    environment = meshed("apps", "data")
    assert environment.vmware
    there = environment.vmware.user_clusters
    moved_in = there["data"].model_copy(
        update={"network": there["data"].network.model_copy(update={"cidr": there["apps"].network.cidr})}
    )
    together = environment.model_copy(
        update={
            "vmware": environment.vmware.model_copy(update={"user_clusters": {**there, "data": moved_in}})
        }
    )

    assert rows(together) == set()


@pytest.mark.parametrize(("keys", "open_"), [(("cloud", "apps"), True), (("apps", "data"), False)])
def test_istiod_is_called_whether_the_file_says_its_port_or_not(keys: tuple[str, ...], open_: bool) -> None:  # noqa: FBT001 - parametrized
    """By the control plane of a joined cluster; the file's ports alone are open in others."""
    forgotten = with_(document(), "google.gke_clusters.cloud.webhook_ports", [9443])
    forgotten = with_(forgotten, "google.gke_clusters.second.webhook_ports", [9443])
    said = {"clusters": {key: SAID[key] for key in keys}}
    environment = Environment.model_validate(with_(forgotten, "fleet", {"features": {"service_mesh": said}}))

    [control_plane] = [one for one in allows(environment) if one.key == "gke-control-plane"]
    assert ("tcp:15017" in control_plane.ports) is open_
    called = [
        way.ports
        for way in ways(environment, "kl").ways
        if way.reason is clouds.CALL_KUBELETS and way.source.name == "kl-dev-cloud"
    ]
    assert [("tcp:15017" in ports) for ports in called] == [open_]


def test_no_range_stands_twice() -> None:
    """What lies in another is no row of its own."""
    [mesh] = [one for one in allows(meshed("apps", "data", "cloud", "second")) if one.key == "mesh"]

    assert list(collapse_addresses(mesh.sources)) == list(mesh.sources)


def test_one_port_is_meant_everywhere() -> None:
    """By the objects, by the network in Google Cloud and by what data centers are told."""
    assert f"tcp:{EAST_WEST_PORT}" == MESH_PORT == clouds.MESH


def test_a_joined_api_is_open_to_nodes_and_pods_of_the_others_in_google_cloud() -> None:
    """Beside the data centers, which it is open to in any case; one that is not joined stays as it is."""
    environment = meshed("apps", "cloud", "second")
    assert environment.google
    clusters = environment.google.gke_clusters

    names = list(authorized_networks(environment, clusters["cloud"]))
    assert names[-2:] == ["mesh 10.65.0.0/20", "mesh 10.70.0.0/16"]
    assert all(name.startswith("onprem ") for name in names[:-2])
    alone = meshed("apps", "second")
    assert alone.google
    assert all(
        name.startswith("onprem ") for name in authorized_networks(alone, alone.google.gke_clusters["cloud"])
    )
