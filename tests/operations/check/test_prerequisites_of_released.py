"""What is deleted by hand of a team that Argo CD serves no more."""

from __future__ import annotations

from dataclasses import replace

from estate.model.refactoring import Refactoring
from tests.model.access.estates import SEEIENDOM
from tests.operations.cards.asking import steps
from tests.operations.check.prerequisites_asked import alone, cloud

TEAM = {**SEEIENDOM, "access": {"dev": "edit"}}


def asked(*objects: str) -> dict[str, tuple[str, ...]]:
    """The steps about what these entries release, by the cluster."""
    entries = [{"object": one, "reason": "gone"} for one in objects]
    whole = alone(cloud(), teams={"web": TEAM})
    whole = replace(whole, refactorings={"dev": Refactoring.model_validate({"released": entries})})
    return {
        what.split()[2].strip(","): commands
        for what, commands in steps(whole, "dev").items()
        if "refactoring/dev.yaml releases" in what
    }


def test_nothing_that_runs_goes_along() -> None:
    """The sets are told to keep it before they go, then the projects, then the rights."""
    found = asked(
        "apps/AppProject/argocd/old",
        "apps/AppProject/argocd/old-namespaces",
        "apps/ApplicationSet/argocd/old-apps",
        "apps/ApplicationSet/argocd/old-namespaces",
    )

    begin = "kubectl --kubeconfig dev-apps.kubeconfig"
    keeps, look, sets, projects, rights = found["apps"]
    assert list(found) == ["apps"]
    assert keeps == (
        f"{begin} patch applicationset old-apps old-namespaces --namespace=argocd --type=merge "
        """--patch='{"spec":{"syncPolicy":{"preserveResourcesOnDeletion":true}}}'"""
    )
    assert "FINALIZERS:.metadata.finalizers" in look
    assert sets == f"{begin} delete applicationset old-apps old-namespaces --namespace=argocd"
    assert projects == f"{begin} delete appproject old old-namespaces --namespace=argocd"
    assert "get namespaces --selector=team=old " in rights
    assert f"{begin} delete --namespace=$namespace" in rights


def test_a_team_that_has_access_keeps_its_rights() -> None:
    """It gave up its repository alone; or one of several."""
    assert len(asked("cloud/AppProject/argocd/web")["cloud"]) == 1
    assert len(asked("cloud/ApplicationSet/argocd/web-apps-ops")["cloud"]) == 3


def test_what_else_is_released() -> None:
    """What a set reads no more, a namespace, a cluster: the set stays, and the rest is for whoever knows it."""
    read = "apps/ApplicationSet/argocd/web-apps reads https://git.example.com/web.git main env/dev/apps/web-*"

    assert asked(read, "apps/Namespace/web", "old", "gone/AppProject/argocd/web") == {}
