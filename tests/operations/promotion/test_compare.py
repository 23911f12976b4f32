"""What takes its turn too early."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.allowances.acknowledgements import Acknowledgement
from operations.promotion.compare import Estates, Finding, findings
from operations.promotion.contents import Contents, Item, rank
from operations.promotion.gate import judge

ORDER = ("dev", "test", "prod")
OLD, NEW = "1.35.0-gke.525", "1.36.0-gke.532"
APPS = Item("user cluster", "apps")


def one(version: str | None, *features: str) -> Contents:
    """An environment with one cluster of this version, or none."""
    return Contents({APPS: version} if version else {}, frozenset(features))


def estates(declared: tuple[Contents, ...], running: tuple[Contents, ...]) -> Estates:
    """Environments in order, by what their files say and by what they run."""
    return Estates(ORDER, dict(zip(ORDER, declared, strict=True)), dict(zip(ORDER, running, strict=True)))


def found(declared: tuple[str | None, ...], running: tuple[str | None, ...]) -> list[tuple[str, str]]:
    """Environment and rule of each finding, for the versions of one cluster."""
    return [
        (finding.environment, finding.rule)
        for finding in findings(estates(tuple(map(one, declared)), tuple(map(one, running))))
    ]


@pytest.mark.parametrize(
    ("declared", "running", "expected"),
    [
        ((NEW, OLD, OLD), (OLD, OLD, OLD), []),
        ((NEW, NEW, OLD), (NEW, OLD, OLD), []),
        ((NEW, NEW, OLD), (OLD, OLD, OLD), [("test", "promotion-version")]),
        ((OLD, NEW, OLD), (OLD, OLD, OLD), [("test", "promotion-version")]),
        ((NEW, NEW, NEW), (NEW, OLD, OLD), [("prod", "promotion-version")]),
        ((NEW, NEW, NEW), (OLD, NEW, OLD), [("prod", "promotion-twice")]),
        ((OLD, OLD, NEW), (OLD, OLD, NEW), []),
        ((OLD, OLD, NEW), (None, None, OLD), [("test", "promotion-twice")]),
        ((OLD, None, NEW), (OLD, None, OLD), [("prod", "promotion-version")]),
        ((None, None, NEW), (None, None, OLD), []),
    ],
    ids=[
        "first",
        "in turn",
        "two at once",
        "too early",
        "one too many",
        "apart and at once",
        "runs it already",
        "new in two",
        "one without between",
        "first to have any",
    ],
)
def test_a_version_goes_through_the_environments_one_by_one(
    declared: tuple[str | None, ...], running: tuple[str | None, ...], expected: list[tuple[str, str]]
) -> None:
    """What the environment before runs counts, not what its file says."""
    assert found(declared, running) == expected


def test_a_cluster_is_compared_with_its_namesake_or_else_with_the_newest() -> None:
    """Prod has a cluster that no other has; one of test's runs the version."""
    data = Item("user cluster", "data")
    before = Contents({APPS: OLD, Item("user cluster", "web"): NEW})
    wants = Contents({APPS: NEW, data: NEW})

    there = estates((before, before, wants), (before, before, Contents({APPS: OLD, data: OLD})))

    assert [finding.address for finding in findings(there)] == ["vmware.user_clusters.apps.version"]


def test_a_feature_has_to_run_in_the_environment_before() -> None:
    """What an environment has already is nobody's concern; what is new and only merged before, is."""
    declared = (one(None, "a", "b"), one(None, "a", "c"), one(None, "d"))
    running = (one(None, "b"), one(None), one(None, "d"))

    said = list(findings(estates(declared, running)))

    assert [(finding.environment, finding.address) for finding in said] == [("test", "a"), ("test", "c")]
    assert "applied yet" in said[0].message
    assert "applied yet" not in said[1].message


VERSIONS = st.none() | st.builds("1.{}.{}-gke.1".format, st.integers(34, 36), st.integers(0, 2))


@given(st.tuples(VERSIONS, VERSIONS, VERSIONS), st.tuples(VERSIONS, VERSIONS, VERSIONS))
def test_without_a_finding_each_new_version_runs_somewhere_before(
    declared: tuple[str | None, ...], running: tuple[str | None, ...]
) -> None:
    """Whatever the versions: nobody but the first environment with such a cluster takes one that is untried."""
    if found(declared, running):
        return

    for position in range(1, 3):
        wanted, runs = declared[position], running[position]
        tried = [rank(version) for version in running[:position] if version]
        if wanted and tried and (runs is None or rank(wanted) > rank(runs)):
            assert rank(wanted) <= max(tried)


def test_a_release_channel_is_ahead_by_how_soon_it_brings_versions() -> None:
    """Rapid before regular before stable before extended."""
    assert sorted(["rapid", "stable", "extended", "regular"], key=rank) == [
        "extended",
        "stable",
        "regular",
        "rapid",
    ]


FINDING = Finding("prod", "promotion-version", "a.b", "too early")


def word(**changes: str) -> Acknowledgement:
    """An acknowledgement of the finding until 2027."""
    return Acknowledgement.model_validate(
        {"address": "a.b", "reason": "urgent", "who": "kari", "expires": "2027-01-01", **changes}
    )


@pytest.mark.parametrize(
    ("words", "open_", "stale"),
    [
        ([word()], 0, []),
        ([word(environment="prod", finding="promotion-version")], 0, []),
        ([word(environment="test")], 1, []),
        ([word(finding="promotion-twice")], 1, []),
        ([word(expires="2026-11-21")], 1, ["expired"]),
        ([word(), word(address="c")], 0, []),
        ([], 1, []),
    ],
    ids=["address", "exact", "environment", "finding", "expired", "unused", "none"],
)
def test_somebody_takes_responsibility_for_a_finding(
    words: list[Acknowledgement], open_: int, stale: list[str]
) -> None:
    """In time and for this one only; an acknowledgement past its day stands in the way itself."""
    verdict = judge([FINDING], words, date(2026, 11, 21))

    assert len(verdict.open) == open_
    assert len(verdict.acknowledged) == 1 - open_
    assert [problem in said for said, problem in zip(verdict.stale, stale, strict=True)] == [True] * len(
        stale
    )
    assert verdict.passes is (open_ == 0 and not stale)


def test_an_acknowledgement_that_nothing_needs_is_a_note_until_its_day() -> None:
    """It may be merged before what needs it."""
    verdict = judge([FINDING], [word(), word(address="c")], date(2026, 11, 21))

    assert verdict.passes
    assert verdict.unneeded == (
        "c: the acknowledgement by kari is not needed; it may stay until 2027-01-01, unless its address is wrong",
    )
