"""What Skiperator is told in each cluster."""

from __future__ import annotations

from typing import Any

import pytest

from estate.derived.clusters.contents import clusters
from estate.derived.clusters.skiperator import SkiperatorContents, skiperator_contents
from estate.derived.clusters.team_namespace import team_kits
from estate.model.access.kit import NetworkDefault
from estate.model.environment import Environment
from estate.model.skiperator import SkiperatorConfig
from tests.model.access.estates import estate, organization
from tests.model.google.documents import ENVIRONMENT, with_
from tests.operations.check.prerequisites_asked import on_prem


def told(
    cluster: str, document: dict[str, Any] = ENVIRONMENT, **skiperator: Any
) -> SkiperatorContents | None:
    """What it is told in a cluster of an environment with one on VMware and one in Google Cloud."""
    one = Environment.model_validate({**document, "skiperator": skiperator})
    return skiperator_contents(organization(), one, cluster, ["monitoring"])


def test_its_settings_follow_from_the_files() -> None:
    """In its own words, and in no other: it does not start with one that it does not know."""
    found = told("apps")

    assert found
    assert set(found.settings) == {
        "topologyKeys",
        "leaderElection",
        "isDeployment",
        "clusterCIDRExclusionEnabled",
        "clusterCIDRMap",
        "gcpIdentityProvider",
        "gcpWorkloadIdentityPool",
        "enableWebhooks",
    }
    host = ENVIRONMENT["google"]["host_project"]["id"]
    assert found.settings["gcpWorkloadIdentityPool"] == f"{host}.svc.id.goog"
    assert found.settings["gcpIdentityProvider"].startswith(
        f"https://gkehub.googleapis.com/projects/{host}/locations/"
    )
    assert found.settings["clusterCIDRExclusionEnabled"] is True
    assert found.settings["topologyKeys"] == ["kubernetes.io/hostname"]


def test_applications_stay_out_of_every_cluster_of_the_environment() -> None:
    """Of each node on VMware by its address, since other hosts share its subnet; of nodes in Google Cloud by the subnet."""
    found = told("cloud", webhooks=True, nodes_are_reachable=True)

    assert found
    one = Environment.model_validate(ENVIRONMENT)
    assert one.vmware
    assert one.google
    assert one.google.network
    apps, cloud = one.vmware.user_clusters["apps"], one.google.gke_clusters["cloud"]
    assert found.settings["clusterCIDRMap"] == {
        "clusters": [
            {
                "name": "kl-dev-apps",
                "controlPlaneCIDRs": [f"{ip}/32" for ip in (apps.control_plane.vip, *apps.control_plane.ips)],
                "workerNodeCIDRs": [f"{ip}/32" for ip in apps.network.node_ips],
            },
            {
                "name": "kl-dev-cloud",
                "controlPlaneCIDRs": [str(cloud.control_plane_cidr)],
                "workerNodeCIDRs": [str(one.google.network.subnets[cloud.subnet].cidr)],
            },
        ]
    }
    assert found.settings["topologyKeys"] == ["kubernetes.io/hostname", "topology.kubernetes.io/zone"]
    assert (found.settings["enableWebhooks"], found.settings["clusterCIDRExclusionEnabled"]) == (True, False)


def test_workers_with_changing_addresses_are_their_subnet() -> None:
    """A DHCP server gives them whichever it likes."""
    document = with_(
        with_(ENVIRONMENT, "vmware.user_clusters.apps.network.dhcp", value=True),
        "vmware.user_clusters.apps.network.node_ips",
        [],
    )
    found = told("apps", document)

    assert found
    [apps, _] = found.settings["clusterCIDRMap"]["clusters"]
    assert apps["workerNodeCIDRs"] == [ENVIRONMENT["vmware"]["user_clusters"]["apps"]["network"]["cidr"]]


def test_what_runs_the_cluster_is_left_alone() -> None:
    """The system's namespaces, those of software, and those that the file names."""
    found = told("apps", excluded_namespaces=["vault"])

    assert found
    assert {"kube-system", "istio-system", "skiperator-system", "monitoring", "vault"} <= set(found.excluded)
    assert list(found.excluded) == sorted(set(found.excluded))


def test_it_is_where_the_file_says() -> None:
    """Everywhere when nothing is named, nowhere without the section."""
    assert told("apps", clusters=["cloud"]) is None
    assert told("cloud", clusters=["cloud"]) is not None
    assert skiperator_contents(organization(), Environment.model_validate(ENVIRONMENT), "apps", []) is None


@pytest.mark.parametrize(
    ("skiperator", "default"), [(None, NetworkDefault.DENY_INGRESS), ({}, NetworkDefault.OPEN)]
)
def test_teams_namespaces_are_closed_by_one_alone(
    skiperator: dict[str, Any] | None, default: NetworkDefault
) -> None:
    """It closes them itself, and opens what applications ask for."""
    said = None if skiperator is None else SkiperatorConfig.model_validate(skiperator)
    one = on_prem().model_copy(update={"skiperator": said})
    whole = organization(
        promotion=("dev",),
        gitops={},
        teams={
            "web": {
                "group": "web@example.com",
                "namespace_prefix": "web-",
                "namespaces": ["web-shop"],
                "access": {"dev": "edit"},
                "network_default": "deny_ingress",
            }
        },
    )
    [apps] = clusters(estate(whole, one), ["dev"])

    assert [namespace.network_default for namespace in apps.namespaces] == [default]
    assert ("skiperator-system" in apps.others) is (skiperator is not None)
    assert team_kits(whole, one, "apps", []) == {}
