"""What each object for Argo CD says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml

from estate.derived.clusters.argo_cd import ArgoCdContents, Syncing
from estate.derived.clusters.contents import ClusterContents, clusters
from estate.model.access.values import AccessLevel
from estate.model.argo_cd import SignIn
from manifests.argo_cd_application_sets import argo_cd_application_sets
from manifests.argo_cd_install import argo_cd_install
from manifests.argo_cd_projects import argo_cd_projects
from manifests.argo_cd_root import argo_cd_root
from manifests.cluster import beside
from manifests.platform_alone import platform_alone
from tests.manifests.example_tree import TREE_URL, with_teams_repositories

HERE = "https://kubernetes.default.svc"
MERGED = Syncing(automated=True, prune=True, self_heal=False)
BY_HAND = Syncing(automated=False, prune=False, self_heal=False)


def told(**changes: Any) -> ArgoCdContents:
    """What the Argo CD of dev/apps is told, applying the tree."""
    found = next(clusters(with_teams_repositories("argo_cd"), ["dev"])).argo_cd
    assert found is not None
    return replace(found, **changes)


def named(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The specifications of objects by their names."""
    return {one["metadata"]["name"]: one["spec"] for one in found}


def test_a_team_s_project_has_no_right_outside_its_namespaces() -> None:
    """Nothing without a namespace, no other cluster, and nothing that the platform says of namespaces."""
    project = named(argo_cd_projects(told()))["seeiendom"]

    assert project["clusterResourceWhitelist"] == []
    assert project["destinations"] == [{"server": HERE, "namespace": "seeiendom-*"}]
    assert project["sourceRepos"] == [
        "https://git.example.com/seeiendom/apps.git",
        "git@git.example.com:seeiendom/ops.git",
    ]
    assert {(one["group"], one["kind"]) for one in project["namespaceResourceBlacklist"]} >= {
        ("", "ResourceQuota"),
        ("rbac.authorization.k8s.io", "*"),
        ("*.istio.io", "*"),
    }


def test_the_project_of_namespaces_takes_the_platform_s_tree_alone() -> None:
    """Namespaces by the prefix, and what the kit has."""
    project = named(argo_cd_projects(told()))["seeiendom-namespaces"]

    assert project["sourceRepos"] == [TREE_URL]
    assert project["clusterResourceWhitelist"] == [{"group": "", "kind": "Namespace", "name": "seeiendom-*"}]
    assert {one["kind"] for one in project["namespaceResourceWhitelist"]} == {
        "LimitRange",
        "NetworkPolicy",
        "ResourceQuota",
        "RoleBinding",
    }
    assert "roles" not in project


@pytest.mark.parametrize(
    ("level", "verbs"),
    [
        (AccessLevel.VIEW, ["applications, get", "logs, get"]),
        (
            AccessLevel.EDIT,
            ["applications, get", "logs, get", "applications, sync", "applications, action/*"],
        ),
        (
            AccessLevel.ADMIN,
            ["applications, get", "logs, get", "applications, sync", "applications, action/*"],
        ),
    ],
)
def test_who_looks_does_not_sync(level: AccessLevel, verbs: list[str]) -> None:
    """A team's level is what it has in Argo CD, too; shells are the gateway's."""
    whole = told()
    [team, *_] = whole.teams

    project = named(argo_cd_projects(told(teams=(replace(team, level=level),))))["grunnbok"]

    [role] = project["roles"]
    assert role["groups"] == ["grunnbok@example.com"]
    assert role["policies"] == [f"p, proj:grunnbok:team, {verb}, grunnbok/*, allow" for verb in verbs]


def test_directories_under_the_prefix_become_applications() -> None:
    """Of the first repository by the namespace's name, of a further one with its own before it; others take nobody's name."""
    found = named(argo_cd_application_sets(told()))
    first, further = found["seeiendom-apps"], found["seeiendom-apps-ops"]

    [generator] = first["generators"]
    assert generator["git"]["directories"] == [{"path": "env/dev/apps/seeiendom-*"}]
    assert [one["template"]["metadata"]["name"] for one in (first, further)] == [
        "{{.path.basename}}",
        "ops.{{.path.basename}}",
    ]
    assert {one["template"]["spec"]["project"] for one in (first, further)} == {"seeiendom"}
    assert further["template"]["spec"]["source"] == {
        "repoURL": "git@git.example.com:seeiendom/ops.git",
        "targetRevision": "stable",
        "path": "{{.path.path}}",
    }


