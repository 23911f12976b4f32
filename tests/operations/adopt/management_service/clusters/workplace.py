"""A folder with a cluster's documents, an environment around its VPC, and what AWS says of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.cli import main

Resource = dict[str, Any]

KEY = "arn:aws:kms:eu-west-1:111122223333:key/0b0b0b0b-0000-4000-8000-000000000001"
INSTALLER = "arn:aws:iam::111122223333:role/kl-dev-attach"
FLEET = ("--installer", INSTALLER, "--platform-version", "1.35.0-gke.1")

CLUSTER: Resource = {
    "apiVersion": "multicloud.cluster.gke.io/v1",
    "kind": "AWSCluster",
    "metadata": {"name": "web"},
    "spec": {
        "region": "eu-west-1",
        "networking": {"vpcID": "vpc-0d0d0d0d", "serviceAddressCIDRBlocks": ["172.21.0.0/16"]},
        "controlPlane": {
            "version": "1.22.8-gke.2100",
            "databaseEncryption": {"kmsKeyARN": KEY},
            "hub": {"membershipName": "projects/kl-dev-host/locations/global/memberships/web"},
        },
        "authentication": {"awsIAM": {"adminIdentityARNs": ["arn:aws:iam::111122223333:role/admin"]}},
    },
}
POOL: Resource = {
    "apiVersion": "multicloud.cluster.gke.io/v1",
    "kind": "AWSNodePool",
    "metadata": {"name": "pool"},
    "spec": {
        "clusterName": "web",
        "region": "eu-west-1",
        "version": "1.22.8-gke.2100",
        "subnetID": "subnet-0a0a0a01",
        "minNodeCount": 2,
        "maxNodeCount": 2,
        "instanceType": "m5.large",
        "rootVolume": {"sizeGiB": 40, "volumeType": "gp3"},
    },
}

_BEGIN = """\
# The environment of the development team.
environment: dev
state: {local: {}}

google:
  host_project: {id: kl-dev-host, number: 234567890123}
  region: europe-north1

fleet: {}

aws:
  region: eu-west-1
  account_id: "111122223333"
"""
EXISTING = (
    _BEGIN
    + """\
  management_vpc:
    existing:
      vpc_id: vpc-0d0d0d0d
      cidr: 10.0.0.0/16
      zones:
        eu-west-1a: {private: subnet-0a0a0a01, public: subnet-0a0a0a04}
        eu-west-1b: {private: subnet-0a0a0a02, public: subnet-0a0a0a05}
        eu-west-1c: {private: subnet-0a0a0a03, public: subnet-0a0a0a06}
  # People come in here.
  bastion: {access: session_manager}
"""
)
"""An environment in a VPC that somebody else made, without keys."""
MANAGED = (
    _BEGIN
    + """\
  deployer: arn:aws:iam::111122223333:role/kl-dev-deploy
  management_vpc:
    cidr: 10.0.0.0/16
    zones:
      eu-west-1a: {private: 10.0.1.0/24, public: 10.0.4.0/24}
      eu-west-1b: {private: 10.0.2.0/24, public: 10.0.5.0/24}
      eu-west-1c: {private: 10.0.3.0/24, public: 10.0.6.0/24}
  bastion: {access: session_manager}
  kms_keys:
    secrets: {description: secrets of the clusters}  # one for all
"""
)
"""An environment that makes its VPC and a key."""

SUBNETS = {
    "Subnets": [
        {
            "SubnetId": f"subnet-0a0a0a0{number}",
            "VpcId": "vpc-0d0d0d0d",
            "AvailabilityZone": f"eu-west-1{'abcabc'[number - 1]}",
            "CidrBlock": f"10.0.{number}.0/24",
            "Tags": [{"Key": "Name", "Value": "gke-404767c1-subnet"}],
        }
        for number in range(1, 7)
    ]
}
ALIASES = {
    "Aliases": [
        {"AliasName": "alias/aws/ebs"},
        {"AliasName": "alias/kl-dev-kms-key-secrets", "TargetKeyId": KEY.rpartition("/")[2]},
    ]
}


class Workplace:
    """A folder that the command runs in."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.environment = folder / "environments" / "dev.yaml"
        self.environment.parent.mkdir()
        self.organization("name: kl\ndomain: example.com\npromotion: [dev]\n")
        self.environment.write_text(EXISTING, "utf-8")

    def organization(self, text: str) -> None:
        """Write what all environments share."""
        self.environment.with_name("organization.yaml").write_text(text, "utf-8")

    def write(self, name: str, *documents: Resource | str) -> str:
        """Write documents into a file, as data or as text; returns its name."""
        texts = [
            one if isinstance(one, str) else yaml.safe_dump(one, sort_keys=False, width=4096)
            for one in documents
        ]
        (self.folder / name).write_text("---\n".join(texts), "utf-8", newline="")
        return name

    def aws(self, *answers: dict[str, Any]) -> list[str]:
        """Write what AWS answered; returns the options that name it."""
        words: list[str] = []
        for number, answer in enumerate(answers):
            (self.folder / f"aws-{number}.json").write_text(json.dumps(answer, indent=4), "utf-8")
            words += ["--aws", f"aws-{number}.json"]
        return words

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command; returns exit code, standard output and standard error."""
        code = main(["adopt", "aws-cluster", *arguments, "--into", "dev"])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def adopt(
        self, *documents: Resource | str, options: tuple[str, ...] = FLEET
    ) -> tuple[dict[str, Any], str]:
        """Write the new cluster; returns the environment's `aws` section and what was said."""
        code, _, err = self.run(self.write("web.yaml", *(documents or (CLUSTER, POOL))), *options, "--write")
        assert code == 0, err
        section: dict[str, Any] = yaml.safe_load(self.environment.read_text("utf-8"))["aws"]
        return section, err

    def refusal(self, *documents: Resource | str, options: tuple[str, ...] = FLEET) -> str:
        """What the command says of documents or options that it refuses."""
        before = self.environment.read_bytes()
        code, out, err = self.run(
            self.write("web.yaml", *(documents or (CLUSTER, POOL))), *options, "--write"
        )
        assert (code, out) == (2, "")
        assert "nothing was written" in err
        assert self.environment.read_bytes() == before
        return err
