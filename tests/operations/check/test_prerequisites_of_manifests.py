"""How the tree of manifests comes into the clusters, and who applies it from then on."""

from __future__ import annotations

from typing import Any

from estate.model.estate import Estate
from operations.cards import contents as rows
from operations.cards.warnings import all_warnings
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.operations.cards.asking import steps
from tests.operations.check.prerequisites_asked import PLATFORM, alone, cloud, with_words

TEAMS = {"web": {**SEEIENDOM, "access": {"dev": {"custom_role": "restarter", "gateway": "edit"}}}}
ROLES = {"restarter": {"rules": [{"api_groups": [""], "resources": ["pods"], "verbs": ["get"]}]}}
GIT = {"repo": "https://git.example.com/c.git", "secret_type": "none"}


def tree(features: dict[str, Any] | None = None, **gitops: Any) -> Estate:
    """An estate of one environment with a tree."""
    argo_cd = {"repo": GIT["repo"]} if gitops.get("applier") == "argo_cd" else None
    return alone(
        cloud(features),
        platform_team=PLATFORM,
        teams=TEAMS,
        cluster_roles=ROLES,
        gitops=gitops or {},
        argo_cd=argo_cd,
    )


def summary(whole: Estate) -> list[str]:
    """What the table of contents says of the tree."""
    return [one.summary for one in rows.contents(whole, "dev") if one.path == "organization.gitops"]


def said(whole: Estate) -> list[str]:
    """What is worth saying aloud of the tree."""
    words = ("gitops.applier", "prevent_drift")
    return [one for one in all_warnings(whole, "dev") if one.startswith(words)]


def test_by_hand_it_is_applied_again_and_again() -> None:
    """By the commands that stand there; the binding and the role of before are in it."""
    found = steps(tree(), "dev")

    what, commands = with_words(found, "apply the manifests of apps, cloud")
    assert commands == (
        "for cluster in apps cloud; do kubectl --kubeconfig dev-$cluster.kubeconfig apply --server-side "
        "-f clusters/dev/$cluster/synced; done",
    )
    assert what.endswith("and what left the folder is deleted by hand")
    assert not [one for one in found if "make ClusterRole" in one or "make the platform team" in one]
    assert summary(tree()) == ["clusters/dev/ of this repository; applied by hand in apps, cloud"]


def test_config_sync_is_only_looked_at() -> None:
    """Where it reads the folder; where it reads another one, a person applies."""
    feature = {
        "git": {**GIT, "directory": "clusters/dev/apps/synced"},
        "clusters": {"cloud": {"git": {**GIT, "directory": "x"}}},
    }
    whole = tree({"config_sync": feature}, applier="config_sync")

    found = steps(whole, "dev")

    assert with_words(found, "see that Config Sync has synced the manifests of apps")[1] == (
        "kubectl --kubeconfig dev-apps.kubeconfig get rootsync root-sync --namespace=config-management-system",
    )
    what, commands = with_words(found, "apply the manifests of cloud")
    assert "Config Sync does not read this folder there" in what
    assert commands == (
        "kubectl --kubeconfig dev-cloud.kubeconfig apply --server-side -f clusters/dev/cloud/synced",
    )
    assert summary(whole) == [
        "clusters/dev/ of this repository; applied by Config Sync in apps; applied by hand in cloud"
    ]


def test_argo_cd_is_handed_the_folder_once_it_is_applied() -> None:
    """The policy that holds it is there before it begins."""
    found = list(steps(tree(applier="argo_cd", repo=GIT["repo"]), "dev").items())

    [_, (first, (apply,)), (second, (handed, seen))] = [one for one in found if "manifests" in one[0]]
    assert first == (
        "apply the manifests of apps, cloud, in a checkout of https://git.example.com/c.git, which hybrid manifests "
        "--write makes: until then the gateway lets the platform team through and the clusters do not"
    )
    assert "apply --server-side --field-manager=argocd-controller -f clusters/dev/$cluster/synced" in apply
    assert second.startswith("hand the manifests over to the Argo CD of each cluster (apps, cloud)")
    assert "apply --server-side -f clusters/dev/$cluster/install/20-cluster-application.yaml" in handed
    assert "get application cluster --namespace=argocd" in seen


def test_it_is_said_where_config_sync_applies_nothing() -> None:
    """It is off, or reads what the file names; where each cluster reads its own folder there is nothing to say."""
    other = {"config_sync": {"git": {**GIT, "directory": "environments/dev"}}}

    [off] = said(tree(applier="config_sync"))
    [elsewhere] = said(tree(other, applier="config_sync"))

    assert off == (
        "gitops.applier is config_sync, and fleet.features.config_sync is off, so nobody applies the manifests of apps, "
        "cloud; switch it on, or say another applier"
    )
    assert (
        "fleet.features.config_sync reads something else in apps, cloud; when the manifests are merged"
        in elsewhere
    )
    assert said(tree({"config_sync": {"git": GIT}}, applier="config_sync")) == []
    assert said(tree(other)) == []


def test_preventing_drift_beside_argo_cd_is_warned_of() -> None:
    """In the clusters that have it on; beside Config Sync alone it is a choice."""
    feature = {"git": GIT, "clusters": {"apps": {"git": GIT, "prevent_drift": True}}}

    [found] = said(tree({"config_sync": feature}, applier="argo_cd"))

    assert found.startswith("prevent_drift is on in apps, where Argo CD applies")
    assert said(tree({"config_sync": {"git": GIT}}, applier="argo_cd")) == []
    assert said(tree({"config_sync": feature}, applier="config_sync")) == []


def test_no_cluster_no_word_of_it() -> None:
    """The tree has nothing in it."""
    whole = estate(organization(promotion=("dev",), gitops={"applier": "config_sync"}), environment("dev"))

    assert (summary(whole), said(whole)) == ([], [])
    assert not [one for one in steps(whole, "dev") if "manifests" in one]
