"""The rules that cross the entities of an aws section."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.aws.aws import AwsConfig
from tests.model.refusals import refusals

ZONES = {
    f"eu-west-1{letter}": {"private": f"10.0.{i}.0/24", "public": f"10.0.1{i}.0/24"}
    for i, letter in enumerate("abc")
}
VPC = {"cidr": "10.0.0.0/16", "zones": ZONES}
KEY_ARN = "arn:aws:kms:eu-west-1:012345678901:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MINIMAL = {"region": "eu-west-1", "account_id": "012345678901"}


def test_region_and_account_are_enough() -> None:
    """What is left of a section that is being retired."""
    assert refusals(AwsConfig, MINIMAL) == {}


def test_a_whole_section_is_valid() -> None:
    """Network, way in and keys together."""
    whole = {
        **MINIMAL,
        "management_vpc": VPC,
        "bastion": {"access": "session_manager", "zone": "eu-west-1b"},
        "kms_keys": {"secrets": {}, "old": {"existing": {"key_arn": KEY_ARN}}},
    }

    assert refusals(AwsConfig, whole) == {}


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"region": "Ireland"}, "region", "pattern"),
        ({"account_id": "0123456789012"}, "account_id", "pattern"),
        (
            {"management_vpc": {**VPC, "zones": {**ZONES, "us-east-1a": ZONES["eu-west-1a"]}}},
            "management_vpc.zones.us-east-1a.private",
            "overlap",
        ),
        (
            {"region": "eu-west-2", "management_vpc": VPC},
            "management_vpc.zones.eu-west-1a",
            "zone of region eu-west-2",
        ),
        ({"bastion": {"access": "session_manager"}}, "bastion", "needs management_vpc"),
        (
            {"management_vpc": VPC, "bastion": {"access": "session_manager", "zone": "eu-west-1d"}},
            "bastion.zone",
            "eu-west-1d",
        ),
        (
            {"kms_keys": {"old": {"existing": {"key_arn": KEY_ARN.replace("eu-west-1", "eu-west-2")}}}},
            "kms_keys.old.existing.key_arn",
            "in eu-west-1",
        ),
        (
            {"kms_keys": {"old": {"existing": {"key_arn": KEY_ARN.replace("012345678901", "123456789012")}}}},
            "kms_keys.old.existing.key_arn",
            "account 012345678901",
        ),
        (
            {"kms_keys": {"a": {"alias": "alias/x"}, "b": {"alias": "alias/x"}}},
            "kms_keys.b.alias",
            "must differ from that of a",
        ),
        ({"kms_keys": {"Upper": {}}}, "kms_keys.Upper.[key]", "pattern"),
    ],
    ids=[
        "region",
        "13 digits",
        "two zones on one range",
        "zone of another region",
        "bastion without a network",
        "bastion in no zone",
        "key of another region",
        "key of another account",
        "alias twice",
        "key name",
    ],
)
def test_refuses(change: dict[str, Any], path: str, words: str) -> None:
    """Each mistake a person makes, with the field to change."""
    found = refusals(AwsConfig, {**MINIMAL, **change})

    assert path in found
    assert words in found[path]


def test_keys_without_an_alias_of_their_own_do_not_collide() -> None:
    """Their aliases are derived from their keys."""
    assert refusals(AwsConfig, {**MINIMAL, "kms_keys": {"a": {}, "b": {}}}) == {}


def test_the_routable_range_is_that_of_the_vpc() -> None:
    """What other networks may route to, for the rules that cross environments."""
    config = AwsConfig.model_validate({**MINIMAL, "management_vpc": VPC})

    assert [(path, str(cidr)) for path, cidr in config.routable_ranges()] == [
        (("management_vpc", "cidr"), "10.0.0.0/16")
    ]
    assert list(AwsConfig.model_validate(MINIMAL).routable_ranges()) == []
