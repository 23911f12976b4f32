"""Warnings about what two environments share, most often because one file is a copy of the other."""

from __future__ import annotations

from typing import Any

import pytest

from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.reading.estate_loader import load_estate
from estate.reading.yaml_source import read
from operations.cards.sharing import sharing_warnings
from operations.check.report import report_json
from tests.example import ENVIRONMENTS, NAMES
from tests.model.vmware.documents import changed

PROD: dict[str, Any] = read(ENVIRONMENTS / "prod.yaml", "prod").data
DEV: dict[str, Any] = read(ENVIRONMENTS / "dev.yaml", "dev").data
APPS = DEV["vmware"]["user_clusters"]["apps"]
ROLE = "arn:aws:iam::123456789012:role/admin"


def warned(newcomers: frozenset[str] = frozenset(), **changes: Any) -> dict[str, list[str]]:
    """What is said of dev, and of a prod with changes."""
    documents = {"dev": DEV, "prod": changed(PROD, **changes)}
    environments = {name: Environment.model_validate(document) for name, document in documents.items()}
    estate = Estate(load_estate(ENVIRONMENTS).organization, environments, newcomers=newcomers)
    return {name: [text for _, text in sharing_warnings(estate, name)] for name in environments}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_of_environments_that_share_nothing(name: str) -> None:
    """Of none of the estate's."""
    assert list(sharing_warnings(load_estate(ENVIRONMENTS), name)) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"aws": {"region": "eu-west-1", "account_id": "123456789012"}},
            "aws.account_id 123456789012 is that of dev too",
        ),
        (
            {"aws__eks_clusters__aws__access__administrators__platform": ROLE},
            f"aws.eks_clusters.aws.access.administrators.platform is {ROLE}, of the account of dev; name one of "
            "account 345678901234",
        ),
        (
            {"vmware__user_clusters__data__network__port_group": APPS["network"]["port_group"]},
            "user cluster data is on port group vlan-220, as apps of dev is, with another subnet",
        ),
    ],
    ids=["account", "role", "port group"],
)
def test_what_two_share_is_said_of_the_later(changes: dict[str, Any], words: str) -> None:
    """And nothing of the earlier."""
    if "aws" in changes:  # the VPN leads to a VPC
        changes = {**changes, "vpn": None, "dns": None}

    said = warned(**changes)

    assert said["dev"] == []
    assert len(said["prod"]) == 1
    assert words in said["prod"][0]


def test_it_is_said_of_the_newcomer() -> None:
    """Though it comes first in promotion order."""
    network = {"vmware__user_clusters__data__network__port_group": APPS["network"]["port_group"]}

    said = warned(frozenset({"dev"}), **network)

    assert said["prod"] == []
    assert "user cluster apps is on port group vlan-220, as data of prod is" in said["dev"][0]


def test_a_port_group_of_another_data_center_is_another() -> None:
    """It has the same name there."""
    assert warned(
        vmware__vcenter__datacenter="DC2",
        vmware__user_clusters__data__network__port_group=APPS["network"]["port_group"],
    ) == {"dev": [], "prod": []}


def test_environments_without_clouds_share_nothing() -> None:
    """With what stands beside them."""
    bare = {"environment": "dev", "state": {"local": {}}}
    environments = {
        "dev": Environment.model_validate(bare),
        "prod": Environment.model_validate(PROD),
    }
    estate = Estate(load_estate(ENVIRONMENTS).organization, environments)

    assert [[text for _, text in sharing_warnings(estate, name)] for name in environments] == [[], []]


def test_the_report_has_them() -> None:
    """Beside the other warnings."""
    documents = {"dev": DEV, "prod": changed(PROD, aws__account_id="123456789012", aws__eks_clusters=None)}
    documents["prod"]["aws"].update({"deployer": ROLE, "kms_keys": {}})
    environments = {name: Environment.model_validate(document) for name, document in documents.items()}

    report = report_json(Estate(load_estate(ENVIRONMENTS).organization, environments), ["prod"])

    assert "aws.account_id 123456789012 is that of dev too" in report
