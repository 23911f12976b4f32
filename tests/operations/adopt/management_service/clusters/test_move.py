"""Into an environment: shown first, then written, all that stands there kept; and the runbook."""

from __future__ import annotations

import pytest

from estate.reading.estate_loader import load_estate
from tests.operations.adopt.management_service.clusters.workplace import (
    ALIASES,
    CLUSTER,
    EXISTING,
    FLEET,
    MANAGED,
    POOL,
    SUBNETS,
    Workplace,
)
from tests.operations.adopt.management_service.documents import changed


def test_without_write_it_only_shows(work: Workplace) -> None:
    """Each line of the difference is one that is added, and writing is the first step."""
    code, out, err = work.run(work.write("web.yaml", CLUSTER, POOL), *FLEET)

    assert code == 0
    assert work.environment.read_text("utf-8") == EXISTING
    assert [line for line in out.splitlines() if line.startswith("-")] == ["--- environments/dev.yaml"]
    assert "  1. write it: give --write too\n" in err


def test_what_is_written_keeps_what_was_there(work: Workplace) -> None:
    """Comments, order and braces; the environment is valid with it."""
    work.environment.write_text(MANAGED, "utf-8")

    _, err = work.adopt(options=(*FLEET, *work.aws(SUBNETS, ALIASES)))

    text = work.environment.read_text("utf-8")
    assert text.startswith(MANAGED)
    assert '      version: "1.35"  # 1.22 until now\n' in text
    assert "          zones: [eu-west-1a]  # of subnet-0a0a0a01\n" in text
    assert "give --write too" not in err
    aws = load_estate(work.environment.parent).environments["dev"].aws
    assert aws is not None
    assert list(aws.eks_clusters) == ["web"]


def test_keys_in_braces_take_another_one(work: Workplace) -> None:
    """Only a collection in braces that takes an entry is laid out anew."""
    key = '{existing: {key_arn: "arn:aws:kms:eu-west-1:111122223333:key/0c0c"}}'
    work.environment.write_text(f"{EXISTING}  kms_keys: {{ours: {key}}}\n", "utf-8")

    aws, _ = work.adopt()

    assert list(aws["kms_keys"]) == ["ours", "web-secrets"]
    assert f"  kms_keys:\n    ours: {key}\n    web-secrets: " in work.environment.read_text("utf-8")


def test_a_cluster_that_stands_there_just_so(work: Workplace) -> None:
    """The runbook can be had again, and nothing is written twice."""
    work.adopt()
    text = work.environment.read_text("utf-8")

    code, out, err = work.run("web.yaml", *FLEET, "--write")

    assert (code, out) == (0, "environments/dev.yaml stays as it is\n")
    assert work.environment.read_text("utf-8") == text
    assert "  1. see what has to be there before" in err


def test_a_cluster_that_stands_there_otherwise(work: Workplace) -> None:
    """It is never overwritten; a person who changed it gets the runbook of the cluster as it is now."""
    work.adopt()
    text = work.environment.read_text("utf-8")
    edited = text.replace(
        "      access:\n", "      endpoint: {private_from: [10.30.0.0/16]}\n      access:\n"
    )
    work.environment.write_text(edited, "utf-8")

    refusal = work.refusal()
    code, out, err = work.run("web.yaml", *FLEET)

    assert (
        "aws.eks_clusters.web: stands here already and differs from what the documents become in endpoint; leave --write out "
        "to go on with it as it is, or call the new one otherwise by --as KEY"
    ) in refusal
    assert (code, out) == (0, "environments/dev.yaml stays as it is\n")
    assert (
        "note: aws.eks_clusters.web stands here already and differs from what the documents become in endpoint"
        in err
    )
    assert "     $ kubectl --kubeconfig dev-web.kubeconfig get namespaces\n" in err


def test_warnings_that_the_new_cluster_brings_are_said(work: Workplace) -> None:
    """And none that was there before."""
    work.environment.write_text(EXISTING, "utf-8")

    _, err = work.adopt()

    assert "note: how large the private subnets of the VPC that exists are is not known here" in err
    assert "its state lies on this machine" not in err


