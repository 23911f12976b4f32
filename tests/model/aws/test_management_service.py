"""The management service as an environment file writes it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from estate.model.aws.management_service import MAINTENANCE_WARNING, ManagementServiceConfig
from estate.model.aws.volume import VolumeConfig
from tests.model.refusals import refusals

ADMIN = "arn:aws:iam::012345678901:user/gke-aws-admin"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY alice@example.com"
MINIMAL: dict[str, Any] = {
    "version": "aws-1.4.1-gke.15",
    "admin_identity_arns": [ADMIN],
    "google_cloud": {"project_id": "kl-sandbox-host"},
    "key_pair": {"public_key": KEY},
    "cluster_example": {"version": "1.16.9-gke.12"},
}


def test_the_identity_is_enough() -> None:
    """Who, which project, which version, which key: the rest is operation."""
    config = ManagementServiceConfig.model_validate(MINIMAL)

    assert config.model_dump(exclude=set(MINIMAL), mode="json") == {
        "secrets_key": "secrets",
        "database_key": "database",
        "cluster_id": None,
        "zone": None,
        "instance_type": "t3.medium",
        "ami_id": None,
        "iam": {"permissions_boundary": None, "path": "/"},
        "root_volume": VolumeConfig().model_dump(mode="json"),
        "data_volume": VolumeConfig().model_dump(mode="json"),
        "labels": {},
        "bootstrap_bucket": None,
        "agent_sha256": None,
    }
    assert config.cluster_example.model_dump(mode="json") == {
        "version": "1.16.9-gke.12",
        "services": "10.1.0.0/16",
        "pods": "10.2.0.0/16",
        "instance_type": "t3.medium",
    }


def test_takes_every_option() -> None:
    """All that the product's own document says has a place, but for the proxy."""
    document = {
        **MINIMAL,
        "secrets_key": "app",
        "database_key": "etcd",
        "cluster_id": "gke-404767c1",
        "zone": "eu-west-1b",
        "instance_type": "m5.large",
        "ami_id": "ami-0123456789abcdef0",
        "iam": {"permissions_boundary": "arn:aws:iam::aws:policy/PowerUserAccess", "path": "/platform/gke/"},
        "root_volume": {"volume_type": "gp2"},
        "data_volume": {"volume_type": "io1", "iops": 500, "kms_key": "app"},
        "labels": {"team": "platform"},
        "bootstrap_bucket": "gke-jetstack-anthos-eu-west-1-bootstrap",
        "agent_sha256": "0" * 64,
    }

    assert refusals(ManagementServiceConfig, document) == {}


@pytest.mark.parametrize("missing", sorted(MINIMAL))
def test_has_no_default_for_the_identity(missing: str) -> None:
    """A project or an administrator taken from a default would be somebody else's."""
    document = {name: value for name, value in MINIMAL.items() if name != missing}

    assert refusals(ManagementServiceConfig, document) == {missing: "Field required"}


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"version": "1.4.1-gke.15"}, "version", "pattern"),
        ({"admin_identity_arns": []}, "admin_identity_arns", "at least 1 item"),
        ({"admin_identity_arns": [ADMIN, ADMIN]}, "admin_identity_arns.1", "a second time"),
        ({"google_cloud": {"project_id": "Sandbox Host"}}, "google_cloud.project_id", "pattern"),
        ({"key_pair": {"public_key": "-----BEGIN RSA"}}, "key_pair.public_key", "pattern"),
        (
            {"key_pair": {"public_key": "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY="}},
            "key_pair.public_key",
            "ssh-ed25519 or ssh-rsa key, got ecdsa-sha2-nistp256",
        ),
        ({"cluster_example": {"version": "1.16"}}, "cluster_example.version", "pattern"),
        (
            {"cluster_example": {"version": "1.16.9-gke.12", "pods": "10.1.128.0/17"}},
            "cluster_example.pods",
            "must not overlap services 10.1.0.0/16, got 10.1.128.0/17",
        ),
        ({"secrets_key": "database"}, "database_key", "must differ from secrets_key, got database for both"),
        ({"cluster_id": "gke-xyz"}, "cluster_id", "pattern"),
        ({"zone": "eu-west-1"}, "zone", "pattern"),
        ({"instance_type": "t2.medium"}, "instance_type", "NVMe devices, got t2.medium"),
        ({"instance_type": "t4g.medium"}, "instance_type", "x86 family, as the agent is, got t4g.medium"),
        ({"instance_type": "a1.large"}, "instance_type", "x86 family"),
        ({"instance_type": "c7gn.large"}, "instance_type", "x86 family"),
        ({"iam": {"path": "platform"}}, "iam.path", "pattern"),
        ({"iam": {"permissions_boundary": "PowerUserAccess"}}, "iam.permissions_boundary", "pattern"),
        ({"bootstrap_bucket": "gke.bootstrap"}, "bootstrap_bucket", "pattern"),
        ({"agent_sha256": "abc"}, "agent_sha256", "pattern"),
        ({"labels": {"Team": "platform"}}, "labels.Team.[key]", "pattern"),
        ({"proxy": {"httpProxy": "http://user:pw@proxy"}}, "proxy", "not permitted"),
    ],
)
def test_refuses(change: dict[str, Any], path: str, words: str) -> None:
    """Each mistake a person makes, with the field to change."""
    found = refusals(ManagementServiceConfig, {**MINIMAL, **change})

    assert list(found) == [path]
    assert words in found[path]


def test_refuses_the_account_id_of_the_published_walkthrough() -> None:
    """The walkthrough prints 13 digits, and an ARN copied from it would fit nobody."""
    document = {**MINIMAL, "admin_identity_arns": ["arn:aws:iam::0123456789012:user/gke-aws-admin"]}

    assert "pattern" in refusals(ManagementServiceConfig, document)["admin_identity_arns.0"]


@pytest.mark.parametrize(
    "instance_type", ["t3.medium", "t3a.medium", "m5.large", "g4dn.xlarge", "p3dn.24xlarge"]
)
def test_takes_instances_that_can_run_it(instance_type: str) -> None:
    """A g in a family's name does not make it an ARM family."""
    assert refusals(ManagementServiceConfig, {**MINIMAL, "instance_type": instance_type}) == {}


def test_the_warning_says_when_it_ends() -> None:
    """Nobody should build on it without knowing the date."""
    assert "maintenance mode" in MAINTENANCE_WARNING
    assert re.search(r"shuts it down on 2027-03-17", MAINTENANCE_WARNING)
