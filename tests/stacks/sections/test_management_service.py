"""How the management service is joined to its section."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kms_policy import FOR_AWS, allows
from tests.model.aws.eks_documents import DEPLOYER
from tests.stacks.sections.test_aws import KEYS, PUBLIC_KEY, SSH, USER, VPC, synthesize
from tests.stacks.test_key_policies import DISK
from tests.synth import Synthesized

SERVICE = {
    "version": "aws-1.4.1-gke.15",
    "admin_identity_arns": [USER],
    "google_cloud": {"project_id": "jetstack-anthos"},
    "key_pair": {"public_key": PUBLIC_KEY},
    "cluster_example": {"version": "1.16.9-gke.12"},
}


def test_the_example_is_put_out_where_there_is_a_service(tmp_path: Path) -> None:
    """For `terraform output -raw cluster_example`."""
    found = synthesize(tmp_path, management_vpc=VPC, kms_keys=KEYS, management_service=SERVICE)

    assert list(found.outputs) == ["cluster_example"]


def test_the_bastion_may_log_in_to_the_service(tmp_path: Path) -> None:
    """Only where there is one; its group is the source."""
    without = synthesize(tmp_path / "a", management_vpc=VPC, kms_keys=KEYS, management_service=SERVICE)
    with_it = synthesize(
        tmp_path / "b", management_vpc=VPC, kms_keys=KEYS, management_service=SERVICE, bastion=SSH
    )
    (bastion,) = (name for name in with_it.resources("aws_security_group") if name.startswith("Bastion"))

    def from_the_bastion(found: Synthesized) -> list[int]:
        return [
            rule["from_port"]
            for rule in found.resources("aws_vpc_security_group_ingress_rule").values()
            if rule.get("referenced_security_group_id") == f"${{aws_security_group.{bastion}.id}}"
        ]

    assert set(from_the_bastion(with_it)) == {22}
    assert from_the_bastion(without) == []


@pytest.mark.parametrize("protected", [True, False])
def test_protection_reaches_what_is_stateful_in_it(tmp_path: Path, *, protected: bool) -> None:
    """All or none: an environment is thrown away whole."""
    found = synthesize(
        tmp_path, protected=protected, management_vpc=VPC, kms_keys=KEYS, management_service=SERVICE
    )
    said = {
        type_: body["lifecycle"]["prevent_destroy"]
        for type_ in found.counts()
        for address, body in found.resources(type_).items()
        if address.startswith("ManagementService_") and "prevent_destroy" in body.get("lifecycle", {})
    }

    assert said == dict.fromkeys(("aws_ebs_volume", "aws_lb", "aws_s3_bucket"), protected)


def test_whoever_applies_can_make_the_data_volume(tmp_path: Path) -> None:
    """EBS encrypts it in the name of its maker, and grants itself the key's use."""
    found = synthesize(
        tmp_path,
        deployer=DEPLOYER,
        management_vpc=VPC,
        kms_keys={"secrets": {"users": [USER]}, "database": {}},
        management_service=SERVICE,
    )

    key = (found.json, "KmsKeys_database_", DEPLOYER)
    assert all(allows(*key, action) for action in DISK)
    assert allows(*key, "kms:CreateGrant", FOR_AWS)
    assert not allows(*key, "kms:CreateGrant")
