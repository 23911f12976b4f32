"""What is printed of Argo CD when a whole cluster is lost."""

from __future__ import annotations

from typing import Final

import pytest

from operations.recover.runbook import runbook
from tests.example import ENVIRONMENTS
from tests.manifests.example_tree import with_teams_repositories
from tests.operations.recover.test_runbook import commands

ARGO_CD: Final = with_teams_repositories("config_sync")


@pytest.mark.parametrize("cluster", ["apps", "data", "cloud", "aws"])
def test_argo_cd_brings_no_workload_before_its_volume_is_back(cluster: str) -> None:
    """Sets stand still from the installation on, syncing while volumes come back, and both go on after it."""
    found = runbook(ARGO_CD, "prod", cluster, ENVIRONMENTS)

    in_argo_cd = f"kubectl --kubeconfig prod-{cluster}.kubeconfig --namespace=argocd"
    sets = f"{in_argo_cd} scale deployment argocd-applicationset-controller"
    syncing = f"{in_argo_cd} scale statefulset argocd-application-controller"
    headings = [
        (part.heading, one)
        for part in found
        for task in part.tasks
        for one in task.commands
        if " scale " in one
    ]
    assert headings == [
        ("in the cluster, by that way", f"{sets} --replicas=0"),
        ("what only backups hold", f"{syncing} --replicas=0"),
        ("what only backups hold", f"{syncing} --replicas=1"),
        ("what only backups hold", f"{sets} --replicas=1"),
    ]
    listed = commands(found)
    [installed] = [index for index, one in enumerate(listed) if "get pods --namespace=argocd" in one]
    assert listed[installed + 1] == f"{sets} --replicas=0"
    [before, *_, after] = next(part.tasks for part in found if part.heading == "what only backups hold")
    assert before.what.startswith("stop Argo CD from syncing")
    assert after.what.startswith("let Argo CD go on")
