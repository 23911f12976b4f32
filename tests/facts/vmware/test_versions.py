"""Versions: order, support, and the table behind them."""

from __future__ import annotations

import pytest

from estate.facts.vmware.versions import (
    gkectl_default,
    minor,
    minors_between,
    order,
    supported,
    upgraded_first,
    why_unsupported,
)


def test_versions_are_compared_by_number() -> None:
    """As text, 1.35.100 would be older than 1.35.2."""
    versions = ["1.35.100-gke.1", "1.35.2-gke.9", "1.36.0-gke.1", "1.35.2-gke.10"]

    assert sorted(versions, key=order) == ["1.35.2-gke.9", "1.35.2-gke.10", "1.35.100-gke.1", "1.36.0-gke.1"]


def test_the_table_names_the_supported_versions_in_order() -> None:
    """Oldest first; each manages itself."""
    assert list(supported()) == ["1.34", "1.35", "1.36"]
    assert all(rules.admin_manages[0] == name for name, rules in supported().items())


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("1.33.1200-gke.83", "out of support"),
        ("1.9.0-gke.1", "out of support"),
        ("1.40.0-gke.1", "versions.json"),
    ],
)
def test_says_why_a_version_cannot_be_used(version: str, words: str) -> None:
    """Too old is upgraded, too new is looked up."""
    assert words in (why_unsupported(version) or "")


@pytest.mark.parametrize("version", ["1.34.0-gke.566", "1.35.0-gke.525", "1.36.0-gke.532"])
def test_a_supported_version_can_be_used(version: str) -> None:
    """Whatever its patch."""
    assert why_unsupported(version) is None
    assert minor(version) in supported()


@pytest.mark.parametrize(
    ("field", "version", "value"),
    [
        ("enableControlplaneV2", "1.14.0-gke.430", False),
        ("enableControlplaneV2", "1.15.0-gke.581", True),
        ("masterNode.replicas", "1.28.0-gke.651", 1),
        ("masterNode.replicas", "1.33.0-gke.799", 3),
        ("network.ipMode.type", "1.2.0-gke.1", "dhcp"),
    ],
)
def test_a_default_is_that_of_the_version(field: str, version: str, *, value: bool | int | str) -> None:
    """What newer versions take says nothing of a file for an older one."""
    assert gkectl_default(field, version) == value


def test_a_cluster_goes_through_every_minor_version() -> None:
    """After 1.16 came 1.28."""
    assert minors_between("1.15.3-gke.47", "1.30") == ["1.16", "1.28", "1.29", "1.30"]
    assert minors_between("1.34.0-gke.566", "1.34") == []


@pytest.mark.parametrize(("version", "first"), [("1.28", "user"), ("1.30", "user"), ("1.31", "admin")])
def test_who_is_upgraded_first_depends_on_the_version(version: str, first: str) -> None:
    """It was turned round with 1.31."""
    assert upgraded_first(version) == first


def test_the_supported_versions_stand_among_all() -> None:
    """Or nobody would be told the way to a new one; a default image is one that the version takes."""
    assert minors_between("1.33", "1.99") == list(supported())
    assert all(set(rules.default_image_types) <= set(rules.image_types) for rules in supported().values())
