"""What a file says of the mesh: which clusters it joins, by what, and what they share."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.fleet.service_mesh import MutualTls, ServiceMesh
from tests.model.refusals import refusals

CSM = {"control_plane": "csm", "version": "1.31.3-asm.9", "east_west_vip": "10.21.0.220"}
ISTIO = {"control_plane": "istio", "version": "1.31.4", "east_west_vip": "10.64.0.200"}


def clusters(**apps: Any) -> dict[str, Any]:
    """A mesh of one cluster that says something else."""
    return {"clusters": {"apps": {key: value for key, value in {**CSM, **apps}.items() if value is not None}}}


def test_nothing_is_joined_shared_or_closed_until_it_is_said() -> None:
    """A mesh that a file has today stays what it is."""
    mesh = ServiceMesh.model_validate({"clusters": {"apps": {"revision": "asm-1313-9"}}})

    assert (mesh.joins, mesh.mtls, mesh.shared_hosts) == (False, MutualTls.PERMISSIVE, ())


def test_a_service_and_a_namespace_can_be_shared() -> None:
    """By the names that the mesh has for them."""
    hosts = ["web.shop.svc.cluster.local", "*.orders.svc.cluster.local"]
    mesh = ServiceMesh.model_validate(
        {"mtls": "strict", "shared_hosts": hosts, "clusters": {"apps": CSM, "cloud": ISTIO}}
    )

    assert (mesh.joins, mesh.mtls, mesh.shared_hosts) == (True, MutualTls.STRICT, tuple(hosts))


@pytest.mark.parametrize(
    ("mesh", "path", "words"),
    [
        (clusters(version=None), "clusters.apps.version", "must be said with control_plane: csm"),
        (clusters(east_west_vip=None), "clusters.apps.east_west_vip", "must be said with control_plane: csm"),
        (clusters(control_plane=None), "clusters.apps.version", "goes with control_plane"),
        (clusters(management="automatic"), "clusters.apps.management", "must be manual with control_plane"),
        (clusters(version="1.31.4"), "clusters.apps.version", "one of csm's such as 1.31.3-asm.9"),
        (clusters(control_plane="istio"), "clusters.apps.version", "one of istio's such as 1.31.4"),
        (clusters(version="1.28.2-asm.4"), "clusters.apps.version", "of a supported minor version"),
        (clusters(version="latest"), "clusters.apps.version", "match"),
        ({"control_plane": "csm"}, "control_plane", "not permitted"),
        ({"mtls": "strict"}, "mtls", "none has one"),
        ({"shared_hosts": ["web.shop.svc.cluster.local"]}, "shared_hosts", "none has one"),
        ({**clusters(), "shared_hosts": ["*"]}, "shared_hosts.0", "match"),
        ({**clusters(), "shared_hosts": ["*.svc.cluster.local"]}, "shared_hosts.0", "match"),
        ({**clusters(), "shared_hosts": ["a.b.svc.cluster.local"] * 2}, "shared_hosts.1", "a second time"),
    ],
)
def test_refuses_what_joins_nobody_or_too_much(mesh: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is told at its place, with what to do."""
    found = refusals(ServiceMesh, mesh)

    assert path in found, found
    assert words in found[path]
