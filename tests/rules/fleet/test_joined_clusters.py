"""What joined clusters may say: where a control plane runs, by which version, and at which address it is reached."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.rules import broken_rules
from tests.model.access.estates import estate, organization
from tests.model.google.documents import ENVIRONMENT, with_
from tests.model.refusals import refusals
from tests.model.vmware.documents import MANUAL

CSM: dict[str, Any] = {"control_plane": "csm", "version": "1.31.3-asm.9", "east_west_vip": "10.21.0.220"}
ISTIO: dict[str, Any] = {"control_plane": "istio", "version": "1.31.4", "east_west_vip": "10.64.0.200"}
MESH = "fleet.features.service_mesh"


def document(*, apps: dict[str, Any] = CSM, cloud: dict[str, Any] = ISTIO, **mesh: Any) -> dict[str, Any]:
    """An environment with a mesh of apps, on VMware, and cloud, in Google Cloud."""
    said = {"clusters": {"apps": apps, "cloud": cloud}, **mesh}
    return with_(ENVIRONMENT, "fleet", {"features": {"service_mesh": said}})


def test_a_mesh_over_both_sites_is_taken() -> None:
    """With one minor version between them."""
    assert refusals(Environment, document()) == {}
    assert refusals(Environment, document(cloud={**ISTIO, "version": "1.30.8"})) == {}
    assert refusals(Environment, document(shared_hosts=["*.shop.svc.cluster.local"])) == {}


def test_clusters_that_the_file_lacks_are_told_once() -> None:
    """And nothing of the mesh beside it."""
    whole = document()
    whole["google"] = {**whole["google"], "gke_clusters": {}}

    assert list(refusals(Environment, whole)) == [f"{MESH}.clusters.cloud"]


@pytest.mark.parametrize(
    ("one", "path", "words"),
    [
        (
            document(cloud={**CSM, "east_west_vip": "10.64.0.200"}),
            "clusters.cloud.control_plane",
            "must be istio",
        ),
        (
            document(apps={**CSM, "version": "1.29.10-asm.4"}),
            "clusters.cloud.version",
            "at most one minor version from 1.29.10-asm.4 of apps",
        ),
        (
            document(cloud={**ISTIO, "version": "1.31.2"}),
            "clusters.cloud.version",
            "must be one of 1.31.4, 1.30.8",
        ),
        (
            document(apps={**CSM, "east_west_vip": "10.21.0.30"}),
            "clusters.apps.east_west_vip",
            "must be in a pool",
        ),
        (
            document(apps={**CSM, "east_west_vip": "10.21.0.200"}),
            "clusters.apps.east_west_vip",
            "than ingress_vip",
        ),
        (
            with_(
                with_(document(), "vmware.user_clusters.apps.load_balancer", {"manual": MANUAL}),
                "vmware.user_clusters.apps.node_pools",
                {"workers": {"replicas": 3}},
            ),
            "clusters.apps.east_west_vip",
            "needs load_balancer.metal_lb",
        ),
        (
            document(cloud={**ISTIO, "east_west_vip": "10.64.0.1"}),
            "clusters.cloud.east_west_vip",
            "must be in 10.64.0.2-10.64.15.253 of subnet gke",
        ),
        (
            with_(
                with_(
                    document(apps={**CSM, "version": "1.30.7-asm.9"}),
                    "vmware.user_clusters.apps.version",
                    "1.36.0-gke.532",
                ),
                "vmware.admin_cluster.version",
                "1.36.0-gke.532",
            ),
            "clusters.apps.version",
            "must be one that runs on Kubernetes 1.36",
        ),
        (document(shared_hosts=["*.kube-system.svc.cluster.local"]), "shared_hosts.0", "not the system's"),
        (
            document(shared_hosts=["kubernetes.default.svc.cluster.local"]),
            "shared_hosts.0",
            "not the system's",
        ),
    ],
)
def test_refuses_what_would_not_work_between_them(one: dict[str, Any], path: str, words: str) -> None:
    """Told at its place, with what is allowed."""
    found = refusals(Environment, one)

    assert words in found[f"{MESH}.{path}"], found


def test_a_cluster_in_a_subnet_that_is_not_there_is_told_by_that_alone() -> None:
    """An address has nothing to lie in then."""
    found = refusals(Environment, with_(document(), "google.gke_clusters.cloud.subnet", "other"))

    assert not [path for path in found if path.startswith(MESH)]


def test_every_control_plane_can_reach_the_others_apis() -> None:
    """Which lets no token of Kubernetes in at the DNS name."""
    found = refusals(
        Environment, with_(document(), "google.gke_clusters.cloud.private_endpoint", value=False)
    )

    assert (
        "must be true for a cluster with a control_plane"
        in found["google.gke_clusters.cloud.private_endpoint"]
    )


@pytest.mark.parametrize("gitops", [None, {}], ids=["no tree", "a tree"])
def test_what_is_joined_has_a_tree_that_says_so(gitops: dict[str, Any] | None) -> None:
    """Nothing else makes the gateway, and the firewall would be open for nobody."""
    shared = organization(promotion=("dev",), **({"gitops": gitops} if gitops is not None else {}))
    one = Environment.model_validate(document())

    found = [
        violation.path
        for violation in broken_rules(estate(shared, one))
        if "there is no tree" in violation.message
    ]

    paths = [("dev", *MESH.split("."), "clusters", key, "control_plane") for key in ("apps", "cloud")]
    assert found == ([] if gitops is not None else paths)
