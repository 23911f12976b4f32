"""The section that a document becomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.reading.estate_loader import load_estate
from tests.operations.adopt.management_service.documents import (
    EVERYTHING,
    EXISTING_VPC,
    KEY,
    PUBLIC_KEY,
    SAMPLE,
    VPC_IDS,
    Workplace,
    changed,
)

SECRETS = f"{KEY}/4172f749-702e-41fe-ac3f-898d21930cb6"
DATABASE = f"{KEY}/12560928-59cf-4157-a29f-eecb4ec93fd2"
ADMIN = "arn:aws:iam::012345678901:user/gke-aws-admin"

SECTION: dict[str, Any] = {
    "region": "eu-west-1",
    "account_id": "012345678901",
    "management_vpc": {
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"},
            "eu-west-1b": {"private": "10.0.2.0/24", "public": "10.0.5.0/24"},
            "eu-west-1c": {"private": "10.0.3.0/24", "public": "10.0.6.0/24"},
        },
    },
    "bastion": {"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": PUBLIC_KEY},
    "kms_keys": {
        "secrets": {"existing": {"key_arn": SECRETS}},
        "database": {"existing": {"key_arn": DATABASE}},
    },
    "management_service": {
        "version": "aws-1.4.1-gke.15",
        "admin_identity_arns": [ADMIN],
        "google_cloud": {"project_id": "jetstack-anthos"},
        "key_pair": {"public_key": PUBLIC_KEY},
        "cluster_example": {"version": "1.16.9-gke.12"},
    },
}


def test_the_sample_becomes_a_section(workplace: Workplace) -> None:
    """Every value in its place, and nothing else."""
    assert workplace.section(SAMPLE) == SECTION


def test_a_document_with_everything_becomes_a_section(workplace: Workplace) -> None:
    """The optional fields come on top of the sample's."""
    section = workplace.section(EVERYTHING)

    assert section == {
        **SECTION,
        "bastion": {
            "allowed_ssh_cidrs": ["198.51.100.0/24", "203.0.113.0/24"],
            "public_key": PUBLIC_KEY,
            "root_volume_gib": 12,
        },
        "kms_keys": {
            **SECTION["kms_keys"],
            "root-volume": {"existing": {"key_arn": f"{KEY}/root"}},
            "data-volume": {"existing": {"key_arn": f"{KEY}/data"}},
        },
        "management_service": {
            **SECTION["management_service"],
            "iam": {
                "permissions_boundary": "arn:aws:iam::012345678901:policy/boundary",
                "path": "/platform/gke/",
            },
            "root_volume": {"volume_type": "io1", "size_gib": 31, "iops": 1500, "kms_key": "root-volume"},
            "data_volume": {"volume_type": "gp2", "size_gib": 101, "kms_key": "data-volume"},
            "labels": {"team": "platform-engineering"},
            "bootstrap_bucket": "jetstack-bootstrap",
        },
    }


@pytest.mark.parametrize(
    "document", [SAMPLE, EVERYTHING, EXISTING_VPC], ids=["sample", "everything", "existing"]
)
def test_the_printed_section_is_valid_in_an_environment(
    workplace: Workplace, tmp_path: Path, document: dict[str, Any]
) -> None:
    """What is printed can be pasted as it is, and the loader takes it."""
    options = ["--existing-vpc", workplace.write(VPC_IDS, "vpc.yaml")] if document is EXISTING_VPC else []
    _, out, _ = workplace.adopt(document, *options)
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "organization.yaml").write_text("name: kl\ndomain: example.com\npromotion: [dev]\n", "utf-8")
    (folder / "dev.yaml").write_text(f"environment: dev\nstate: {{local: {{}}}}\n{out}", "utf-8")

    aws = load_estate(folder).environments["dev"].aws

    assert aws is not None
    assert aws.management_service is not None
    assert aws.management_service.version == "aws-1.4.1-gke.15"


