"""Names that stay when a key is renamed."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.google.gke_cluster import GkeClusterConfig
from estate.model.google.google import GoogleConfig
from estate.model.organization import Organization
from estate.model.vmware.user_cluster import UserClusterConfig
from estate.model.vpn.aws import AwsVpnConfig
from estate.model.vpn.onprem import OnpremVpnConfig
from tests.model.aws.eks_documents import AWS as EKS
from tests.model.aws.eks_documents import CLUSTER as EKS_CLUSTER
from tests.model.aws.eks_documents import GROUP
from tests.model.google.documents import CLUSTER as GKE_CLUSTER
from tests.model.google.documents import GOOGLE, POOL, with_
from tests.model.refusals import refusals
from tests.model.vmware.documents import CLUSTER
from tests.model.vpn.documents import AWS_VPN, ONPREM


def team(group: str, **more: str) -> dict[str, Any]:
    """A team of one group."""
    return {
        "group": f"{group}@example.com",
        "namespace_prefix": f"{group}-",
        "access": {"dev": "view"},
        **more,
    }


def organization(**teams: Any) -> dict[str, Any]:
    """An organization of these teams."""
    return {"name": "kl", "domain": "example.com", "promotion": ["dev"], "teams": teams}


def aws(**keys: Any) -> dict[str, Any]:
    """An account with these KMS keys."""
    return {"region": "eu-west-1", "account_id": "123456789012", "kms_keys": keys}


def pools(**found: Any) -> dict[str, Any]:
    """A cluster with these pools beside one that balances."""
    balancers = {"replicas": 3, "load_balancer": True}
    return {**CLUSTER, "node_pools": {"balancers": balancers, **found}}


def clusters(document: dict[str, Any], section: str, **more: Any) -> dict[str, Any]:
    """A section with its cluster `cloud` and another one."""
    one = document[section]["cloud"]
    return {**document, section: {"cloud": one, "other": {**one, **more}}}


def clashes(model: Any, document: dict[str, Any]) -> list[str]:
    """Where something is called as another is, whatever else is wrong."""
    return [path for path, text in refusals(model, document).items() if "must not be called" in text]


@pytest.mark.parametrize(
    ("model", "document", "path"),
    [
        (GoogleConfig, clusters(GOOGLE, "gke_clusters", short_name="cloud"), "gke_clusters.other.short_name"),
        (AwsConfig, clusters(EKS, "eks_clusters", short_name="cloud"), "eks_clusters.other.short_name"),
        (GoogleConfig, with_(GOOGLE, "kms_keys.other", {"name": "secrets"}), "kms_keys.other.name"),
        (
            GkeClusterConfig,
            with_(GKE_CLUSTER, "node_pools.other", {**POOL, "name": "default"}),
            "node_pools.other.name",
        ),
        (
            EksClusterConfig,
            with_(EKS_CLUSTER, "node_groups.other", {**GROUP, "name": "default"}),
            "node_groups.other.name",
        ),
        (OnpremVpnConfig, with_(ONPREM, "tunnels.b.name", "a"), "tunnels.b.name"),
        (AwsVpnConfig, with_(AWS_VPN, "connections.b.name", "a"), "connections.b.name"),
    ],
    ids=["GKE cluster", "EKS cluster", "Google key", "GKE pool", "EKS group", "tunnel", "connection"],
)
def test_refuses_two_of_one_name_wherever_one_is_kept(
    model: Any, document: dict[str, Any], path: str
) -> None:
    """The names of what they are made of would be the same."""
    assert clashes(model, document) == [path]


@pytest.mark.parametrize(
    ("model", "document", "path"),
    [
        (Organization, organization(one=team("web"), two=team("api", name="one")), "teams.two.name"),
        (Organization, organization(one=team("web", name="two"), two=team("api")), "teams.two"),
        (AwsConfig, aws(one={}, two={"name": "one"}), "kms_keys.two.name"),
        (UserClusterConfig, pools(web={"replicas": 3, "name": "balancers"}), "node_pools.web.name"),
    ],
    ids=["team", "key of another", "kms key", "pool"],
)
def test_refuses_two_of_one_name(model: Any, document: dict[str, Any], path: str) -> None:
    """A kept name that another has, or whose key another took in the meantime."""
    found = refusals(model, document)

    assert list(found) == [path]
    assert "must not be called" in found[path]


@pytest.mark.parametrize(
    ("model", "document"),
    [
        (Organization, organization(one=team("web", name="two"), two=team("api", name="one"))),
        (AwsConfig, aws(one={"name": "one"}, two={})),
        (UserClusterConfig, pools(web={"replicas": 3, "name": "workers"})),
    ],
    ids=["exchanged", "its own key", "pool"],
)
def test_takes_names_that_differ(model: Any, document: dict[str, Any]) -> None:
    """Whatever the keys are."""
    assert refusals(model, document) == {}
