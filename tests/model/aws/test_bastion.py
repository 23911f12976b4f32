"""The bastion as an environment file writes it."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from estate.model.aws.bastion import BastionAccess, BastionConfig
from tests.model.refusals import refusals

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY alice@example.com"
SSH = {"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": KEY}
SESSION_MANAGER = {"access": "session_manager"}


def test_ranges_and_a_key_are_enough_for_ssh() -> None:
    """The rest is operation."""
    config = BastionConfig.model_validate(SSH)

    assert config.access is BastionAccess.SSH
    assert (config.zone, config.instance_type, config.ami_id, config.root_volume_gib) == (
        None,
        "t3.micro",
        None,
        10,
    )


def test_session_manager_needs_nothing_else() -> None:
    """No range, no key: AWS decides who comes in."""
    assert refusals(BastionConfig, SESSION_MANAGER) == {}


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({**SSH, "allowed_ssh_cidrs": ["0.0.0.0/0"]}, "allowed_ssh_cidrs.0", "internet, got 0.0.0.0/0"),
        (
            {**SSH, "allowed_ssh_cidrs": ["198.51.100.0/24", "128.0.0.0/1"]},
            "allowed_ssh_cidrs.1",
            "internet, got 128.0.0.0/1",
        ),
        ({**SSH, "allowed_ssh_cidrs": ["198.51.100.7"]}, "allowed_ssh_cidrs.0", "CIDR form"),
        ({"public_key": KEY}, "allowed_ssh_cidrs", "needed with access: ssh"),
        ({"allowed_ssh_cidrs": ["198.51.100.0/24"]}, "public_key", "needed with access: ssh"),
        (
            {**SESSION_MANAGER, "allowed_ssh_cidrs": ["198.51.100.0/24"]},
            "allowed_ssh_cidrs",
            "left out with access: session_manager",
        ),
        ({**SESSION_MANAGER, "public_key": KEY}, "public_key", "left out with access: session_manager"),
        ({**SSH, "public_key": "-----BEGIN OPENSSH PRIVATE KEY-----"}, "public_key", "match pattern"),
        (
            {**SSH, "public_key": "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY="},
            "public_key",
            "ssh-ed25519 or ssh-rsa key, got ecdsa-sha2-nistp256",
        ),
        ({**SSH, "instance_type": "t3"}, "instance_type", "match pattern"),
        ({**SSH, "instance_type": "t4g.nano"}, "instance_type", "x86 type as long as ami_id is absent"),
        ({**SSH, "instance_type": "im4gn.large"}, "instance_type", "got im4gn.large, which is Arm"),
        ({**SSH, "root_volume_gib": 4}, "root_volume_gib", "greater than or equal to 8"),
        ({**SSH, "access": "public"}, "access", "'ssh' or 'session_manager'"),
    ],
    ids=[
        "whole internet",
        "half the internet",
        "address without prefix",
        "ssh without ranges",
        "ssh without key",
        "session manager with ranges",
        "session manager with key",
        "private key",
        "key of a type that EC2 refuses",
        "no size",
        "arm without image",
        "arm storage without image",
        "disk too small",
        "unknown access",
    ],
)
def test_refuses(document: dict[str, Any], path: str, words: str) -> None:
    """Each mistake is reported at the field that has to change."""
    found = refusals(BastionConfig, document)

    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize("instance_type", ["t3.micro", "g4dn.xlarge", "m7i-flex.large", "c6gn.medium"])
def test_an_image_of_ones_own_goes_with_every_processor(instance_type: str) -> None:
    """Only the image that is looked up is bound to x86; graphics types are no Arm."""
    document = {**SSH, "instance_type": instance_type, "ami_id": "ami-0123456789abcdef0"}

    assert refusals(BastionConfig, document) == {}


@pytest.mark.parametrize("instance_type", ["t3.micro", "g4dn.xlarge", "m7i-flex.large", "u-6tb1.metal"])
def test_x86_types_need_no_image(instance_type: str) -> None:
    """A g before the generation is a family, not a processor."""
    assert refusals(BastionConfig, {**SSH, "instance_type": instance_type}) == {}


def test_zone_must_be_one_of_the_vpc() -> None:
    """There is a public subnet to stand in only where the VPC has one."""
    document = {
        "region": "eu-west-1",
        "account_id": "012345678901",
        "management_vpc": {
            "cidr": "10.0.0.0/16",
            "zones": {"eu-west-1a": {"private": "10.0.1.0/24", "public": "10.0.4.0/24"}},
        },
        "bastion": {**SSH, "zone": "eu-west-1c"},
    }

    assert refusals(AwsConfig, document) == {
        "bastion.zone": "must be one of management_vpc.zones: eu-west-1a; got eu-west-1c"
    }