def test_the_runbook(work: Workplace) -> None:
    """A second cluster beside the first, names, and what goes last, in this order, with commands."""
    _, err = work.adopt()

    book = err.partition("the move, in this order; Google turns GKE on AWS off on 2027-03-17:\n")[2]
    last = "     $ gcloud container fleet memberships list --project=kl-dev-host\n"
    order = [
        "$ hybrid prerequisites dev\n",
        "make kl-dev-web beside web; the plan adds",
        "$ cdktf deploy dev\n",
        "$ hybrid reach dev\n",
        "$ cdktf deploy dev-attach\n",
        "--tags Key=kubernetes.io/cluster/kl-dev-web,Value=shared\n",
        "anthos-gke aws clusters get-credentials web\n",
        "$ aws eks update-kubeconfig --name kl-dev-web --region eu-west-1 --role-arn arn:aws:iam::111122223333:role/admin",
        "bring what every cluster has",
        "find what 1.35 no longer serves, in repositories and charts, and write it anew: 1.25: PodSecurityPolicy",
        "leave a pod up for each claim: Velero saves by its files only a volume that a running pod mounts",
        "velero --kubeconfig web.kubeconfig backup create move-web --default-volumes-to-fs-backup",
        "go on only when the first shows a line, Completed, for each claim",
        "get podvolumebackups --selector=velero.io/backup-name=move-web ",
        "before Git brings anything into them: what is there it skips",
        "StorageClass takes the place of standard-rwo and premium-rwo: ",
        "velero --kubeconfig dev-web.kubeconfig restore create move-web --from-backup move-web --wait --include-namespaces ",
        "get podvolumerestores --selector=velero.io/restore-name=move-web ",
        "name kl-dev-web wherever a repository lists clusters",
        "restore create move-web-secrets --from-backup move-web --include-resources secrets --wait\n",
        "give the names of your DNS the new load balancers",
        "name the membership projects/kl-dev-host/locations/europe-north1/memberships/kl-dev-web wherever the old one, "
        "projects/kl-dev-host/locations/global/memberships/web, is named",
        "kubectl delete awsnodepools pool\n",
        "kubectl delete awsclusters web\n",
        last,
        "the management service can go when it shows no cluster any more, and has to before 2027-03-17",
        "but where the same Terraform made vpc-0d0d0d0d, that would take the new cluster's network away",
    ]
    places = [book.rindex(one) if one == last else book.index(one) for one in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("aws", "last"),
    [
        ("", "`anthos-gke aws management delete` does it\n"),
        (
            """\
    database: {users: ["arn:aws:iam::111122223333:role/admin"]}
  management_service:
    version: aws-1.14.1-gke.0
    admin_identity_arns: [arn:aws:iam::111122223333:role/admin]
    google_cloud: {project_id: kl-dev-host}
    key_pair:
      public_key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY me
    cluster_example: {version: 1.25.5-gke.2100}
""",
            "take management_service out of environments/dev.yaml, and let keys stand that the new cluster names",
        ),
    ],
    ids=["made elsewhere", "made here"],
)
def test_the_last_step_says_how_the_service_goes(work: Workplace, aws: str, last: str) -> None:
    """In a VPC that this environment makes nothing of it goes along."""
    work.environment.write_text(
        MANAGED.replace("clusters}", "clusters, users: ['arn:aws:iam::111122223333:role/admin']}") + aws,
        "utf-8",
    )

    _, err = work.adopt(options=(*FLEET, *work.aws(SUBNETS, ALIASES)))

    assert last in err
    assert "network away" not in err


def test_the_tree_of_manifests_comes_first_where_there_is_one(work: Workplace) -> None:
    """It makes namespaces and rights."""
    work.organization("name: kl\ndomain: example.com\npromotion: [dev]\ngitops: {}\n")

    _, err = work.adopt()

    assert "     $ hybrid manifests dev --write\n" in err
    assert (
        "     $ env HTTPS_PROXY=http://localhost:8118 kubectl --kubeconfig dev-web.kubeconfig get namespaces\n"
        in err
    )


def test_a_version_that_lost_nothing(work: Workplace) -> None:
    """Nobody is sent to look for nothing."""
    cluster = changed(CLUSTER, "spec", "controlPlane", "version", to="1.34.1-gke.100")

    _, err = work.adopt(cluster, POOL)

    assert "write it anew: nothing that is known here\n" in err
    assert "spec.version: nodes have the version of their cluster" in err
