"""The command with the state of a running service: section and import entries together."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.operations.adopt.management_service.documents import (
    EVERYTHING,
    EXISTING_VPC,
    SAMPLE,
    VPC_IDS,
    Workplace,
    changed,
)
from tests.operations.adopt.management_service.states import (
    ACCOUNT,
    DATABASE_KEY,
    PUBLIC_KEY,
    SECRETS_KEY,
    bucket,
    key_arn,
    keys,
    network,
    resource,
    service,
)
from tests.operations.adopt.management_service.takeover import Takeover

BUCKET = "gke-jetstack-anthos-eu-west-1-bootstrap"
ADMIN = f"arn:aws:iam::{ACCOUNT}:user/gke-aws-admin"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/gke-404767c1-management"


def test_the_section_says_what_the_state_adds(workplace: Workplace) -> None:
    """What the document leaves open and a running service has decided: its id, its key, its zone, its bucket."""
    takeover = Takeover(workplace, SAMPLE, *network(), *service(), *bucket(BUCKET), public_key=False)

    running = takeover.section["management_service"]
    assert running["cluster_id"] == "gke-404767c1"
    assert running["key_pair"] == {"public_key": PUBLIC_KEY}
    assert (running["zone"], running["data_volume"]) == ("eu-west-1b", {"size_gib": 100})
    assert running["bootstrap_bucket"] == BUCKET
    assert takeover.out.count("  # as in the state\n") == 3
    assert "      size_gib: 100  # as in the state\n" in takeover.out


def test_the_entries_stand_in_a_file_of_their_own(workplace: Workplace) -> None:
    """Standard output holds the section only; the file is one that synth reads, made as a whole."""
    takeover = Takeover(workplace, SAMPLE, *network(), *service(), *bucket(BUCKET))

    entries = takeover.entries
    assert entries["aws_vpc.ManagementVpc"] == "vpc-0a1b2c3d"
    assert entries["aws_instance.Bastion"] == "i-bastion"
    assert entries["aws_ebs_volume.ManagementService_DataVolume"] == "vol-1"
    assert entries["aws_s3_bucket.ManagementService_BootstrapBucket"] == BUCKET
    assert entries["aws_s3_bucket_versioning.ManagementService_BootstrapBucket_Versioning"] == BUCKET
    assert list(yaml.safe_load(takeover.out)) == ["aws"]
    assert f"note: {len(entries)} objects are taken over by the entries in imports.yaml" in takeover.err
    assert "module.gke_management.aws_lb.management: its name makes it what it is" in takeover.err
    text = takeover.file.read_text("utf-8")
    assert "  # aws_vpc.gke\n  - {to: aws_vpc." in text
    assert "  # module.gke_bastion.aws_instance.this; replaced by the first apply, for its key" in text


def test_what_the_state_holds_is_not_printed(workplace: Workplace) -> None:
    """Ids, addresses and ranges only."""
    takeover = Takeover(workplace, SAMPLE, *network(), *service())

    for text in (takeover.out, takeover.err, takeover.file.read_text("utf-8")):
        assert "top-secret-ca-key" not in text
        assert "192.0.2.1" not in text


def test_keys_that_the_same_terraform_made_are_taken_over(workplace: Workplace) -> None:
    """As existing keys nobody would manage them once that Terraform is gone; their policy keeps its roles."""
    role = resource("aws_iam_role", "management", {"id": "r", "name": "gke-404767c1-management", "arn": ROLE})

    takeover = Takeover(workplace, SAMPLE, *network(), *keys(), role)

    assert takeover.section["kms_keys"] == {
        "secrets": {"users": [ADMIN, ROLE], "alias": "alias/anthos-key"},
        "database": {"users": [ADMIN, ROLE]},
    }
    assert takeover.entries["aws_kms_key.KmsKeys_secrets"] == SECRETS_KEY
    assert takeover.entries["aws_kms_key.KmsKeys_database"] == DATABASE_KEY
    assert takeover.entries["aws_kms_alias.KmsKeys_secrets_Alias"] == "alias/anthos-key"


@pytest.mark.parametrize(
    "aliases", [["alias/aws/ebs"], ["alias/b", "alias/a"], []], ids=["AWS's own", "several", "none"]
)
def test_an_alias_is_kept_where_there_is_one(workplace: Workplace, aliases: list[str]) -> None:
    """The first by name; AWS's own aliases are nobody's to manage."""
    made = [
        resource("aws_kms_alias", f"a{i}", {"id": name, "name": name, "target_key_id": DATABASE_KEY})
        for i, name in enumerate(aliases)
    ]
    half = resource("aws_kms_key", "half", {"id": "half"}, {"key_id": "half"})

    takeover = Takeover(workplace, SAMPLE, *network(), *keys(), *made, half)

    kept = takeover.section["kms_keys"]["database"].get("alias")
    assert kept == ("alias/a" if len(aliases) > 1 else None)


def test_a_key_without_an_id_stays_an_existing_one(workplace: Workplace) -> None:
    """It cannot be imported, so the section must not manage it."""
    half = resource("aws_kms_key", "half", {"key_id": DATABASE_KEY})

    takeover = Takeover(workplace, SAMPLE, *network(), half)

    assert takeover.section["kms_keys"]["database"] == {"existing": {"key_arn": key_arn(DATABASE_KEY)}}


def test_one_managed_key_for_both_purposes_is_managed_once(workplace: Workplace) -> None:
    """The second name refers to it."""
    document = changed(SAMPLE, "spec", "databaseEncryption", "kmsKeyARN", to=key_arn(SECRETS_KEY))

    takeover = Takeover(workplace, document, *network(), *keys())

    assert takeover.section["kms_keys"]["database"] == {"existing": {"key_arn": key_arn(SECRETS_KEY)}}
    assert "aws_kms_key.KmsKeys_database" not in takeover.entries


def test_one_nat_gateway_stays_one(workplace: Workplace) -> None:
    """The section would otherwise make two more, and pay for them."""
    nat = ("aws_nat_gateway", "aws_eip")
    one = [one for one in network() if one["type"] not in nat]

    takeover = Takeover(
        workplace,
        SAMPLE,
        *one,
        resource("aws_eip", "nat", {"id": "eipalloc-a"}),
        resource(
            "aws_nat_gateway",
            "nat",
            {"id": "nat-a", "subnet_id": "subnet-publica", "allocation_id": "eipalloc-a"},
        ),
    )

    assert takeover.section["management_vpc"]["nat_gateways"] == "single"
    assert takeover.entries["aws_nat_gateway.ManagementVpc_Zones_eu-west-1a_NatGateway"] == "nat-a"


def test_a_bucket_made_outside_terraform_is_taken_over_by_its_name(workplace: Workplace) -> None:
    """It exists, so making it would fail; the document says its name."""
    takeover = Takeover(workplace, EVERYTHING, *network())

    assert takeover.entries["aws_s3_bucket.ManagementService_BootstrapBucket"] == "jetstack-bootstrap"
    assert "not in the state, named by the document" in takeover.file.read_text("utf-8")


def test_a_bucket_that_the_section_cannot_have_is_not_taken_over(workplace: Workplace) -> None:
    """Its name would be imported into another bucket's place."""
    takeover = Takeover(
        workplace, changed(SAMPLE, "spec", "bootstrapS3Bucket", to="gke.example.com"), *network()
    )

    assert not [address for address in takeover.entries if address.startswith("aws_s3_bucket")]