def test_many_administrators_stand_one_a_line(workplace: Workplace) -> None:
    """A list that is too long for a line is still read back whole."""
    arns = [f"{ADMIN}-{number}" for number in range(12)]
    document = changed(SAMPLE, "spec", "authentication", "awsIAM", "adminIdentityARNs", to=arns)

    _, out, _ = workplace.adopt(document)

    assert yaml.safe_load(out)["aws"]["management_service"]["admin_identity_arns"] == arns
    assert f"    admin_identity_arns:\n      - {arns[0]}\n" in out


def test_output_is_the_section_and_notes_stand_apart(workplace: Workplace) -> None:
    """`hybrid adopt management-service FILE > aws.yaml` makes a file that is YAML, the same in every run."""
    _, out, err = workplace.adopt(SAMPLE)
    _, again, _ = workplace.adopt(SAMPLE)

    assert out == again
    assert list(yaml.safe_load(out)) == ["aws"]
    assert "note: applying this section builds a second management plane" in err
    assert "2027-03-17" in err
    assert err.count("note: existing keys stay as they are") == 1


def test_a_section_in_flow_reads_as_people_write_it(workplace: Workplace) -> None:
    """Zones one a line, as in the environments of this repository."""
    _, out, _ = workplace.adopt(SAMPLE)

    assert "      eu-west-1a: {private: 10.0.1.0/24, public: 10.0.4.0/24}\n" in out
    assert '  account_id: "012345678901"\n' in out
    assert out.startswith("# From AWSManagementService management (multicloud.cluster.gke.io/v1).\naws:\n")


@pytest.mark.parametrize(
    ("path", "value", "at", "refusal"),
    [
        (
            ("spec", "dedicatedVPC", "privateSubnetCIDRBlocks"),
            ["10.0.1.0/24", "10.1.2.0/24", "10.0.3.0/24"],
            "10.1.2.0/24",
            "spec.dedicatedVPC.privateSubnetCIDRBlocks[1]: must lie inside",
        ),
        (
            ("spec", "dedicatedVPC", "bastionAllowedSSHCIDRBlocks"),
            ["198.51.100.0/24", "0.0.0.0/0"],
            "0.0.0.0/0",
            "spec.dedicatedVPC.bastionAllowedSSHCIDRBlocks[1]: must not open SSH",
        ),
        (("spec", "rootVolume"), {"volumeType": "st1"}, "st1", "spec.rootVolume.volumeType: must be one of"),
        (
            ("spec", "dataVolume"),
            {"volumeType": "io1", "iops": 50, "sizeGiB": 10},
            "iops: 50",
            "spec.dataVolume.iops: must be 100 to ",
        ),
        (
            ("spec", "authentication", "awsIAM", "adminIdentityARNs"),
            [ADMIN, ADMIN.replace("user", "group")],
            ":group/",
            "spec.authentication.awsIAM.adminIdentityARNs[1]: must be the ARN of a role or user",
        ),
    ],
    ids=["subnet outside", "open to all", "volume type", "too slow", "group"],
)
def test_what_the_model_refuses_is_said_of_the_document(
    workplace: Workplace, path: tuple[str, ...], value: Any, at: str, refusal: str
) -> None:
    """A person has the document before them, not a section that was never printed."""
    lines = workplace.refusal(changed(SAMPLE, *path, to=value)).splitlines()

    told = next(line for line in lines if refusal in line)
    assert told.startswith(workplace.place(at))


def test_zones_of_another_region_are_refused(workplace: Workplace) -> None:
    """The zones are keys of the section; what is wrong with one is said at the VPC."""
    document = changed(
        SAMPLE, "spec", "dedicatedVPC", "availabilityZones", to=["eu-west-1a", "eu-west-1b", "eu-north-1c"]
    )

    assert "must be a zone of region eu-west-1, got eu-north-1c" in workplace.refusal(document)
