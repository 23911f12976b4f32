"""How the AWS entities of one section are put together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from tests.stacks.estates import synthesize_one
from tests.synth import Synthesized

PUBLIC_KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY replace-with-your-own"
)
ZONES = {
    f"eu-west-1{z}": {"private": f"10.0.{i}.0/24", "public": f"10.0.1{i}.0/24"} for i, z in enumerate("abc")
}
VPC = {"cidr": "10.0.0.0/16", "zones": ZONES}
EXISTING_VPC = {
    "existing": {
        "vpc_id": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "subnet-0123456789abcdef0", "public": "subnet-0123456789abcdef1"}
        },
    }
}
SSH = {"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": PUBLIC_KEY}
USER = "arn:aws:iam::012345678901:user/admin"
KEYS = {"secrets": {"users": [USER]}, "database": {"users": [USER]}}


def synthesize(tmp_path: Path, *, protected: bool = True, **aws: Any) -> Synthesized:
    """Synthesize an environment with these AWS entities."""
    config = Environment.model_validate(
        {
            "environment": "dev",
            "state": {"local": {}},
            "deletion_protection": protected,
            "aws": {"region": "eu-west-1", "account_id": "012345678901", **aws},
        }
    )
    organization = Organization(name="kl", domain="example.com", promotion=("dev",))
    return synthesize_one(tmp_path, Estate(organization, {"dev": config}), "dev")


def test_without_entities_there_is_nothing(tmp_path: Path) -> None:
    """Neither resources nor outputs."""
    found = synthesize(tmp_path)

    assert (found.counts(), found.outputs) == ({}, {})


def test_an_existing_vpc_is_used_and_not_made(tmp_path: Path) -> None:
    """The bastion stands in its public subnet."""
    found = synthesize(tmp_path, management_vpc=EXISTING_VPC, bastion=SSH)

    assert "aws_vpc" not in found.counts()
    assert found.one("aws_instance")["subnet_id"] == "subnet-0123456789abcdef1"
    assert found.one("aws_security_group")["vpc_id"] == "vpc-0123456789abcdef0"


def test_an_existing_key_is_used_and_not_made(tmp_path: Path) -> None:
    """Only the other one is ours."""
    arn = "arn:aws:kms:eu-west-1:012345678901:key/1234"
    found = synthesize(tmp_path, kms_keys={"old": {"existing": {"key_arn": arn}}, "new": {}})

    assert found.counts() == {"aws_kms_alias": 1, "aws_kms_key": 1}


def test_the_tunnel_is_put_out_where_there_is_a_bastion(tmp_path: Path) -> None:
    """For `terraform output -raw bastion_tunnel`."""
    found = synthesize(tmp_path, management_vpc=EXISTING_VPC, bastion=SSH)

    assert list(found.outputs) == ["bastion_tunnel"]
    assert found.outputs["bastion_tunnel"]["value"].startswith("#!/bin/sh\n")


@pytest.mark.parametrize("protected", [True, False])
def test_protection_reaches_every_stateful_resource(tmp_path: Path, *, protected: bool) -> None:
    """All or none: an environment is thrown away whole."""
    found = synthesize(
        tmp_path,
        protected=protected,
        management_vpc=VPC,
        bastion=SSH,
        kms_keys=KEYS,
    )
    said = {
        body["lifecycle"]["prevent_destroy"]
        for type_ in found.counts()
        for body in found.resources(type_).values()
        if "prevent_destroy" in body.get("lifecycle", {})
    }

    assert said == {protected}
