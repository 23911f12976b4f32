"""Versions: order, support, and the table behind them."""

from __future__ import annotations

import pytest

from estate.facts.vmware.versions import minor, order, supported, why_unsupported


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
