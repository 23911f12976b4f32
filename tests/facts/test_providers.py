"""The versions of providers that stacks name, and their known defects, of which none is got by longer than it is one."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from estate.facts.providers import Defect, default_version, defects, providers, versions
from operations.project import ROOT

DATA = json.loads((ROOT / "estate" / "facts" / "providers.json").read_text("utf-8"))


def defect(since: str | None, mended_in: str | None) -> Defect:
    """A defect of Google's provider."""
    return Defect("google", "a", "b", since, mended_in, "c", (), "d")


@pytest.mark.parametrize("provider", providers())
def test_a_default_is_a_version_that_may_be_named(provider: str) -> None:
    """And says why it is there, with its source."""
    said = DATA["providers"][provider]["versions"]

    assert default_version(provider) == versions(provider)[0]
    assert versions(provider) == tuple(said)
    assert [one.keys() for one in said.values()] == [{"source", "why"}] * len(said)


@pytest.mark.parametrize("provider", providers())
def test_the_bindings_version_is_the_last_way_back(provider: str) -> None:
    """What the binding knows, that version knows; a newer one is tried."""
    spec = find_spec(f"cdktf_cdktf_provider_{provider}")
    assert spec
    assert spec.origin
    text = Path(spec.origin).read_text("utf-8")

    assert re.findall(rf"bindings for \w+/{provider} provider version (\S+)", text) == [
        versions(provider)[-1]
    ]


@pytest.mark.parametrize(
    ("since", "mended_in", "has_it"),
    [
        pytest.param(None, None, True, id="all versions"),
        pytest.param(None, "7.30.0", False, id="mended in it"),
        pytest.param(None, "7.31.0", True, id="mended after it"),
        pytest.param("7.30.0", None, True, id="new in it"),
        pytest.param("7.30.1", None, False, id="new after it"),
        pytest.param("7.4.0", "7.100.0", True, id="numbers, not texts"),
    ],
)
def test_a_defect_is_one_from_a_version_to_another(
    since: str | None, mended_in: str | None, *, has_it: bool
) -> None:
    """The version that mends it has it no longer."""
    assert defect(since, mended_in).is_in("7.30.0") is has_it


def test_no_mended_defect_is_worked_around() -> None:
    """Whoever takes out a version takes out what the others need no more, and the entry with it."""
    gone = [one.what for one in defects() if not any(map(one.is_in, versions(one.provider)))]

    assert gone == []


def test_every_defect_says_how_it_is_got_by() -> None:
    """And where, so that somebody finds it again."""
    for one in defects():
        assert one.provider in providers()
        assert one.source.startswith(f"https://github.com/hashicorp/terraform-provider-{one.provider}/")
        assert one.where
        assert [place for place in one.where if (ROOT / place).is_file()] == one.where


def test_the_newest_mends_what_the_way_back_has() -> None:
    """Which is why it is the default."""
    had = {one.what for one in defects() if one.provider == "google" and one.is_in("6.50.0")}
    has = {one.what for one in defects() if one.provider == "google" and one.is_in(default_version("google"))}

    assert had - has == had
    assert len(has) == 1
