"""Clusters that nothing here makes, in the companion stack that attaches clusters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from estate.model.environment import Environment
from tests.model.access.estates import environment
from tests.model.aws.eks_documents import AWS
from tests.model.fleet.attached_documents import AKS, INSIDE, PUBLIC
from tests.stacks.test_attach_stack import synthesize


def attaching(*, aws: dict[str, Any] | None = None, **clusters: dict[str, Any]) -> Environment:
    """An environment whose fleet has these clusters of others."""
    fleet = {"features": {"policy_controller": {}}, "attached_clusters": clusters}
    return environment("dev", fleet=fleet, aws=aws)


def test_a_cluster_of_others_becomes_a_member(tmp_path: Path) -> None:
    """By what the file says of its issuer, with its own administrators behind those of all clusters."""
    web = {**AKS, "admin_groups": ["web-ops@example.com"], "admin_users": ["ola@example.com"]}

    found = synthesize(tmp_path, attaching(web=web))

    assert found.one("google_container_attached_cluster") == {
        "name": "kl-dev-web",
        "project": "kl-dev-host",
        "location": "europe-north1",
        "distribution": "aks",
        "platform_version": "1.34.0-gke.2",
        "oidc_config": {"issuer_url": "https://westeurope.oic.prod-aks.azure.com/1b2c/3d4e/"},
        "fleet": {"project": "projects/123456789012"},
        "authorization": {
            "admin_groups": ["platform@example.com", "web-ops@example.com"],
            "admin_users": ["alice@example.com", "ola@example.com"],
        },
        "logging_config": {"component_config": {"enable_components": ["SYSTEM_COMPONENTS"]}},
        "depends_on": [found.address("helm_release")],
        "lifecycle": {"prevent_destroy": True},
    }


def test_an_administrator_stands_once(tmp_path: Path) -> None:
    """Whoever names it."""
    found = synthesize(tmp_path, attaching(web={**AKS, "admin_groups": ["platform@example.com"]}))

    cluster = found.one("google_container_attached_cluster")
    assert cluster["authorization"]["admin_groups"] == ["platform@example.com"]


def test_a_private_issuer_brings_its_keys(tmp_path: Path) -> None:
    """In the base64 that the service takes them in."""
    found = synthesize(tmp_path, attaching(inside=INSIDE))

    cluster = found.one("google_container_attached_cluster")
    assert cluster["distribution"] == "generic"
    assert cluster["oidc_config"] == {
        "issuer_url": "https://kubernetes.default.svc.cluster.local",
        "jwks": PUBLIC,
    }


def test_helm_logs_in_by_a_context_at_the_address_of_the_file(tmp_path: Path) -> None:
    """No credential stands anywhere, and AWS is not asked."""
    found = synthesize(tmp_path, attaching(web=AKS))

    assert set(found.json["provider"]) == {"google", "helm"}
    assert found.json["provider"]["helm"] == [
        {
            "alias": "attached-kl-dev-web",
            "kubernetes": {
                "host": "https://web-1.hcp.westeurope.azmk8s.io",
                "config_context": "aks-web",
            },
        }
    ]
    assert found.one("helm_release")["provider"] == "helm.attached-kl-dev-web"


def test_teams_and_features_reach_it_as_any_member(tmp_path: Path) -> None:
    """By the name of its membership."""
    found = synthesize(tmp_path, attaching(web=AKS))

    assert found.one("google_gke_hub_membership_binding")["membership_id"] == "kl-dev-web"
    feature = found.one("google_gke_hub_feature_membership")
    assert (feature["feature"], feature["membership_location"]) == ("policycontroller", "global")


def test_it_stands_beside_an_eks_cluster(tmp_path: Path) -> None:
    """Each with a way in of its own; an environment in AWS with no EKS cluster asks AWS for nothing."""
    both = synthesize(tmp_path / "a", attaching(web=AKS, aws=AWS))
    alone = synthesize(tmp_path / "b", attaching(web=AKS, aws={**AWS, "eks_clusters": {}, "kms_keys": {}}))

    assert [one["alias"] for one in both.json["provider"]["helm"]] == ["cloud", "attached-kl-dev-web"]
    assert len(both.resources("google_container_attached_cluster")) == 2
    assert "aws" not in alone.json["provider"]


def test_a_cluster_that_leaves_keeps_its_way_in(tmp_path: Path) -> None:
    """Its agent is taken away through the provider that installed it."""
    there = attaching(web={**AKS, "leaves": True})

    found = synthesize(tmp_path, there)

    assert there.members == ()
    assert found.counts() == {}
    assert [one["alias"] for one in found.json["provider"]["helm"]] == ["attached-kl-dev-web"]


def test_a_way_in_goes_by_the_name_of_the_membership(tmp_path: Path) -> None:
    """Which stays when the key is renamed, and may begin with a digit."""
    found = synthesize(tmp_path, attaching(shop={**AKS, "name": "1web"}))

    assert [one["alias"] for one in found.json["provider"]["helm"]] == ["attached-1web"]
    assert found.one("helm_release")["provider"] == "helm.attached-1web"
