"""What the card of a cluster of others says, and what verbs make of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from estate.model.estate import Estate
from estate.model.refactoring import Refactoring
from operations.cards.contents import contents
from operations.cards.warnings import all_warnings
from operations.check.access import what_may, who_can
from operations.check.offers import offer_rows
from operations.graph.network import network_graph
from operations.recover.runbook import runbook
from tests.model.access.estates import SEEIENDOM, environment, estate, organization
from tests.model.aws.eks_documents import AWS
from tests.model.fleet.attached_documents import AKS, INSIDE
from tests.operations.cards.asking import steps
from tests.operations.policy.test_rules import messages

ADMINISTERED = {**AKS, "admin_groups": ["ops@example.com"], "admin_users": ["r@kl.iam.gserviceaccount.com"]}


def attaching(aws: dict[str, Any] | None = None, **clusters: Any) -> Estate:
    """An estate whose environment dev attaches these."""
    team = {**SEEIENDOM, "access": {"dev": "edit"}, "network_default": "deny_ingress"}
    shared = organization(
        promotion=("dev",),
        platform_team={"group": "platform@example.com"},
        teams={"seeiendom": team},
        gitops={"applier": "config_sync"},
    )
    there = environment("dev", fleet={"attached_clusters": clusters}, aws=aws)
    return estate(shared, there)


def warned(**clusters: Any) -> list[str]:
    """What is said of the clusters."""
    return [one for one in all_warnings(attaching(**clusters), "dev") if "attached cluster" in one]


def test_a_cluster_is_one_row() -> None:
    """With what is theirs and what is ours."""
    rows = contents(
        attaching(web=AKS, off={**AKS, "leaves": True, "logging": [], "managed_prometheus": True}), "dev"
    )

    found = {one.path: one.summary for one in rows}
    assert found["fleet.attached_clusters.web"] == (
        "aks, Kubernetes 1.34, platform 1.34.0-gke.2, logs system_components, managed Prometheus off, API at "
        "https://web-1.hcp.westeurope.azmk8s.io"
    )
    assert "logs none, managed Prometheus on" in found["fleet.attached_clusters.off"]
    assert found["fleet.attached_clusters.off"].endswith(", leaves the fleet")


def test_what_is_worth_saying() -> None:
    """Keys that are given, networks that nobody here closes, metrics that cost, and who leaves."""
    metered = warned(inside={**INSIDE, "managed_prometheus": True})
    leaving = warned(web={**AKS, "leaves": True})

    assert [one.partition(":")[0].partition(",")[0] for one in metered] == [
        "attached cluster inside is known by the keys in jwks",
        "deny_ingress of seeiendom is a NetworkPolicy in attached cluster inside",
        "attached cluster inside sends metrics to Managed Service for Prometheus",
    ]
    assert [one.partition(":")[0] for one in leaving] == ["attached cluster web leaves the fleet"]


def test_nothing_is_said_of_a_cluster_that_asks_for_nothing() -> None:
    """Its issuer is public, and no team is to be closed in."""
    there = environment("dev", fleet={"attached_clusters": {"web": AKS}})

    said = all_warnings(estate(organization(promotion=("dev",)), there), "dev")

    assert [one for one in said if "attached cluster" in one] == []


def test_what_a_person_does() -> None:
    """Before the apply, for it, and after it; each cluster's own, and the apply once."""
    found = steps(attaching(web=ADMINISTERED, inside={**INSIDE, "logging": []}), "dev")

    ours = [one for one in found if "attach" in one]
    before = [one for one in ours if one.startswith("have attached cluster")]
    assert [one.split()[3] for one in before] == ["inside", "web"]
    assert ["logging.googleapis.com" in one for one in before] == [False, True]
    [apply] = [one for one in ours if "apply dev-attach after dev" in one]
    assert ours.index(apply) == 2
    assert found[apply] == ("export KUBE_CONFIG_PATH=FILE", "hybrid reach dev", "cdktf deploy dev-attach")
    assert [one for one in found[before[0]] if "/openid/v1/jwks" in one] != []
    assert [one for one in found[before[1]] if one.startswith("curl")] == [
        "curl --fail https://westeurope.oic.prod-aks.azure.com/1b2c/3d4e/.well-known/openid-configuration  # from the internet"
    ]
    [admitted] = [one for one in ours if "through the Connect gateway" in one]
    assert ["group:ops@example.com" in found[admitted][0], "serviceAccount:r@kl" in found[admitted][1]] == [
        True,
        True,
    ]


