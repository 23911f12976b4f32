"""What is told of Skiperator, and what people do for it."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from tests.model.google.documents import ENVIRONMENT
from tests.operations.cards.asking import contents, steps
from tests.operations.check.prerequisites_asked import alone


def environment(**skiperator: Any) -> Environment:
    """With a cluster on VMware and one in Google Cloud."""
    return Environment.model_validate({**ENVIRONMENT, "skiperator": skiperator})


def test_the_table_says_where_it_is() -> None:
    """And what applications reach."""
    said = [
        row.summary
        for one in (environment(), environment(clusters=["cloud"], nodes_are_reachable=True))
        for row in contents(one)
        if row.path == "skiperator"
    ]

    assert said == [
        "configured in apps, cloud, applications stay out of nodes and control planes",
        "configured in cloud, applications reach nodes, too",
    ]


def test_people_install_it() -> None:
    """Once what it reads is there."""
    found = steps(alone(environment(clusters=["cloud"]), gitops={}), "dev")

    [step] = [what for what in found if what.startswith("install Skiperator")]
    assert "in cluster cloud once its configuration is there" in step
    assert found[step] == (
        "kubectl --kubeconfig dev-cloud.kubeconfig get configmaps skiperator-config namespace-exclusions "
        "--namespace=skiperator-system",
    )
