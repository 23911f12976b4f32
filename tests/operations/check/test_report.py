"""What hybrid check says of an environment."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from operations.check.report import print_report
from tests.model.access.estates import estate, organization
from tests.operations.cards.asking import contents, warnings

ZONES = {
    f"eu-west-1{z}": {"private": f"10.0.{i}.0/24", "public": f"10.0.1{i}.0/24"} for i, z in enumerate("abc")
}
EXISTING_VPC = {
    "existing": {
        "vpc_id": "vpc-0123456789abcdef0",
        "cidr": "10.0.0.0/16",
        "zones": {
            "eu-west-1a": {"private": "subnet-0123456789abcdef0", "public": "subnet-0123456789abcdef1"}
        },
    }
}
KEY_ARN = "arn:aws:kms:eu-west-1:012345678901:key/1234"


def environment(*, state: dict[str, Any] | None = None, protected: bool = True, **aws: Any) -> Environment:
    """An environment with these entities in AWS, nothing in AWS when there are none."""
    section = {"aws": {"region": "eu-west-1", "account_id": "012345678901", **aws}} if aws else {}
    return Environment.model_validate(
        {
            "environment": "dev",
            "state": state or {"gcs": {"bucket": "kl-dev"}},
            "deletion_protection": protected,
            **section,
        }
    )


@pytest.mark.parametrize(
    ("state", "summary"),
    [
        ({"local": {}}, ".state/dev/ on this machine"),
        ({"gcs": {"bucket": "abc"}}, "gs://abc/dev"),
        ({"gcs": {"bucket": "abc", "prefix": "x/y"}}, "gs://abc/x/y"),
        ({"s3": {"bucket": "abc", "region": "eu-west-1"}}, "s3://abc/dev in eu-west-1"),
        ({"s3": {"bucket": "abc", "region": "eu-west-1", "prefix": "x"}}, "s3://abc/x in eu-west-1"),
    ],
)
def test_the_state_is_named_where_it_lies(state: dict[str, Any], summary: str) -> None:
    """An address that a person can go to."""
    assert [content.summary for content in contents(environment(state=state))] == [summary]


def test_every_entity_is_listed_with_its_path() -> None:
    """In the order of the file's sections, keys by name."""
    found = contents(
        environment(
            management_vpc={"cidr": "10.0.0.0/16", "zones": ZONES, "nat_gateways": "single"},
            bastion={"access": "session_manager"},
            kms_keys={"b": {"deletion_window_days": 7}, "a": {"existing": {"key_arn": KEY_ARN}}},
        )
    )

    assert [(content.path, content.summary) for content in found][1:] == [
        ("aws", "012345678901 in eu-west-1"),
        ("aws.management_vpc", "10.0.0.0/16, zones eu-west-1a, eu-west-1b, eu-west-1c, one NAT gateway"),
        ("aws.bastion", "t3.micro, Session Manager, no inbound port"),
        ("aws.kms_keys.a", f"existing {KEY_ARN}"),
        ("aws.kms_keys.b", "rotated yearly, 7 days to undo a deletion"),
    ]


def test_a_bastion_says_who_may_come_in() -> None:
    """By SSH from these ranges, or by nothing that listens."""
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY a"
    found = contents(
        environment(
            management_vpc={"cidr": "10.0.0.0/16", "zones": ZONES},
            bastion={"allowed_ssh_cidrs": ["198.51.100.0/24"], "public_key": public_key},
        )
    )

    assert found[-1].summary == "t3.micro, SSH from 198.51.100.0/24"


def test_keys_alone_are_listed_without_a_network() -> None:
    """No entity needs another to be shown."""
    assert [content.path for content in contents(environment(kms_keys={"a": {}}))] == [
        "state",
        "aws",
        "aws.kms_keys.a",
    ]


def test_an_existing_vpc_is_shown_by_its_id() -> None:
    """So that it is not taken for one of ours."""
    summaries = [content.summary for content in contents(environment(management_vpc=EXISTING_VPC))]

    assert summaries[-1] == "existing vpc-0123456789abcdef0, 10.0.0.0/16, zones eu-west-1a"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (environment(), []),
        (environment(management_vpc={"cidr": "10.0.0.0/16", "zones": ZONES}), []),
        (environment(management_vpc=EXISTING_VPC), []),
        (environment(state={"local": {}}), ["on this machine only"]),
        (environment(protected=False), ["deletion_protection is off"]),
        (
            environment(management_vpc={"cidr": "10.0.0.0/16", "zones": ZONES, "nat_gateways": "single"}),
            ["a single NAT gateway serves all zones"],
        ),
        (
            environment(
                management_vpc={
                    "cidr": "10.0.0.0/16",
                    "zones": {"eu-west-1a": ZONES["eu-west-1a"]},
                    "nat_gateways": "single",
                }
            ),
            ["1 of the three zones"],
        ),
    ],
    ids=[
        "plain",
        "whole network",
        "existing network",
        "local state",
        "unprotected",
        "single NAT",
        "one zone",
    ],
)
def test_what_is_allowed_and_yet_worth_saying_is_said(found: Environment, words: list[str]) -> None:
    """Each warning for its reason, none without."""
    said = list(warnings(found))

    assert len(said) == len(words)
    assert all(word in sentence for word, sentence in zip(words, said, strict=True))


def test_an_environment_without_clusters_has_no_table_of_addresses(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is in it, and nothing about what is not."""
    print_report(estate(organization(), environment(kms_keys={"a": {}})), ["dev"])

    printed = capsys.readouterr().out
    assert "aws.kms_keys.a" in printed
    assert "addresses" not in printed
