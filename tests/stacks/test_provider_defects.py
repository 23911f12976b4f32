"""The list of known defects of the pinned providers, and that none of them is kept longer than it is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from operations.artifacts.stack_json import read_stack
from operations.project import ROOT
from tests.example import PLANS

DEFECTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "stacks" / "provider_defects.yaml").read_text("utf-8"))
KEYS = {"provider", "what", "effect", "mended_in", "get_by", "where", "source"}


def numbers(version: str) -> tuple[int, ...]:
    """A version to compare."""
    return tuple(int(part) for part in version.split("."))


def mended(defects: list[dict[str, Any]], pins: dict[str, str]) -> list[str]:
    """What each defect is that the pinned version of its provider has no longer."""
    return [
        defect["what"]
        for defect in defects
        if defect["mended_in"] and numbers(defect["mended_in"]) <= numbers(pins[defect["provider"]])
    ]


@pytest.fixture(name="pins", scope="module")
def pinned_versions(real_output: Path) -> dict[str, str]:
    """The version of each provider that the stacks of the repository's environments name."""
    pins: dict[str, str] = {}
    for name in PLANS:
        for provider, required in read_stack(real_output, name)["terraform"]["required_providers"].items():
            pins[provider] = required["version"]
    return pins


def test_no_mended_defect_is_worked_around(pins: dict[str, str]) -> None:
    """Whoever moves a pin takes out what the new version needs no more, and the entry with it."""
    assert mended(DEFECTS, pins) == []


def test_a_moved_pin_is_noticed(pins: dict[str, str]) -> None:
    """With the version that mends the last of Google's, all of them are named."""
    of_google = [defect["what"] for defect in DEFECTS if defect["provider"] == "google"]

    assert of_google
    assert mended(DEFECTS, {**pins, "google": "7.30.0"}) == of_google


def test_every_defect_says_how_it_is_got_by(pins: dict[str, str]) -> None:
    """And where, so that somebody finds it again."""
    for defect in DEFECTS:
        assert defect.keys() == KEYS
        assert defect["provider"] in pins
        assert defect["source"].startswith(
            f"https://github.com/hashicorp/terraform-provider-{defect['provider']}/"
        )
        assert [place for place in defect["where"] if (ROOT / place).is_file()] == defect["where"]
