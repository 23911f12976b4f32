"""Scalars as they are printed: every reader reads back the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.yaml_tree import build
from operations.files.yaml_text import scalar


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    """In brackets and outside, for this project's reader and for readers of YAML 1.1."""
    document = f"block: {scalar(text)}\nflow: {{a: [{scalar(text)}, b]}}\n"

    assert yaml.safe_load(document) == {"block": text, "flow": {"a": [text, "b"]}}
    root = build("test", document).root
    assert root is not None
    assert root.data == {"block": text, "flow": {"a": [text, "b"]}}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("012345678901", '"012345678901"'),
        ("no", '"no"'),
        ("12:30", '"12:30"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a,b", '"a,b"'),
        ('say "C:\\"', '"say \\"C:\\\\\\""'),
        ("a\nb", '"a\\U0000000ab"'),
        ("eu-west-1", "eu-west-1"),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("arn:aws:iam::012345678901:role/a", "arn:aws:iam::012345678901:role/a"),
        ("ssh-ed25519 AAAA+/= me@example.com", "ssh-ed25519 AAAA+/= me@example.com"),
    ],
)
def test_only_what_needs_quotes_has_them(text: str, written: str) -> None:
    """The section reads as a person would write it."""
    assert scalar(text) == written
