"""Names that stay when a key is renamed."""

from __future__ import annotations

from typing import Any

import pytest

from environments.model.aws.aws import AwsConfig
from environments.model.organization import Organization
from environments.model.vmware.user_cluster import UserClusterConfig
from tests.environments.model.refusals import refusals
from tests.environments.model.vmware.documents import CLUSTER


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
