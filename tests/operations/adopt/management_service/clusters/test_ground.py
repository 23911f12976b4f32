"""The VPC, its zones and keys: what the environment and AWS say of the ids that documents have."""

from __future__ import annotations

import pytest

from tests.operations.adopt.management_service.clusters.workplace import (
    ALIASES,
    CLUSTER,
    EXISTING,
    FLEET,
    KEY,
    MANAGED,
    POOL,
    SUBNETS,
    Workplace,
)
from tests.operations.adopt.management_service.documents import changed

_KEY_PATH = ("spec", "controlPlane", "databaseEncryption", "kmsKeyARN")
_OTHER_KEY = KEY[:-1] + "7"


def test_an_environment_without_a_vpc(work: Workplace) -> None:
    """The new cluster stands where the old one does, so that has to be said first."""
    work.environment.write_text(EXISTING.partition("  management_vpc")[0], "utf-8")

    assert (
        "environments/dev.yaml:11:1: aws: needs management_vpc, the VPC that the cluster stands in"
        in work.refusal()
    )


def test_an_environment_without_aws(work: Workplace) -> None:
    """Likewise."""
    work.environment.write_text(EXISTING.partition("aws:")[0], "utf-8")

    assert "environments/dev.yaml:2:1: aws: needs management_vpc" in work.refusal()


@pytest.mark.parametrize(
    ("document", "path", "to", "message"),
    [
        (0, ("spec", "region"), "eu-north-1", "spec.region: must be eu-west-1, as aws.region of the environment"),
        (1, ("spec", "region"), "eu-north-1", "spec.region: must be eu-west-1, as aws.region of the environment"),
        (0, ("spec", "networking", "vpcID"), "vpc-99999999", "is vpc-99999999, and the environment's VPC is vpc-0d0d0d0d"),
        (0, ("spec", "networking", "vpcID"), "$(reboot)", 'must be the id of the VPC such as vpc-0123456789abcdef0, got "$(reboot)"'),
        (0, ("spec", "networking", "vpcID"), None, 'must be the id of the VPC such as vpc-0123456789abcdef0, got ""'),
        (1, ("spec", "subnetID"), "subnet-99999999", "is subnet-99999999, none of aws.management_vpc.existing.zones"),
        (1, ("spec", "subnetID"), None, "spec.subnetID: is missing; the zone of the nodes follows from it"),
        (0, _KEY_PATH, KEY.replace("eu-west-1", "eu-north-1"), "must be a key of eu-west-1, as aws.region says, got one of eu-north-1"),
        (0, _KEY_PATH, "alias/web", "kmsKeyARN: must be the ARN of a KMS key"),
        (0, _KEY_PATH, None, "kmsKeyARN: is missing"),
    ],
    ids=["region", "region of a pool", "vpc", "vpc that is a command", "no vpc", "subnet", "no subnet", "region of a key", "alias", "no key"],
)  # fmt: skip
def test_another_ground_than_the_environment_s(
    work: Workplace, document: int, path: tuple[str, ...], to: str | None, message: str
) -> None:
    """It would be another environment's cluster."""
    documents = [CLUSTER, POOL]
    documents[document] = changed(documents[document], *path, to=to)

    assert message in work.refusal(*documents)


def test_a_vpc_made_here_asks_what_aws_calls_its_subnets_and_keys(work: Workplace) -> None:
    """The environment knows ranges and aliases, and the documents ids."""
    work.environment.write_text(MANAGED, "utf-8")

    refusal = work.refusal()

    assert (
        "spec.subnetID: is subnet-0a0a0a01, of which environments/dev.yaml cannot tell the zone, because it makes its VPC; "
        "ask AWS and give the answer with --aws: `aws ec2 describe-subnets --region eu-west-1 --output json`"
    ) in refusal
    assert (
        "kmsKeyARN: may be one that the environment makes, secrets; ask AWS and give the answer with --aws: `aws kms "
        "list-aliases --region eu-west-1 --output json`"
    ) in refusal


def test_subnets_that_aws_does_not_name_or_has_elsewhere(work: Workplace) -> None:
    """The range and the zone have to be the environment's."""
    work.environment.write_text(MANAGED.replace("10.0.3.0/24", "10.0.8.0/24"), "utf-8")
    options = (*FLEET, *work.aws({"Subnets": SUBNETS["Subnets"][1:]}, ALIASES))

    unknown = work.refusal(options=options)
    elsewhere = work.refusal(
        CLUSTER, changed(POOL, "spec", "subnetID", to="subnet-0a0a0a03"), options=options
    )

    assert "is subnet-0a0a0a01, of which environments/dev.yaml cannot tell the zone" in unknown
    assert (
        "is subnet-0a0a0a03 with 10.0.3.0/24 in eu-west-1c, and aws.management_vpc of environments/dev.yaml has no such "
        "subnet"
    ) in elsewhere