def test_namespaces_of_the_fleet_get_no_second_kit() -> None:
    """The tree brings theirs, and one object has one applier; others are made with theirs and labelled."""
    kits = named(argo_cd_application_sets(told()))["seeiendom-namespaces"]

    [generator] = kits["generators"]
    assert generator["git"]["directories"] == [
        {"path": "env/dev/apps/seeiendom-*"},
        {"path": "env/dev/apps/seeiendom-api", "exclude": True},
        {"path": "env/dev/apps/seeiendom-web", "exclude": True},
    ]
    spec = kits["template"]["spec"]
    assert spec["source"] == {
        "repoURL": TREE_URL,
        "targetRevision": "main",
        "path": "clusters/dev/apps/teams/seeiendom/kit",
    }
    assert spec["syncPolicy"]["automated"] == {"prune": True, "selfHeal": True}
    assert "CreateNamespace=true" in spec["syncPolicy"]["syncOptions"]
    assert spec["syncPolicy"]["managedNamespaceMetadata"] == {
        "labels": {"pod-security.kubernetes.io/enforce": "restricted", "team": "seeiendom"}
    }
    assert kits["syncPolicy"] == {"preserveResourcesOnDeletion": True}


@pytest.mark.parametrize(
    ("syncing", "automated", "keeps"),
    [(MERGED, {"prune": True, "selfHeal": False}, False), (BY_HAND, None, True)],
    ids=["by itself", "by hand"],
)
def test_a_directory_that_goes_takes_along_what_is_pruned(
    syncing: Syncing, automated: dict[str, bool] | None, *, keeps: bool
) -> None:
    """Where nothing is, no workload goes with it."""
    found = named(argo_cd_application_sets(told(syncing=syncing)))["grunnbok-apps"]

    assert found["template"]["spec"]["syncPolicy"].get("automated") == automated
    assert found["syncPolicy"] == {"preserveResourcesOnDeletion": keeps}


def contents(argo_cd: ArgoCdContents | None) -> ClusterContents:
    """A cluster with nothing else."""
    return ClusterContents("dev", "apps", None, {}, (), None, (), argo_cd=argo_cd)


def test_the_root_application_deletes_nothing_when_it_goes() -> None:
    """It has no finalizer; where another one applies the folder there is none."""
    [found] = argo_cd_root(told())

    assert found["metadata"] == {"name": "cluster", "namespace": "argocd"}
    assert found["spec"]["source"]["path"] == "clusters/dev/apps/synced"
    assert argo_cd_root(told(synced=None)) == []
    assert "20-cluster-application" not in beside(contents(told(synced=None)))["install"]
    assert beside(contents(None)) == {}


def test_people_sign_in_by_a_claim_and_the_platform_administers() -> None:
    """The client's secret is named, and stands nowhere."""
    namespace, config, rights = argo_cd_install(told())

    assert namespace["metadata"] == {"name": "argocd"}
    assert config["data"]["url"] == "https://argo-dev-apps.example.com"
    assert config["data"]["admin.enabled"] == "false"
    assert yaml.safe_load(config["data"]["oidc.config"]) == {
        "name": "SSO",
        "issuer": "https://login.example.com",
        "clientID": "argo",
        "clientSecret": "$argocd-oidc:client-secret",
        "requestedScopes": ["openid", "profile", "email", "groups"],
        "requestedIDTokenClaims": {"groups": {"essential": True}},
    }
    assert rights["data"] == {
        "policy.csv": 'g, "platform@example.com", role:admin\n',
        "policy.default": "",
        "scopes": "[groups]",
    }


def test_a_public_client_proves_itself_and_nobody_need_administer() -> None:
    """Where no secret and no platform team is said; without signing in there are no settings."""
    public = SignIn(
        issuer="https://login.example.com", client_id="argo", groups_claim="roles", scopes=("openid",)
    )

    _, config, rights = argo_cd_install(told(sign_in=public, administrators=None))

    said = yaml.safe_load(config["data"]["oidc.config"])
    assert said["enablePKCEAuthentication"] is True
    assert "clientSecret" not in said
    assert rights["data"] == {"policy.default": "", "scopes": "[roles]"}


@pytest.mark.parametrize("signed_in", [True, False])
def test_nobody_syncs_a_revision_that_nobody_merged(*, signed_in: bool) -> None:
    """Whoever may sync takes what the application names, whether or not people sign in."""
    settings = argo_cd_install(told() if signed_in else told(sign_in=None))[1]

    assert settings["metadata"]["name"] == "argocd-cm"
    assert settings["data"]["application.sync.requireOverridePrivilegeForRevisionSync"] == "true"


def test_what_is_the_platform_s_alone_is_held_where_an_argo_cd_is() -> None:
    """By policies that refuse where they cannot be asked."""
    found = platform_alone(["web-"])

    policies = {one["metadata"]["name"]: one["spec"] for one in found if "Binding" not in one["kind"]}
    assert list(policies) == ["mesh-secrets", "system-namespaces"]
    assert {one["failurePolicy"] for one in policies.values()} == {"Fail"}
    names, who = (one["expression"] for one in policies["system-namespaces"]["matchConditions"])
    assert '"cert-manager"' in names
    assert '"system:serviceaccount:kube-"' in who
    assert '"system:serviceaccount:cert-manager:"' in who
    assert "web-" not in who
    assert "variables" not in policies["mesh-secrets"]
    assert platform_alone(None) == []
