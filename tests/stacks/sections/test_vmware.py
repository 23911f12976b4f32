"""The on-prem section in an environment's stack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.model.vmware.documents import ADMIN, CLUSTER, GOOGLE, SECTION, changed, moved
from tests.stacks.test_environment_stack import synthesize

CLUSTERS, POOLS = "google_gkeonprem_vmware_cluster", "google_gkeonprem_vmware_node_pool"


def test_every_cluster_and_pool_is_defined_under_its_keys(tmp_path: Path) -> None:
    """A key is part of the address, so that another one is another object."""
    section = changed(SECTION, user_clusters__data=moved(CLUSTER, "10.22.0"))

    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=section)

    assert sorted(name.rsplit("_", 1)[0] for name in found.resources(CLUSTERS)) == [
        "UserClusters_apps",
        "UserClusters_data",
    ]
    assert sorted(name.rsplit("_", 1)[0] for name in found.resources(POOLS)) == [
        f"UserClusters_{cluster}_NodePools_{pool}"
        for cluster in ("apps", "data")
        for pool in ("balancers", "workers")
    ]
    assert {body["name"] for body in found.resources(CLUSTERS).values()} == {"kl-dev-apps", "kl-dev-data"}


def test_an_output_says_the_admin_cluster_s_version(tmp_path: Path) -> None:
    """The admin cluster is no resource, and whoever reads the state wants to know what was applied."""
    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=SECTION)

    assert found.outputs["admin_cluster_version"]["value"] == ADMIN["version"]


def test_a_cluster_waits_for_every_api(tmp_path: Path) -> None:
    """They are switched on in batches, and what does not wait loses the race; the fleet stands in between."""
    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=SECTION)

    apis = {f"google_project_service.{name}" for name in found.resources("google_project_service")}
    assert len(apis) == 17
    assert set(found.one("google_gke_hub_fleet")["depends_on"]) == apis
    assert found.one(CLUSTERS)["depends_on"] == [found.address("google_gke_hub_fleet")]


def test_pools_go_where_their_cluster_goes(tmp_path: Path) -> None:
    """A cluster's own place in vCenter is its pools' too."""
    section = changed(SECTION, user_clusters__apps__vcenter={"datastore": "ds9"})

    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=section)

    assert found.one(CLUSTERS)["vcenter"] == {"datastore": "ds9"}
    assert {pool["config"]["vsphere_config"]["datastore"] for pool in found.resources(POOLS).values()} == {
        "ds9"
    }


@pytest.mark.parametrize(
    "section",
    [{"location": "europe-north1"}, {"location": "europe-north1", "admin_cluster": ADMIN}],
    ids=["foundation", "admin cluster"],
)
def test_before_its_first_user_cluster_an_environment_is_its_foundation(
    tmp_path: Path, section: dict[str, Any]
) -> None:
    """APIs, service accounts with their roles, and the fleet; the admin cluster is nobody's resource."""
    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=section)

    assert found.counts() == {
        "google_gke_hub_fleet": 1,
        "google_project_iam_member": 10,
        "google_project_service": 17,
        "google_service_account": 4,
    }


@pytest.mark.parametrize("protected", [True, False])
def test_clusters_are_protected_as_the_environment_says(tmp_path: Path, *, protected: bool) -> None:
    """Throw-away environments say otherwise."""
    found = synthesize(tmp_path, google=GOOGLE, fleet={}, vmware=SECTION, deletion_protection=protected)

    assert found.one(CLUSTERS)["lifecycle"] == {"prevent_destroy": protected}


def test_labels_reach_google_cloud_as_they_are_written(tmp_path: Path) -> None:
    """The binding would put underscores for hyphens in a provider's own map."""
    found = synthesize(tmp_path, google=GOOGLE, labels={"cost-center": "1"})

    assert found.json["provider"]["google"][0]["default_labels"] == {
        "cost-center": "1",
        "organization": "kl",
        "environment": "dev",
        "managed-by": "hybrid-kubernetes-as-code",
    }
