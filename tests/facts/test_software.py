"""Software of others: each entry is exact, dated, and has a source."""

from __future__ import annotations

import re
from datetime import date

import pytest

from estate.derived.clusters.software import Software
from estate.facts.software import Kind, MadeAnew, Package, _package, packages

MANIFEST = {
    "version": "1.2.3",
    "kind": "manifest",
    "url": "https://example.com/install.yaml",
    "sha256": "0" * 64,
    "namespace": "tool",
    "crds": [],
    "source": "https://example.com/",
    "read": date(2026, 11, 30),
}
UNREAD = {"base", "cert-manager-google-cas-issuer", "istiod", "k8s-monitoring"}
"""Charts of repositories whose index nobody could read."""


@pytest.mark.parametrize("package", packages().values(), ids=list(packages()))
def test_an_entry_says_exactly_what_comes_from_where(package: Package) -> None:
    """No range, no word such as latest, and nothing by an open connection."""
    assert re.fullmatch(r"v?\d+\.\d+\.\d+", package.version)
    assert date.fromisoformat(package.read) <= date(2026, 12, 1)
    assert package.source.startswith("https://")
    assert all(re.fullmatch(r"1\.\d+", minor) for minor in package.supports)
    assert package.url.startswith("https://")
    assert package.version in package.url
    assert re.fullmatch(r"[0-9a-f]{64}" if package.chart not in UNREAD else "", package.sha256)
    if package.kind is Kind.CHART:
        assert package.repository.startswith("https://")
        assert package.url.endswith(f"/{package.chart}-{package.version}.tgz")
    else:
        assert (package.repository, package.chart) == ("", "")


def test_an_image_goes_by_the_minor_of_kubernetes() -> None:
    """So these are what is supported."""
    scaler = packages()["cluster-autoscaler"]

    assert scaler.supports == tuple(scaler.tags)
    assert all(tag.startswith(f"v{minor}.") for minor, tag in scaler.tags.items())
    assert [scaler.runs_on(minor) for minor in ("1.32", "1.35")] == [False, True]


def test_a_vendor_that_names_no_version_supports_each() -> None:
    """Nothing is made up."""
    assert packages()["aws-load-balancer-controller"].runs_on("1.99")


def test_a_manifest_is_a_file_with_its_checksum() -> None:
    """And has nothing of a chart."""
    found = _package("tool", MANIFEST)

    assert (found.kind, found.chart, found.read) == (Kind.MANIFEST, "", "2026-11-30")
    assert (found.tags, found.supports, found.made_anew) == ({}, (), ())


def test_what_a_chart_makes_anew_is_said() -> None:
    """One object by its name, or all of a kind."""
    secret, webhook, _ = packages()["aws-load-balancer-controller"].made_anew

    assert secret == MadeAnew("", "Secret", "aws-load-balancer-tls", (".data",))
    assert webhook.name == ""


def test_software_in_a_cluster_knows_its_version() -> None:
    """By its name."""
    one = Software("cluster-autoscaler", "scaler", "kube-system", {})

    assert one.package is packages()["cluster-autoscaler"]
