"""Fleets and their features, as others set them up."""

from __future__ import annotations

from typing import Any

from operations.adopt.terraform.found import FoundObject
from tests.operations.adopt.terraform.recognizers.google.foreign import HOST, drafted, left, thing
from tests.operations.adopt.terraform.recognizers.google.test_gke_clusters import CLUSTER, POOL, made

LENDS = thing("compute_shared_vpc_host_project", project=HOST)


def feature(name: str, **attributes: Any) -> FoundObject:
    """A feature of the fleet."""
    return thing(
        "gke_hub_feature", name, **{"project": HOST, "location": "global", "name": name, **attributes}
    )


def member(of: str, name: str, **block: Any) -> FoundObject:
    """How a feature is set up in a cluster."""
    path = f"projects/{HOST}/locations/global/memberships/{name}"
    return thing("gke_hub_feature_membership", name, project=HOST, feature=of, membership=path, **block)


def git(**said: Any) -> list[dict[str, Any]]:
    """Config Sync out of a repository."""
    return [{"config_sync": [{"git": [{"sync_repo": "https://git.acme.example/fleet", **said}]}]}]


def features(*objects: FoundObject) -> Any:
    """The features that the file gets."""
    return drafted(LENDS, *objects).at("fleet", "features")


def test_a_fleet_may_have_no_name() -> None:
    """It is one all the same."""
    fleet = thing("gke_hub_fleet", project=HOST, display_name="")

    assert drafted(LENDS, fleet).data["fleet"] == {}


def test_defaults_of_the_fleet_are_its_features() -> None:
    """With what differs from a default of ours."""
    hub = {
        "policy_content": [
            {"bundles": [{"bundle": "cis", "exempted_namespaces": ["kube-system"]}, {"bundle": "pss"}]}
        ],
        "audit_interval_seconds": 120,
        "exemptable_namespaces": ["infra"],
        "referential_rules_enabled": True,
        "mutation_enabled": True,
    }
    sync = git(
        sync_branch="trunk",
        sync_rev="v1",
        secret_type="gcpserviceaccount",  # noqa: S106 - the name of a kind of secret
        gcp_service_account_email="r@acme-net.iam.gserviceaccount.com",
        policy_dir="base",
    )
    upgrade = {"upstream_fleets": ["77"], "post_conditions": [{"soaking": "86400s"}]}

    assert features(
        feature(
            "configmanagement",
            fleet_default_member_config=[{"configmanagement": [{"version": "1.21.0", **sync[0]}]}],
        ),
        feature(
            "policycontroller",
            fleet_default_member_config=[{"policycontroller": [{"policy_controller_hub_config": [hub]}]}],
        ),
        feature(
            "servicemesh", fleet_default_member_config=[{"mesh": [{"management": "MANAGEMENT_AUTOMATIC"}]}]
        ),
        feature("clusterupgrade", spec=[{"clusterupgrade": [upgrade]}]),
        feature("multiclusteringress", spec=[{"multiclusteringress": [{"config_membership": "m"}]}]),
        feature("rbacrolebindingactuation"),
    ) == {
        "config_sync": {
            "git": {
                "repo": "https://git.acme.example/fleet",
                "branch": "trunk",
                "revision": "v1",
                "secret_type": "gcpserviceaccount",
                "gcp_service_account_email": "r@acme-net.iam.gserviceaccount.com",
                "directory": "base",
            },
            "version": "1.21.0",
        },
        "policy_controller": {
            "bundles": {"cis": {"exempted_namespaces": ["kube-system"]}, "pss": {}},
            "audit_interval_seconds": 120,
            "exemptable_namespaces": ["infra"],
            "log_denies": False,
            "referential_rules": True,
            "mutation": True,
        },
        "service_mesh": {"management": "automatic"},
        "cluster_upgrade": {"upstream_fleet": 77, "soaking_days": 1},
        "multi_cluster_ingress": {"config_membership": "m"},
    }


def test_a_rollout_may_begin_here() -> None:
    """After what GKE says by itself."""
    assert features(feature("clusterupgrade", spec=[{"clusterupgrade": [{}]}])) == {"cluster_upgrade": {}}


def test_what_the_first_cluster_has_stands_for_all() -> None:
    """Where the fleet says nothing; a cluster that is not taken over says nothing either."""
    oci = [
        {"config_sync": [{"oci": [{"sync_repo": "registry.acme.example/fleet:v1"}], "prevent_drift": True}]}
    ]

    draft = made(
        CLUSTER,
        POOL,
        feature("configmanagement"),
        member("configmanagement", "gone", configmanagement=git()),
        member("configmanagement", "main", configmanagement=oci),
        member("servicemesh", "main", mesh=[{}]),
    )

    assert draft.at("fleet", "features") == {
        "config_sync": {
            "oci": {"repo": "registry.acme.example/fleet:v1", "secret_type": "none"},
            "prevent_drift": True,
        }
    }


def test_a_cluster_that_is_set_up_otherwise_says_so() -> None:
    """As a whole."""
    draft = made(
        CLUSTER,
        POOL,
        feature(
            "servicemesh", fleet_default_member_config=[{"mesh": [{"management": "MANAGEMENT_AUTOMATIC"}]}]
        ),
        member("servicemesh", "main", mesh=[{"management": "MANAGEMENT_MANUAL"}]),
    )

    assert draft.at("fleet", "features", "service_mesh") == {
        "management": "automatic",
        "clusters": {"main": {"management": "manual"}},
    }


def test_what_nothing_here_sets_up_is_listed() -> None:
    """Other features, one that says nothing, and memberships by themselves."""
    membership = thing("gke_hub_membership", "m", project=HOST, membership_id="m")

    draft = drafted(LENDS, feature("workloadcertificate"), feature("policycontroller"), membership)

    assert left(draft) == {
        "gke_hub_feature.workloadcertificate": "is feature workloadcertificate, which nothing here sets up",
        "gke_hub_feature.policycontroller": "is on, and says nothing of any cluster",
        "gke_hub_membership.m": "is a membership by itself, and a cluster here registers itself, which takes over one of its "
        "own name",
    }


def test_the_membership_of_a_cluster_of_others_is_written_by_hand() -> None:
    """With what the state has of it; that of an EKS cluster in the states is told of beside that."""
    attached = thing(
        "container_attached_cluster",
        project=HOST,
        name="web",
        location="europe-west1",
        distribution="aks",
        platform_version="1.34.0-gke.2",
        kubernetes_version="v1.34.6",
        oidc_config=[{"issuer_url": "https://aks.example.com/"}],
    )
    eks = FoundObject(
        "acme.tfstate",
        "aws_eks_cluster.a",
        "aws_eks_cluster",
        {"identity": [{"oidc": [{"issuer": "https://eks.example.com"}]}]},
    )
    of_it = thing(
        "container_attached_cluster",
        "eks",
        project=HOST,
        oidc_config=[{"issuer_url": "https://eks.example.com"}],
    )

    [one] = drafted(LENDS, attached, of_it, eks).left

    assert one.origin is attached
    assert (
        'KEY: {name: "web", distribution: "aks", kubernetes: "1.34", platform_version: "1.34.0-gke.2", '
        'location: "europe-west1", issuer: "https://aks.example.com/", ...'
    ) in one.instead
