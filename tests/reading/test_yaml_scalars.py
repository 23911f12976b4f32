"""What plain YAML scalars mean."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from estate.reading.yaml_scalars import Surprise, resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-7", -7),
        ("123456789012345678", 123456789012345678),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("1.30", 1.3),
        ("1.35.0-gke.525", "1.35.0-gke.525"),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("eu-west-1a", "eu-west-1a"),
        ("arn:aws:iam::012345678901:role/a", "arn:aws:iam::012345678901:role/a"),
        ("-", "-"),
        ("Norway", "Norway"),
        ("0xyz", "0xyz"),
        ("1:2:x", "1:2:x"),
        ("=", "="),
    ],
)
def test_plain_words_and_numbers_mean_themselves(text: str, value: object) -> None:
    """Only true, false, null, ~, decimal digits and simple decimals are more than text."""
    read = resolve(text)

    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "reading", "plain"),
    [
        ("yes", "true", "true"),
        ("On", "true", "true"),
        ("Y", "true", "true"),
        ("TRUE", "true", "true"),
        ("no", "false", "false"),
        ("OFF", "false", "false"),
        ("n", "false", "false"),
        ("False", "false", "false"),
        ("Null", "nothing", "null"),
        ("012", "an octal number, 10 in decimal", "12"),
        ("-012", "an octal number, -10 in decimal", "-12"),
        ("0o17", "an octal number, 15 in decimal", "15"),
        ("0000000000000000000000001", "an octal number", None),
        ("012345678901", "a number and may drop its leading zero", "12345678901"),
        ("-09", "a number and may drop its leading zero", "-9"),
        ("0x1f", "the number 31", "31"),
        ("0b11", "the number 3", "3"),
        ("1_000", "the number 1000", "1000"),
        ("+5", "the number 5", "5"),
        ("12345678901234567890", "a number and may round it", None),
        ("1e3", "the number 1000", "1000"),
        ("1.5e-3", "the number 0.0015", "0.0015"),
        ("1e999", "the number inf", None),
        (".5", "the number 0.5", "0.5"),
        ("1.", "the number 1", "1"),
        ("1.2345678901234567890", "a number and may round it", None),
        ("12:30", "the number 750 in base 60", None),
        ("-1:30", "the number -90 in base 60", None),
        ("12:30:45.5", "a number in base 60", None),
        (".inf", "infinity", None),
        ("-.INF", "infinity", None),
        (".nan", "a number that is none", None),
        ("2026-01-02", "a date", None),
        ("2026-01-02T03:04:05Z", "a date", None),
        ("2026-1-2 03:04:05", "a date", None),
    ],
)
def test_what_readers_change_is_a_surprise(text: str, reading: str, plain: str | None) -> None:
    """YAML 1.1 or 1.2 readers make something else of these than the text that stands there."""
    assert resolve(text) == Surprise(text, reading, plain)


@given(st.text("0123456789+-._:eExXbBoOaAfFnNyYsStT ", min_size=1, max_size=40))
def test_text_stays_text_only_where_pyyaml_agrees(text: str) -> None:
    """Nothing that PyYAML, a YAML 1.1 reader, changes is taken for text."""
    stripped = text.strip() or "x"
    resolver = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, stripped, (True, False))  # type: ignore[no-untyped-call]  # PyYAML's stub

    read = resolve(stripped)

    assert not (isinstance(read, str) and tag != "tag:yaml.org,2002:str")
