"""What is printed when a whole cluster is lost, for every kind of cluster."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from estate.model.cluster import ClusterKind
from estate.model.estate import Estate
from estate.model.refactoring import Refactoring
from estate.reading.problems import InvalidInput
from operations.cards.registry import CARDS
from operations.cli import main
from operations.recover.runbook import Part, runbook
from tests.example import ENVIRONMENTS, ESTATE
from tests.model.access.estates import SEEIENDOM, environment
from tests.model.aws.eks_documents import AWS
from tests.model.vmware.documents import changed
from tests.model.vmware.test_user_cluster_backup import BACKUP
from tests.operations.check.prerequisites_asked import alone, cloud, on_prem
from tests.stacks.sections.test_eks_backup import BACKED_UP, BUCKET

OTHERS = {"apps", "cloud", "data", "aws"}


def tasks(parts: list[Part]) -> list[tuple[str, str]]:
    """Every task with its heading."""
    return [(part.heading, task.what) for part in parts for task in part.tasks]


def commands(parts: list[Part]) -> list[str]:
    """Every command, and what shows that it is done."""
    return [one for part in parts for task in part.tasks for one in (*task.commands, *task.seen)]


def of(whole: Estate, cluster: str = "cloud", folder: Path = Path("nowhere")) -> list[Part]:
    """The runbook of a cluster of dev."""
    return runbook(whole, "dev", cluster, folder)


@pytest.mark.parametrize("cluster", ["apps", "data", "cloud", "aws"])
def test_it_speaks_of_the_lost_cluster_alone(cluster: str) -> None:
    """In the order in which things need each other, and no command waits in a loop over clusters."""
    found = runbook(ESTATE, "prod", cluster, ENVIRONMENTS)

    headings = [part.heading for part in found]
    expected = [
        "what is left of it",
        *(["its admin cluster"] if cluster in {"apps", "data"} else []),
        "taking away what is left",
        "making it anew",
        *(["attaching it to the fleet"] if cluster == "aws" else []),
        "the first way in",
        "in the cluster, by that way",
        "what only backups hold",
        "what it is reached by",
        "people at work",
    ]
    assert headings == expected
    for other in OTHERS - {cluster}:
        assert [
            one for one in commands(found) if f"prod-{other}.kubeconfig" in one or f"prod/{other}" in one
        ] == []
    assert [one for one in commands(found) if "for cluster in" in one] == []


@pytest.mark.parametrize("cluster", ["apps", "data", "cloud", "aws"])
def test_nothing_is_released_and_the_plan_is_told_what_it_makes(cluster: str) -> None:
    """Protection stays on: what is gone is made anew at the address that is recorded."""
    found = runbook(ESTATE, "prod", cluster, ENVIRONMENTS)

    [plan] = [what for _, what in tasks(found) if what.startswith("plan prod from the same files")]
    record = (ENVIRONMENTS / "stateful" / "prod.txt").read_text("utf-8").splitlines()
    own = [
        one
        for one in record
        if any(f"cluster.{kind}_{cluster}_" in one for kind in ("GkeClusters", "UserClusters", "EksClusters"))
    ]
    assert f"make anew {', '.join(own)}, and what" in plan
    assert own
    assert [one for one in commands(found) if "state rm" in one or "destroy" in one] == []


def test_a_membership_whose_issuer_changes_goes_before_its_cluster() -> None:
    """It cannot change, and a plan would have to replace what is protected."""
    found = commands(runbook(ESTATE, "prod", "aws", ENVIRONMENTS))

    first = [
        index
        for index, one in enumerate(found)
        if one.startswith("gcloud container attached clusters delete")
    ]
    then = [index for index, one in enumerate(found) if one.startswith("aws eks delete-cluster")]
    assert (len(first), len(then)) == (1, 1)
    assert first < then
    assert (
        "aws eks update-cluster-config --region eu-west-1 --name kl-prod-aws --no-deletion-protection"
        in found
    )


def test_a_cluster_outside_the_fleet_has_no_membership_and_nobody_by_groups() -> None:
    """What is not protected needs no step for it."""
    section = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)
    one = environment("dev", google=None, fleet=None, aws=section, deletion_protection=False)

    found = of(alone(one))

    assert [one for one in commands(found) if "gcloud" in one or "deletion-protection" in one] == []
    assert [heading for heading, _ in tasks(found)][-1] == "what it is reached by"


def test_what_is_recorded_nowhere_is_named_in_words() -> None:
    """No record yet, as before the first synthesis."""
    assert any(
        "make anew GKE cluster cloud, which is not recorded yet" in what
        for _, what in tasks(of(alone(cloud())))
    )


def test_import_entries_of_the_cluster_go_first() -> None:
    """They would take in what is gone; those of others stay."""
    own, other = "google_container_cluster.GkeClusters_cloud_0", "google_kms_crypto_key.GoogleKmsKeys_cloud_0"
    entries = {"import": [{"to": own, "id": "a"}, {"to": other, "id": "b"}]}
    whole = replace(alone(cloud()), refactorings={"dev": Refactoring.model_validate(entries)})

    found = of(whole)

    [what] = [what for _, what in tasks(found) if "import entries" in what]
    assert what.startswith(f"take the import entries of {own} out of environments/refactoring/dev.yaml")
    assert "hybrid settle dev --write" in commands(found)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"api_groups": [""], "resources": ["pods/log"], "verbs": ["get"]}, "get pods --subresource=log "),
        (
            {"api_groups": ["apps"], "resources": ["deployments"], "verbs": ["*"], "resource_names": ["a"]},
            "'*' deployments.apps/a ",
        ),
        ({"api_groups": ["*"], "resources": ["jobs"], "verbs": ["list"]}, "list jobs "),
        ({"api_groups": ["apps"], "resources": ["*"], "verbs": ["list"]}, "list '*' "),
    ],
    ids=["subresource", "named", "every group", "everything of a group"],
)
def test_a_team_is_asked_for_something_that_its_own_role_allows(rule: dict[str, Any], expected: str) -> None:
    """In the words of kubectl, so that the answer is yes."""
    team = {**SEEIENDOM, "access": {"dev": {"custom_role": "own", "gateway": "edit"}}}
    whole = alone(cloud(), teams={"web": team}, cluster_roles={"own": {"rules": [rule]}}, gitops={})

    asked = [one for one in commands(of(whole)) if "auth can-i" in one]

    assert asked
    assert all(f"auth can-i {expected}--namespace=" in one for one in asked)


def test_a_role_that_nobody_says_here_is_not_asked_for() -> None:
    """What it allows is not known."""
    team = {**SEEIENDOM, "access": {"dev": {"custom_role": "own", "gateway": "edit"}}}

    found = of(alone(cloud(), teams={"web": team}))

    assert [one for one in commands(found) if "auth can-i" in one] == []
    assert "hybrid who-can dev/cloud" in commands(found)


def test_a_backup_is_looked_for_first_and_brought_back_last() -> None:
    """From the plan, which is no part of the cluster: the newest backup, over what the tree has made by then."""
    found = of(alone(cloud(google__gke_clusters__cloud__backup={"kms_key": "secrets"})))

    restore = [one for one in commands(found) if "backup-restore" in one]
    assert [one.split()[4:6] for one in restore] == [
        ["backups", "list"],
        ["restore-plans", "create"],
        ["restores", "create"],
        ["restores", "describe"],
    ]
    assert (
        "--backup-plan=projects/kl-dev-apps/locations/europe-north1/backupPlans/kl-dev-cloud " in restore[1]
    )
    assert (
        "--backup=$(gcloud beta container backup-restore backups list --backup-plan=kl-dev-cloud "
        in restore[2]
    )
    deleted = next(index for index, one in enumerate(commands(found)) if "clusters delete" in one)
    assert commands(found).index(restore[0]) < deleted < commands(found).index(restore[1])
    assert not [
        what for _, what in tasks(found) if "nothing backs up" in what or "nothing backs it up" in what
    ]


def test_what_velero_saved_is_looked_for_first_and_brought_back_last() -> None:
    """From the bucket, which is no part of the cluster; by objects, over what is there by then."""
    found = of(alone(environment("dev", aws=BACKED_UP)))

    printed = commands(found)
    looked = next(
        index for index, one in enumerate(printed) if one.startswith(f"aws s3 ls s3://{BUCKET}/backups/")
    )
    deleted = next(index for index, one in enumerate(printed) if one.startswith("aws eks delete-cluster"))
    installed = next(index for index, one in enumerate(printed) if "upgrade --install velero " in one)
    [restore] = [one for one in printed if '"kind": "Restore"' in one]
    assert looked < deleted < installed < printed.index(restore)
    spec = json.loads(restore.split("'")[1])["spec"]
    assert (spec["backupName"], spec["restorePVs"]) == ("BACKUP", True)
    assert "clusterrolebindings.rbac.authorization.k8s.io" in spec["excludedResources"]
    assert any("Name=tag:backup-of,Values=kl-dev-cloud" in one for one in printed)
    assert not [what for _, what in tasks(found) if "nothing backs" in what]
    [plan] = [what for _, what in tasks(found) if what.startswith("plan dev from the same files")]
    assert "aws_s3_bucket" not in plan


def test_a_user_cluster_gets_back_what_its_bucket_has() -> None:
    """With the Secrets that open it, which people make anew."""
    found = of(alone(on_prem(user_clusters__apps__backup=BACKUP)), "apps")

    printed = commands(found)
    looked = next(
        index for index, one in enumerate(printed) if one.startswith("aws s3 ls s3://kl-backups/kl-dev-apps/")
    )
    deleted = next(index for index, one in enumerate(printed) if "vmware clusters delete" in one)
    given = next(
        index for index, one in enumerate(printed) if "secret generic velero-repo-credentials" in one
    )
    [restore] = [index for index, one in enumerate(printed) if '"kind": "Restore"' in one]
    assert looked < deleted < given < restore
    assert "--endpoint-url https://s3.example.com:9000 " in printed[looked]


@pytest.mark.parametrize("cluster", ["apps", "cloud", "aws"])
def test_what_it_is_reached_by_is_noted_before_and_given_to_dns_at_last(cluster: str) -> None:
    """Load balancers are in no state; in AWS those that stay are found by their tags, and go by their ARN alone."""
    found = runbook(ESTATE, "prod", cluster, ENVIRONMENTS)

    parts = {part.heading: part.tasks for part in found}
    noted, *rest = parts["what is left of it"][-1:] + parts["what it is reached by"]
    services = (
        f"kubectl --kubeconfig prod-{cluster}.kubeconfig get services --all-namespaces "
        "--field-selector=spec.type=LoadBalancer --output=wide"
    )
    assert (noted.commands[0], rest[0].commands[0]) == (services, services)
    assert rest[0].what.startswith(f"give the names of your DNS what {cluster} is reached by now")
    tags = ["Key=elbv2.k8s.aws/cluster,Values=kl-prod-aws", "Key=kubernetes.io/cluster/kl-prod-aws"]
    tagged = [one.split("--tag-filters ")[1].split()[0] for one in noted.commands if "tagging" in one]
    assert tagged == (tags if cluster == "aws" else [])
    assert len(rest) == (2 if cluster == "aws" else 1)
    assert [one for one in commands(found) if "delete-load-balancer" in one] == []


@pytest.mark.parametrize("cluster", ["apps", "data"])
def test_the_admin_cluster_is_seen_and_saved_and_not_made(cluster: str) -> None:
    """No key of a service account is made where all are there."""
    found = runbook(ESTATE, "prod", cluster, ENVIRONMENTS)

    done = [
        what.split(" the admin cluster")[0]
        for heading, what in tasks(found)
        if heading == "its admin cluster"
    ]
    assert done == ["have", "save"]
    assert [one for one in commands(found) if "keys create" in one] == []


@pytest.mark.parametrize("said", [False, True], ids=["by nothing", "elsewhere"])
def test_what_is_backed_up_elsewhere_is_brought_back_from_there(said: bool) -> None:  # noqa: FBT001 - a case
    """And what nothing backs up is saved first, as far as it can still be read."""
    found = tasks(of(alone(cloud(google__gke_clusters__cloud__backup_elsewhere=said))))

    expected = (
        "see that what backs up GKE cluster cloud"
        if said
        else "save what can still be read: nothing backs up"
    )
    assert [what for heading, what in found if heading == "what is left of it"][1].startswith(expected)
    back = (
        "bring back volumes and Secrets of GKE cluster cloud by what"
        if said
        else "bring back the volumes and"
    )
    assert next(what for heading, what in found if heading == "what only backups hold").startswith(back)


def test_every_kind_of_cluster_says_what_to_do_when_it_is_lost() -> None:
    """A new kind that has a version of its own and is no part of a cluster."""
    clusters = {card.path for card in CARDS if card.lost}

    assert clusters == {f"{kind}.*" for kind in ClusterKind}


def test_an_unknown_cluster_is_refused_with_those_that_there_are() -> None:
    """And with the nearest."""
    with pytest.raises(InvalidInput, match='has no cluster "clod"; it has apps, cloud; did you mean cloud'):
        of(alone(cloud()), "clod")
    with pytest.raises(InvalidInput, match='has no cluster "a"; it has none'):
        of(alone(environment("dev")), "a")


def test_it_is_printed_for_people_documents_and_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """Numbered through, with how to see that a step is done."""
    words = ["recover", "dev", "cloud", "--folder", str(ENVIRONMENTS)]

    assert main(words) == 0
    text = capsys.readouterr().out
    assert text.startswith("dev/cloud: made anew from nothing, in this order\n\nwhat is left of it\n  1. see")
    assert "     done when this shows it:\n     $ kubectl --kubeconfig dev-cloud.kubeconfig get nodes" in text

    assert main([*words, "--format", "markdown"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("## How dev/cloud is made anew\n\n### What is left of it\n\n1. see")
    assert "Done when this shows it:" in text

    assert main([*words, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)["recover"]
    assert (document["environment"], document["cluster"]) == ("dev", "cloud")
    assert document["parts"][0]["heading"] == "what is left of it"
    assert {key for part in document["parts"] for task in part["tasks"] for key in task} == {
        "what",
        "commands",
        "seen",
    }