def test_a_zone_that_the_environment_does_not_have(work: Workplace) -> None:
    """Its nodes would have no subnet."""
    work.environment.write_text(MANAGED, "utf-8")
    subnet = {**SUBNETS["Subnets"][0], "AvailabilityZone": "eu-west-1d"}

    refusal = work.refusal(options=(*FLEET, *work.aws({"Subnets": [subnet]}, ALIASES)))

    assert "is subnet-0a0a0a01 with 10.0.1.0/24 in eu-west-1d" in refusal


def test_another_vpc_by_what_aws_says(work: Workplace) -> None:
    """The document names one, the subnets are of another; ranges alone may be those of two."""
    work.environment.write_text(MANAGED, "utf-8")
    cluster = changed(CLUSTER, "spec", "networking", "vpcID", to="vpc-99999999")
    options = (*FLEET, *work.aws(SUBNETS, ALIASES))

    refusal = work.refusal(cluster, POOL, options=options)
    _, err = work.adopt(options=options)

    assert "spec.subnetID: is subnet-0a0a0a01 of vpc-0d0d0d0d, and the cluster is in vpc-99999999" in refusal
    assert (
        "note: vpc-0d0d0d0d is taken for the VPC that the environment makes, because zones and ranges agree; this shows "
        "which it is: `aws ec2 describe-vpcs --region eu-west-1 --filters Name=tag:Name,Values=kl-dev-management-vpc "
    ) in err


def test_nodes_in_a_public_subnet_of_a_vpc_made_here(work: Workplace) -> None:
    """They stand in the private one of the zone."""
    work.environment.write_text(MANAGED, "utf-8")
    pool = changed(POOL, "spec", "subnetID", to="subnet-0a0a0a05")

    aws, err = work.adopt(CLUSTER, pool, options=(*FLEET, *work.aws(SUBNETS, ALIASES)))

    assert aws["eks_clusters"]["web"]["node_groups"]["pool"]["zones"] == ["eu-west-1b"]
    assert (
        "note: nodes of pool stood in a public subnet, and stand in the private one of eu-west-1b here" in err
    )


def test_a_key_by_its_alias_and_one_that_is_no_key_of_the_file(work: Workplace) -> None:
    """The alias that the environment gives a key says which of AWS's it is."""
    work.environment.write_text(MANAGED.replace("clusters}", "clusters, alias: alias/platform}"), "utf-8")
    aliases = {"Aliases": [{"AliasName": "alias/platform", "TargetKeyId": KEY.rpartition("/")[2]}]}
    pool = changed(POOL, "spec", "rootVolume", "kmsKeyARN", to=_OTHER_KEY)

    aws, err = work.adopt(CLUSTER, pool, options=(*FLEET, *work.aws(SUBNETS, aliases)))

    cluster = aws["eks_clusters"]["web"]
    assert cluster["kms_key"] == "secrets"
    assert cluster["node_groups"]["pool"]["volume"]["kms_key"] == "web-volumes"
    assert aws["kms_keys"]["web-volumes"] == {"existing": {"key_arn": _OTHER_KEY}}
    assert "note: key web-volumes exists already and stays as it is" in err
    assert "key web-secrets" not in err


def test_a_key_that_the_file_names_already(work: Workplace) -> None:
    """It stands once, whoever uses it; another name that is taken is not taken again."""
    keys = f"  kms_keys:\n    ours: {{existing: {{key_arn: {KEY!r}}}}}\n    web-volumes: {{existing: {{key_arn: {KEY[:-1] + '8'!r}}}}}\n"
    work.environment.write_text(EXISTING + keys, "utf-8")
    pools = [
        changed(changed(POOL, "spec", "rootVolume", "kmsKeyARN", to=arn), "metadata", "name", to=name)
        for name, arn in (("a", _OTHER_KEY), ("b", _OTHER_KEY), ("c", KEY), ("d", KEY[:-1] + "9"))
    ]

    aws, _ = work.adopt(CLUSTER, *pools)

    cluster = aws["eks_clusters"]["web"]
    assert cluster["kms_key"] == "ours"
    assert [group["volume"]["kms_key"] for group in cluster["node_groups"].values()] == [
        "web-volumes-2",
        "web-volumes-2",
        "ours",
        "web-volumes-3",
    ]
    assert list(aws["kms_keys"]) == ["ours", "web-volumes", "web-volumes-2", "web-volumes-3"]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            '{"Vpcs": []}',
            "aws-0.json: must be what `aws ec2 describe-subnets` or `aws kms list-aliases` prints as JSON",
        ),
        ('{"Subnets": 1}', "Subnets: must be a list, got 1"),
        ("[1", "aws-0.json:"),
    ],
    ids=["another answer", "no list", "no json"],
)
def test_another_answer_of_aws(work: Workplace, answer: str, message: str) -> None:
    """A wrong file would leave the zones open."""
    (work.folder / "aws-0.json").write_text(answer, "utf-8")

    assert message in work.refusal(options=(*FLEET, "--aws", "aws-0.json"))
