"""The clusters that are joined, by the names that both sides of each pair know them by."""

from __future__ import annotations

import string
from ipaddress import IPv4Address, IPv4Network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from estate.derived.fleet.mesh import MeshMember, control_plane_revision, mesh_members
from estate.model.cluster import ClusterKind
from estate.model.environment import Environment
from estate.model.fleet.service_mesh import ControlPlane
from tests.model.access.estates import organization
from tests.model.google.documents import CLUSTER as IN_GOOGLE
from tests.model.google.documents import ENVIRONMENT, SUBNET, with_
from tests.model.vmware.documents import CLUSTER as ON_PREM
from tests.model.vmware.documents import SECTION, moved

CSM = {"control_plane": "csm", "version": "1.31.3-asm.9", "east_west_vip": "10.21.0.220"}
ISTIO = {"control_plane": "istio", "version": "1.31.4", "east_west_vip": "10.64.0.200"}
JOINED: dict[str, Any] = {"clusters": {"apps": CSM, "cloud": ISTIO}}


def joined(mesh: dict[str, Any] | None) -> Environment:
    """An environment with a cluster on VMware, apps, and one in Google Cloud, cloud, and a mesh."""
    features = {"service_mesh": mesh} if mesh is not None else {}
    return Environment.model_validate(with_(ENVIRONMENT, "fleet", {"features": features}))


def test_members_are_known_by_one_name_and_reached_at_one_address() -> None:
    """A cluster outside of Google Cloud is global, as asmcli has it, too."""
    assert mesh_members(joined(JOINED), organization(promotion=("dev",))) == (
        MeshMember(
            key="apps",
            kind=ClusterKind.ON_PREM,
            name="cn-kl-dev-host-global-kl-dev-apps",
            network="dev-apps",
            mesh_id="proj-123456789012",
            control_plane=ControlPlane.CSM,
            version="1.31.3-asm.9",
            revision="asm-1313-9",
            east_west_vip=IPv4Address("10.21.0.220"),
            api=IPv4Network("10.21.0.5/32"),
        ),
        MeshMember(
            key="cloud",
            kind=ClusterKind.GOOGLE,
            name="cn-kl-dev-host-europe-north1-kl-dev-cloud",
            network="dev-cloud",
            mesh_id="proj-123456789012",
            control_plane=ControlPlane.ISTIO,
            version="1.31.4",
            revision="default",
            east_west_vip=IPv4Address("10.64.0.200"),
            api=IPv4Network("172.16.0.0/28"),
        ),
    )


@pytest.mark.parametrize(
    "environment",
    [
        joined(None),
        joined({}),
        joined({"revision": "asm-managed", "clusters": {"apps": {"revision": "asm-1313-9"}}}),
        Environment.model_validate({"environment": "dev", "state": {"local": {}}}),
    ],
    ids=["no mesh", "nothing said", "revisions alone", "no fleet"],
)
def test_a_mesh_joins_nobody_who_does_not_say_a_control_plane(environment: Environment) -> None:
    """What stood in files before stays what it was."""
    assert mesh_members(environment, organization(promotion=("dev",))) == ()


def test_a_revision_of_google_s_is_asmcli_s_own() -> None:
    """And that of the charts stays, because they renew in place."""
    assert control_plane_revision(ControlPlane.CSM, "1.29.10-asm.4") == "asm-12910-4"
    assert control_plane_revision(ControlPlane.ISTIO, "1.31.4") == "default"


KEYS = st.lists(
    st.text(string.ascii_lowercase, min_size=1, max_size=3).flatmap(
        lambda text: st.sampled_from([text, f"{text}-1"])
    ),
    unique=True,
    min_size=1,
    max_size=6,
)


@given(keys=KEYS, on_prem=st.integers(0, 6))
def test_any_clusters_have_networks_and_names_of_their_own_in_one_mesh(keys: list[str], on_prem: int) -> None:
    """Two clusters of one network would send to each other's pods past the gateway, where nothing routes."""
    there, cloud = keys[: on_prem % len(keys)], keys[on_prem % len(keys) :]
    document = with_(
        ENVIRONMENT,
        "vmware",
        {
            **SECTION,
            "user_clusters": {key: moved(ON_PREM, f"10.21.{place}") for place, key in enumerate(there)},
        },
    )
    document = with_(
        document,
        "google.network.subnets",
        {
            key: {
                **SUBNET,
                "cidr": f"10.64.{16 * place}.0/20",
                "pods": f"10.{70 + place}.0.0/16",
                "services": f"10.80.{16 * place}.0/20",
            }
            for place, key in enumerate(cloud)
        },
    )
    document = with_(
        document,
        "google.gke_clusters",
        {
            key: {**IN_GOOGLE, "subnet": key, "control_plane_cidr": f"172.16.0.{16 * place}/28"}
            for place, key in enumerate(cloud)
        },
    )
    prefixes = ["10.20.21.0/24", "10.21.0.0/16", "10.30.0.0/16"]
    document = with_(document, "google.network.onprem_prefixes", prefixes)
    on_vmware = {key: {**CSM, "east_west_vip": f"10.21.{place}.220"} for place, key in enumerate(there)}
    in_google = {
        key: {**ISTIO, "east_west_vip": f"10.64.{16 * place}.200"} for place, key in enumerate(cloud)
    }
    mesh = {"clusters": {**on_vmware, **in_google}}
    found = mesh_members(
        Environment.model_validate(with_(document, "fleet", {"features": {"service_mesh": mesh}})),
        organization(promotion=("dev",)),
    )

    assert {one.key for one in found} == set(keys)
    assert len({one.network for one in found}) == len({one.name for one in found}) == len(keys)
    assert {one.mesh_id for one in found} == {"proj-123456789012"}
