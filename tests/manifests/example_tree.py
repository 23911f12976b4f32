"""The example estate with a tree of manifests, whoever applies it, and everything in it that a team can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, Final

import yaml

from estate.derived.clusters.contents import clusters
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.fleet.argo_cd import ArgoCdInstances
from estate.model.gitops import Applier
from estate.model.organization import Organization
from manifests.writing import files
from tests.example import ENVIRONMENTS, ESTATE, TREE

RESTARTER: Final = {"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["get", "patch"]}
QUOTA: Final = {"cpu": "8", "memory": "16Gi", "pods": 50}


TREE_URL: Final = "https://git.example.com/platform/clusters.git"
SIGN_IN: Final = {"issuer": "https://login.example.com", "client_id": "argo", "client_secret": "argocd-oidc"}
SEEIENDOMS_REPO: Final = {
    "url": "https://git.example.com/seeiendom/apps.git",
    "further": {"ops": {"url": "git@git.example.com:seeiendom/ops.git", "revision": "stable"}},
}
GRUNNBOKS_REPO: Final = {"url": "https://git.example.com/grunnbok/apps.git"}


@cache
def with_teams_repositories(applier: str) -> Estate:
    """The example with Argo CD and a repository of each team, the tree applied by somebody."""
    whole = with_tree(applier)
    document = whole.organization.model_dump()
    document["argo_cd"] = {"repo": TREE_URL, "sign_in": SIGN_IN}
    document["teams"]["seeiendom"] |= {"apps_repo": SEEIENDOMS_REPO, "argo_group": "4f7a"}
    document["teams"]["grunnbok"] |= {"apps_repo": GRUNNBOKS_REPO}
    environments = {name: _with_urls(one) for name, one in whole.environments.items()}
    return replace(whole, organization=Organization.model_validate(document), environments=environments)


def _with_urls(one: Environment) -> Environment:
    urls = {key: f"https://argo-{one.environment}-{key}.example.com" for key in one.members}
    assert one.fleet is not None
    fleet = one.fleet.model_copy(update={"argo_cd": ArgoCdInstances(urls=urls)})
    return one.model_copy(update={"fleet": fleet})


def with_tree(applier: str, **gitops: Any) -> Estate:
    """The example, applied by somebody; with Argo CD where that applies it."""
    document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / "organization.yaml").read_text("utf-8"))
    if applier == Applier.ARGO_CD:
        document["argo_cd"] = {"repo": TREE_URL}
    document |= {
        "gitops": {"applier": applier, **gitops},
        "cluster_roles": {"workload-restarter": {"rules": [RESTARTER]}},
    }
    document["teams"]["seeiendom"] |= {
        "quota": {"prod": QUOTA},
        "pod_security": "restricted",
        "network_default": "deny_ingress",
    }
    return replace(ESTATE, organization=Organization.model_validate(document))


def without_tree() -> Estate:
    """The example as it would be with no word of a tree."""
    return replace(
        ESTATE, organization=ESTATE.organization.model_copy(update={"gitops": None, "cluster_roles": {}})
    )


def standing(environment: str) -> list[dict[str, Any]]:
    """Every object of the example's tree in an environment, as it stands in its files."""
    return [
        one
        for path in sorted((TREE / environment).rglob("*.yaml"))
        for one in _loaded(path.read_text("utf-8"))
    ]


def texts(estate: Estate) -> dict[str, str]:
    """Every file of its tree by its path."""
    gitops = estate.organization.gitops
    assert gitops is not None
    return {
        name: text
        for contents in clusters(estate, list(estate.environments))
        for name, text in files(gitops, contents).items()
    }


def objects(estate: Estate) -> dict[str, list[dict[str, Any]]]:
    """The objects of every file by its path, as they are read from its text."""
    return {name: list(_loaded(text)) for name, text in texts(estate).items()}


@cache
def teams_texts(applier: str) -> Mapping[str, str]:
    """Every file of the tree with teams' repositories by its path; made once, so nobody changes it."""
    return texts(with_teams_repositories(applier))


@cache
def teams_objects(applier: str) -> Mapping[str, list[dict[str, Any]]]:
    """The objects of every file of it by its path; read once, so nobody changes them."""
    return {name: list(_loaded(text)) for name, text in teams_texts(applier).items()}


def _loaded(text: str) -> Iterator[dict[str, Any]]:
    """The documents of a text, read by libyaml: megabytes of them."""
    return yaml.load_all(text, Loader=yaml.CSafeLoader)
