"""What is said of clusters, and what makes it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.access.cluster_role import ClusterRole
from estate.model.access.kit import Quota
from estate.model.access.team import Team
from estate.model.gitops import GitOps
from estate.model.organization import Organization
from tests.model.access.estates import SEEIENDOM, organization
from tests.model.refusals import refusals

RULE = {"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get"]}
ROLE = {"rules": [RULE]}
QUOTA = {"cpu": "8", "memory": "16Gi", "pods": 50}
ARGO_CD = {"repo": "https://git.example.com/c.git"}
CUSTOM = {**SEEIENDOM, "access": {"dev": {"custom_role": "restarter", "gateway": "edit"}}}


def refused(**fields: Any) -> dict[str, str]:
    """What an organization with these fields is refused for."""
    return refusals(
        Organization, {"name": "kl", "domain": "example.com", "promotion": ["dev", "prod"], **fields}
    )


@pytest.mark.parametrize("applier", ["config_sync", "argo_cd"])
def test_a_team_s_role_that_nothing_makes(applier: str) -> None:
    """Where somebody applies the tree, a role that is not in it is a mistake of writing."""
    there = {"gitops": {"applier": applier}, "argo_cd": ARGO_CD}

    assert refused(**there, teams={"web": CUSTOM}) == {
        "teams.web.access.dev.custom_role": "must be one of cluster_roles: there are none; got restarter, which "
        "nothing would make; give it its rules there"
    }
    assert "one of cluster_roles: other; got" in str(
        refused(**there, teams={"web": CUSTOM}, cluster_roles={"other": ROLE})
    )


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"gitops": {}},
        {"gitops": {"applier": "argo_cd"}, "argo_cd": ARGO_CD, "cluster_roles": {"restarter": ROLE}},
    ],
    ids=["no tree", "by hand", "made"],
)
def test_a_team_s_role_that_a_person_or_the_tree_makes(fields: dict[str, Any]) -> None:
    """Estates of before stay valid; hybrid prerequisites tells them to make it."""
    assert organization(teams={"web": CUSTOM}, **fields).teams


def test_roles_that_kubernetes_brings() -> None:
    """Another text for one would change what others are bound to."""
    found = refused(gitops={}, cluster_roles={"edit": ROLE, "cluster-admin": ROLE, "restarter": ROLE})

    assert list(found) == ["cluster_roles.edit", "cluster_roles.cluster-admin"]
    assert "must not be called edit" in found["cluster_roles.edit"]


def test_what_manifests_make_needs_a_tree() -> None:
    """Nothing would make it, and the file would promise it; a team that says nothing needs none."""
    team = {**SEEIENDOM, "quota": {"dev": QUOTA}, "pod_security": "baseline", "network_default": "open"}
    words = "is made by manifests, and there is no tree of them; add gitops: {}, or take it out"

    found = refused(cluster_roles={"restarter": ROLE}, teams={"web": team})

    assert found == dict.fromkeys(
        (
            "cluster_roles",
            "teams.web.quota",
            "teams.web.pod_security",
            "teams.web.network_default",
        ),
        words,
    )
    assert refused(gitops={}, cluster_roles={"restarter": ROLE}, teams={"web": team}) == {}
    assert refused(teams={"web": SEEIENDOM}) == {}


def test_a_quota_is_where_the_team_is() -> None:
    """It has no namespaces elsewhere."""
    found = refusals(Team, {**SEEIENDOM, "quota": {"dev": QUOTA, "test": QUOTA}})

    assert found == {"quota.test": "must be for an environment that access names: dev, prod; got test"}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"cpu": "0"}, "cpu"),
        ({"cpu": "1.5"}, "cpu"),
        ({"memory": "16GB"}, "memory"),
        ({"pods": 0}, "pods"),
        ({"container_memory": "128"}, "container_memory"),
    ],
    ids=["no processor", "a fraction", "another unit", "no pod", "no unit"],
)
def test_a_quota_refuses(change: dict[str, Any], path: str) -> None:
    """What Kubernetes would read in another way, or refuse."""
    assert list(refusals(Quota, {**QUOTA, **change})) == [path]


def test_a_role_that_may_do_everything() -> None:
    """Is cluster-admin by another name; a star in one place is a choice."""
    everything = {"api_groups": ["*"], "resources": ["*"], "verbs": ["*"]}

    found = refusals(ClusterRole, {"rules": [RULE, everything]})

    assert list(found) == ["rules.1.verbs"]
    assert "cluster-admin by another name" in found["rules.1.verbs"]
    assert refusals(ClusterRole, {"rules": [{**everything, "verbs": ["get"]}]}) == {}


@pytest.mark.parametrize(
    ("gitops", "path"),
    [
        ({"path": "/clusters"}, "path"),
        ({"path": "clusters/"}, "path"),
        ({"path": "../clusters"}, "path"),
        ({"repo": "git.example.com/c"}, "repo"),
        ({"namespaces": ["monitoring"]}, "namespaces"),
        ({"applier": "argo_cd", "namespaces": ["a", "a"]}, "namespaces.1"),
    ],
    ids=["from the root", "slash behind", "upwards", "no URL", "nobody to hold", "twice"],
)
def test_a_tree_refuses(gitops: dict[str, Any], path: str) -> None:
    """A folder that leads out of the repository, and words for an applier that is not there."""
    assert list(refusals(GitOps, gitops)) == [path]