def test_one_apply_attaches_those_in_aws_too() -> None:
    """By the account's step; a cluster that leaves asks for nothing else."""
    there = attaching(
        aws=AWS, web={**AKS, "leaves": True, "distribution": "eks", "issuer": "https://a.example.com"}
    )

    found = steps(there, "dev")

    assert sum("cdktf deploy dev-attach" in commands for commands in found.values()) == 1
    assert not [one for one in found if "attached cluster web" in one]


def test_an_eks_cluster_s_issuer_is_public() -> None:
    """Nobody has to try."""
    eks = {**AKS, "distribution": "eks", "issuer": "https://oidc.eks.eu-west-1.amazonaws.com/id/0A"}

    found = steps(attaching(web=eks), "dev")

    assert not [one for commands in found.values() for one in commands if one.startswith("curl")]


def test_who_administers_it_is_shown() -> None:
    """The platform team, and those of its own."""
    whole = attaching(web=ADMINISTERED)

    administrators = [
        (row.address, row.through) for row in who_can(whole, "kl-dev-web") if row.role == "cluster-admin"
    ]
    assert administrators == [
        ("platform@example.com", "admin_groups"),
        ("ops@example.com", "admin_groups"),
        ("r@kl.iam.gserviceaccount.com", "admin_users"),
    ]
    assert [row.where for row in what_may(whole, "ops@example.com", ["dev"])] == ["cluster web"]


def test_nobody_here_knows_what_workloads_find() -> None:
    """No file says it."""
    whole = attaching(web=AKS)

    assert offer_rows(whole.organization, whole.environments["dev"]) == [
        ("web", *["whoever made it knows"] * 5)
    ]


def test_it_stands_apart_in_the_picture() -> None:
    """No network here leads to it."""
    drawn = network_graph(attaching(inside=INSIDE).environments["dev"])

    assert 'attached_inside["generic cluster inside<br>API at 10.40.0.10:6443"]' in drawn


def test_a_lost_one_is_a_membership_made_anew(tmp_path: Path) -> None:
    """Of the companion, whose state has it; what others made they make."""
    whole = attaching(web=AKS, inside=INSIDE)
    (tmp_path / "stateful").mkdir()
    address = "google_container_attached_cluster.AttachedClusters_web_1A2B"
    (tmp_path / "stateful/dev-attach.txt").write_text(f"# x\n{address}\n", "utf-8")
    imported = Refactoring.model_validate(
        {"import": [{"to": address, "id": "projects/p/locations/l/attachedClusters/w"}]}
    )

    parts = runbook(replace(whole, refactorings={"dev-attach": imported}), "dev", "web", tmp_path)

    said = [task.what for part in parts for task in part.tasks]
    commands = [one for part in parts for task in part.tasks for one in task.commands]
    assert not [one for one in said if "inside" in one]
    assert [one for one in said if one.startswith("take the import entries of")] != []
    assert [one for one in said if f"The plan has to make anew {address}" in one] != []
    assert (
        "gcloud container attached clusters delete kl-dev-web --project=kl-dev-host --location=europe-north1 "
        "--ignore-errors --allow-missing"
    ) in commands
    assert "cdktf deploy dev-attach" in commands


def test_an_issuer_that_a_file_says_is_that_of_no_cluster_here() -> None:
    """Of one that is made here it is read."""
    body = {"name": "a", "oidc_config": [{"issuer_url": "https://issuer.example.com"}]}

    of_others = messages("HYB_ATTACHED_ISSUER", ("google_container_attached_cluster.A", body))
    made_here = messages(
        "HYB_ATTACHED_ISSUER",
        ("aws_eks_cluster.A", {"name": "a"}),
        ("google_container_attached_cluster.A", body),
    )

    assert of_others == []
    assert len(made_here) == 1