def test_ids_of_several_clusters_are_not_guessed_from(workplace: Workplace) -> None:
    """User clusters have ids of the same form."""
    role = resource("aws_iam_role", "user", {"id": "r", "name": "gke-22222222-nodepool"})

    takeover = Takeover(workplace, SAMPLE, *network(), *service(), role)

    assert "cluster_id" not in takeover.section["management_service"]


@pytest.mark.parametrize(
    "attributes",
    [{"availability_zone": "eu-west-1d"}, {"size": 4}, {"size": None}],
    ids=["zone", "small", "unknown"],
)
def test_a_volume_that_the_section_cannot_have_is_left(
    workplace: Workplace, attributes: dict[str, Any]
) -> None:
    """The section's own rules come first."""
    volume = {"id": "vol-1", "availability_zone": "eu-west-1b", "size": 100, **attributes}

    takeover = Takeover(workplace, SAMPLE, *network(), resource("aws_ebs_volume", "v", volume))

    assert "zone" not in takeover.section["management_service"]
    assert "aws_ebs_volume.v: " in takeover.err


def test_volumes_that_cannot_be_told_apart_are_left(workplace: Workplace) -> None:
    """One of two volumes may be anybody's."""
    second = resource(
        "aws_ebs_volume", "other", {"id": "vol-2", "availability_zone": "eu-west-1a", "size": 50}
    )

    takeover = Takeover(workplace, SAMPLE, *network(), *service(), second)

    assert "data_volume" not in takeover.section["management_service"]
    assert "aws_ebs_volume.other: " in takeover.err


def test_in_an_existing_vpc_the_rest_is_taken_over(workplace: Workplace) -> None:
    """The VPC is nobody's to take; bastion and bucket are."""
    document = changed(EXISTING_VPC, "spec", "bastionHost", to={"allowedSSHCIDRBlocks": ["203.0.113.0/24"]})
    instance = resource("aws_instance", "b", {"id": "i-1", "subnet_id": "subnet-1a1a1a1a"})
    ids = workplace.write(VPC_IDS, "vpc.yaml")

    takeover = Takeover(workplace, document, instance, *bucket(BUCKET), options=("--existing-vpc", ids))

    assert takeover.entries == {
        "aws_instance.Bastion": "i-1",
        "aws_s3_bucket.ManagementService_BootstrapBucket": BUCKET,
        "aws_s3_bucket_versioning.ManagementService_BootstrapBucket_Versioning": BUCKET,
    }


@pytest.mark.parametrize("public_key", [True, False], ids=["option", "state"])
def test_the_option_comes_before_the_states_key(workplace: Workplace, *, public_key: bool) -> None:
    """Who gives a key means it."""
    takeover = Takeover(workplace, SAMPLE, *network(), *service(), public_key=public_key)

    key = takeover.section["management_service"]["key_pair"]["public_key"]
    assert key.endswith("me@example.com" if public_key else "running")
