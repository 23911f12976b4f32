"""AWSManagementService documents and what belongs beside them, as files of a test."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.cli import main

PUBLIC_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY me@example.com"
KEY = "arn:aws:kms:eu-west-1:012345678901:key"

SAMPLE: dict[str, Any] = {
    "apiVersion": "multicloud.cluster.gke.io/v1",
    "kind": "AWSManagementService",
    "metadata": {"name": "management"},
    "spec": {
        "version": "aws-1.4.1-gke.15",
        "region": "eu-west-1",
        "authentication": {"awsIAM": {"adminIdentityARNs": ["arn:aws:iam::012345678901:user/gke-aws-admin"]}},
        "kmsKeyARN": f"{KEY}/4172f749-702e-41fe-ac3f-898d21930cb6",
        "databaseEncryption": {"kmsKeyARN": f"{KEY}/12560928-59cf-4157-a29f-eecb4ec93fd2"},
        "googleCloud": {
            "projectID": "jetstack-anthos",
            "serviceAccountKeys": {
                "managementService": "management-key.json",
                "connectAgent": "hub-key.json",
                "node": "node-key.json",
            },
        },
        "dedicatedVPC": {
            "vpcCIDRBlock": "10.0.0.0/16",
            "availabilityZones": ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
            "privateSubnetCIDRBlocks": ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"],
            "publicSubnetCIDRBlocks": ["10.0.4.0/24", "10.0.5.0/24", "10.0.6.0/24"],
            "bastionAllowedSSHCIDRBlocks": ["198.51.100.0/24"],
        },
    },
}
"""The values of the walkthrough, with an account id that AWS accepts."""

WRONG_ACCOUNT = "0123456789012"
"""The account id of the walkthrough, with a digit too many."""

EVERYTHING: dict[str, Any] = copy.deepcopy(SAMPLE)
"""A document that uses every field of the schema, for a dedicated VPC."""
EVERYTHING["spec"] |= {
    "iam": {
        "permissionsBoundary": "arn:aws:iam::012345678901:policy/boundary",
        "path": "/platform/gke/",
    },
    "rootVolume": {"volumeType": "io1", "iops": 1500, "kmsKeyARN": f"{KEY}/root", "sizeGiB": 31},
    "dataVolume": {"volumeType": "gp2", "iops": 3333, "kmsKeyARN": f"{KEY}/data", "sizeGiB": 101},
    "tags": {"team": "platform-engineering", "CostCenter": "CC-4711"},
    "bastionHost": {
        "allowedSSHCIDRBlocks": ["203.0.113.0/24", "198.51.100.0/24"],
        "rootVolume": {"volumeType": "io2", "iops": 777, "kmsKeyARN": f"{KEY}/bastion", "sizeGiB": 12},
    },
    "bootstrapS3Bucket": "jetstack-bootstrap",
    "proxy": "proxy-settings.json",
    "terraform": {"invokeManually": True, "stateGCSBucket": "jetstack-anthos-tfstate"},
}

EXISTING_VPC: dict[str, Any] = copy.deepcopy(SAMPLE)
"""A document for a VPC that exists, with the fields that only such a document has."""
del EXISTING_VPC["spec"]["dedicatedVPC"]
EXISTING_VPC["spec"] |= {
    "securityGroupIDs": ["sg-0a0a0a0a"],
    "existingVPC": {"subnetID": "subnet-0b0b0b0b", "allowedSSHSecurityGroupIDs": ["sg-0c0c0c0c"]},
}

VPC_IDS: dict[str, Any] = {
    "vpc_id": "vpc-0a1b2c3d",
    "cidr": "10.0.0.0/16",
    "zones": {
        "eu-west-1a": {"private": "subnet-0a0a0a0a", "public": "subnet-1a1a1a1a"},
        "eu-west-1b": {"private": "subnet-0b0b0b0b", "public": "subnet-1b1b1b1b"},
        "eu-west-1c": {"private": "subnet-0c0c0c0c", "public": "subnet-1c1c1c1c"},
    },
}
"""What `--existing-vpc` takes."""


def changed(document: dict[str, Any], *path: str, to: Any = None) -> dict[str, Any]:
    """The document with another value at ``path``, or with none."""
    copied = copy.deepcopy(document)
    holder = copied
    for part in path[:-1]:
        holder = holder.setdefault(part, {})
    if to is None:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = to
    return copied


class Workplace:
    """A folder in which the command runs, with a public key in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        (folder / "key.pub").write_text(f"{PUBLIC_KEY}\n", "utf-8")

    def write(self, document: Any, name: str = "anthos-gke.yaml") -> str:
        """Write a document, as data or as text; returns its name."""
        text = (
            document if isinstance(document, str) else yaml.safe_dump(document, sort_keys=False, width=4096)
        )
        (self.folder / name).write_text(text, "utf-8")
        return name

    def place(self, text: str, name: str = "anthos-gke.yaml") -> str:
        """File and line of the last line of a document that holds a text."""
        lines = (self.folder / name).read_text("utf-8").splitlines()
        return f"{name}:{max(number for number, line in enumerate(lines, 1) if text in line)}:"

    def adopt(self, document: Any, *options: str, public_key: bool = True) -> tuple[int, str, str]:
        """Run the command over a document; returns exit code, standard output and standard error."""
        key = ["--public-key", "key.pub"] if public_key else []
        code = main(["adopt", "management-service", self.write(document), *key, *options])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def section(self, document: Any, *options: str) -> dict[str, Any]:
        """The section that the command prints, as data."""
        code, out, err = self.adopt(document, *options)
        assert code == 0, err
        section: dict[str, Any] = yaml.safe_load(out)["aws"]
        return section

    def refusal(self, document: Any, *options: str, public_key: bool = True) -> str:
        """What the command says of a document or of options that it refuses."""
        code, out, err = self.adopt(document, *options, public_key=public_key)
        assert (code, out) == (2, "")
        return err
