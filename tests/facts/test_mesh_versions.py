"""Releases of control planes: each minor is dated, and says what it runs on and from which patch on it is taken."""

from __future__ import annotations

from datetime import date

import pytest

from estate.facts.mesh_versions import mesh_minors, minors_apart, why_not_taken
from estate.facts.vmware.versions import minor, order


@pytest.mark.parametrize("control_plane", ["csm", "istio"])
def test_a_minor_is_dated_and_taken_from_a_patch_on(control_plane: str) -> None:
    """Oldest first, each with patches of its own."""
    found = mesh_minors(control_plane)

    assert list(found) == sorted(found, key=order)
    for name, one in found.items():
        assert date.fromisoformat(one.released) < date(2026, 12, 1)
        assert one.ends is None or date(2026, 12, 1) < date.fromisoformat(one.ends)
        assert one.kubernetes == tuple(sorted(one.kubernetes, key=order))
        assert {minor(one.at_least), minor(one.newest)} == {name}
        assert order(one.at_least) <= order(one.newest)


@pytest.mark.parametrize(
    ("control_plane", "version", "why"),
    [
        ("csm", "1.31.3-asm.9", None),
        (
            "csm",
            "1.28.10-asm.52",
            "of a supported minor version of csm, 1.29, 1.30, 1.31; got 1.28.10-asm.52",
        ),
        ("istio", "1.30.2", "must be 1.30.3 or newer"),
        ("istio", "1.30.3", None),
        ("csm", "1.31.1-asm.3", "must be 1.31.1-asm.16 or newer"),
        ("istio", "1.40.0", "add its rules to estate/facts/mesh_versions.json"),
    ],
)
def test_says_why_a_version_is_not_taken(control_plane: str, version: str, why: str | None) -> None:
    """1.30.2 misses a renewed remote secret until istiod starts anew: istio/istio#60612."""
    found = why_not_taken(control_plane, version)

    assert found is None if why is None else found and why in found


def test_minors_are_counted_whichever_is_newer() -> None:
    """Patches and builds are none."""
    assert [minors_apart("1.31.3-asm.9", "1.30.8"), minors_apart("1.29.10-asm.4", "1.31.4")] == [1, 2]
