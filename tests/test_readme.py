"""What the README shows is what the commands print."""

from __future__ import annotations

import re

from tests.readme import README, blocks, render


def test_every_shown_output_is_current() -> None:
    """Run anew, in a copy of this repository's environments; `make snapshots` renews them."""
    text = README.read_text("utf-8")

    shown = {"synth", "check sandbox", "check", "synth sandbox", "check --who matrikkel"}
    shown |= {"adopt gkectl user-cluster.yaml --into dev"}
    assert shown <= set(blocks(text))
    assert render(text) == text


def test_every_make_target_exists() -> None:
    """A reader types what is written."""
    targets = set(re.findall(r"^([a-z-]+):", (README.parent / "Makefile").read_text("utf-8"), re.MULTILINE))

    named = set(re.findall(r"(?:`|\$ )make ([a-z-]+)", README.read_text("utf-8")))
    assert named
    assert named <= targets
