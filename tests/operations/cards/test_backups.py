"""Which clusters nothing backs up, and what is said of plans."""

from __future__ import annotations

from typing import Any

from estate.model.environment import Environment
from tests.model.access.estates import environment
from tests.model.aws.eks_documents import ACCOUNT, AWS
from tests.model.google.documents import ENVIRONMENT, with_, without
from tests.model.vmware.documents import changed
from tests.model.vmware.test_user_cluster_backup import BACKUP
from tests.operations.cards.asking import commands, contents, steps, warnings
from tests.operations.check.prerequisites_asked import alone, on_prem
from tests.stacks.sections.test_eks_backup import BACKED_UP

CLOUD, APPS = "google.gke_clusters.cloud", "vmware.user_clusters.apps"
PLAN = {"kms_key": "secrets", "delete_lock_days": 7}


def alone_in_aws(section: dict[str, Any]) -> dict[str, Any]:
    """A section whose cluster is in no fleet."""
    return changed(section, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)


def bare(one: Environment) -> list[str]:
    """What is said of clusters that nothing backs up."""
    return [text.partition(":")[0] for text in warnings(one) if text.startswith("nothing backs up")]


def test_clusters_that_nothing_backs_up_are_named_once() -> None:
    """Whatever kind they are; until something does, here or elsewhere."""
    backed_up = with_(ENVIRONMENT, f"{CLOUD}.backup", PLAN)
    elsewhere = with_(backed_up, f"{APPS}.backup_elsewhere", value=True)

    assert bare(Environment.model_validate(ENVIRONMENT)) == ["nothing backs up apps, cloud"]
    assert bare(Environment.model_validate(backed_up)) == ["nothing backs up apps"]
    assert bare(Environment.model_validate(elsewhere)) == []
    assert bare(environment("dev", google=None, fleet=None)) == []
    [apps] = [
        one for one in warnings(Environment.model_validate(backed_up)) if one.startswith("nothing backs")
    ]
    assert apps.endswith("; say backup of them, or backup_elsewhere: true where something else does")


def test_clusters_in_aws_count_too() -> None:
    """Attached or not."""
    section = changed(AWS, eks_clusters__cloud__attach=None, eks_clusters__cloud__access__installer=None)
    kept = changed(section, eks_clusters__cloud__backup_elsewhere=True)

    assert bare(environment("dev", google=None, fleet=None, aws=section)) == ["nothing backs up cloud"]
    assert bare(environment("dev", google=None, fleet=None, aws=kept)) == []


def test_clusters_in_aws_are_backed_up_by_velero() -> None:
    """Which then has a row and costs, and its key is used."""
    one = environment("dev", google=None, fleet=None, aws=alone_in_aws(BACKED_UP))
    without_key = environment(
        "dev", google=None, fleet=None, aws=alone_in_aws(changed(AWS, kms_keys__backups={}))
    )

    assert bare(one) == []
    assert [row.summary for row in contents(one) if row.path == "aws.eks_clusters.cloud.backup"] == [
        "every day at 01:30 UTC, kept for 30 days, encrypted with backups"
    ]
    assert any(text.startswith("Velero administers EKS cluster cloud") for text in warnings(one))
    said = "nothing is encrypted with aws.kms_keys.backups"
    assert not any(text.startswith(said) for text in warnings(one))
    assert any(text.startswith(said) for text in warnings(without_key))
    assert bare(without_key) == ["nothing backs up cloud"]


def test_clusters_on_vmware_are_backed_up_into_a_bucket() -> None:
    """Which has a row, and Secrets that people make before anything is installed."""
    one = on_prem(user_clusters__apps__backup=BACKUP)

    assert bare(one) == []
    assert [row.summary for row in contents(one) if row.path == f"{APPS}.backup"] == [
        "every day at 01:30 UTC, kept for 30 days in kl-backups at https://s3.example.com:9000"
    ]
    assert any(text.startswith("Velero administers user cluster apps") for text in warnings(one))
    found = commands(alone(one), "dev")
    [password] = [one for one in found if "secret generic velero-repo-credentials" in one]
    [credentials] = [one for one in found if "--from-file=cloud=CREDENTIALS_FILE" in one]
    [installed] = [one for one in found if "upgrade --install velero " in one]
    assert "create secret generic velero-bucket --namespace=velero" in credentials
    assert found.index(password) < found.index(credentials) < found.index(installed)


def test_the_owner_of_a_key_lets_velero_use_it() -> None:
    """Where the key is not of the file: that of the bucket, and that of the volumes, the latter through EBS too."""
    arn = f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/"
    own = changed(
        BACKED_UP,
        kms_keys__backups={"existing": {"key_arn": f"{arn}1"}},
        kms_keys__volumes={"existing": {"key_arn": f"{arn}2"}},
        eks_clusters__cloud__volumes_key="volumes",
    )

    asked = "\n".join(steps(alone(environment("dev", aws=own)), "dev"))

    said = "the role kl-dev-eks-cloud-backups to encrypt and decrypt"
    assert f"{arn}1 (kms_keys.backups) allow in its policy: {said} for backups of EKS cluster cloud" in asked
    assert (
        f"{said}, and kms:CreateGrant with kms:GrantIsForAWSResource, for backups of EKS cluster cloud"
        in asked
    )


def test_a_plan_has_a_row_and_costs() -> None:
    """When, for how long, with which key."""
    one = Environment.model_validate(with_(ENVIRONMENT, f"{CLOUD}.backup", PLAN))
    unlocked = Environment.model_validate(with_(ENVIRONMENT, f"{CLOUD}.backup", {"kms_key": "secrets"}))

    assert [row.summary for row in contents(one) if row.path == f"{CLOUD}.backup"] == [
        "every day at 01:30 UTC, kept for 30 days, locked for 7, encrypted with secrets"
    ]
    assert [row.summary for row in contents(unlocked) if row.path == f"{CLOUD}.backup"] == [
        "every day at 01:30 UTC, kept for 30 days, encrypted with secrets"
    ]
    assert any(text.startswith("backups of GKE cluster cloud are charged") for text in warnings(one))


def test_its_key_is_used() -> None:
    """Even where it encrypts nothing else."""
    document = with_(ENVIRONMENT, "google.kms_keys.backups", {})
    used = with_(document, f"{CLOUD}.backup", {"kms_key": "backups"})
    said = "nothing is encrypted with google.kms_keys.backups"

    assert any(text.startswith(said) for text in warnings(Environment.model_validate(document)))
    assert not any(text.startswith(said) for text in warnings(Environment.model_validate(used)))


def test_the_agent_and_the_rights_are_asked_for_before() -> None:
    """In the project that the cluster stands in."""
    document = with_(ENVIRONMENT, f"{CLOUD}.backup", PLAN)
    in_host = without(document, f"{CLOUD}.project")

    for written, project in ((document, "kl-dev-apps"), (in_host, "kl-dev-host")):
        found = commands(alone(Environment.model_validate(written)), "dev")
        made = f"gcloud beta services identity create --service=gkebackup.googleapis.com --project={project}"
        assert made in found
        [rights] = [one for one in found if "gkebackup.backupAdmin" in one]
        assert f"add-iam-policy-binding {project} " in rights
    assert not [
        one for one in commands(alone(Environment.model_validate(ENVIRONMENT)), "dev") if "gkebackup" in one
    ]
