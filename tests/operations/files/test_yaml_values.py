"""Single changes in the text of a YAML file."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.files.yaml_values import add_first, rename_key, replace_value

TEXT = """\
\ufeff# ærlig talt 🐙
a:   {b: "1.34",  c: [x, 'y']} # keep
long:
  # above
  key:    plain   # behind
  folded: >
    text
"""


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("a", "b"), "1.35", '"1.34"', '"1.35"'),
        (("a", "c", 1), "z", "'y'", "'z'"),
        (("long", "key"), "1.36.0-gke.532", "plain", "1.36.0-gke.532"),
        (("long", "key"), "1.30", "plain", '"1.30"'),
    ],
    ids=["quotes stay", "position in a list", "plain stays plain", "quoted where it must be"],
)
def test_one_value_changes_and_every_other_byte_stays(
    path: tuple[str | int, ...], value: str, old: str, new: str
) -> None:
    """Comments, spaces, the byte order mark and quotes are those of the person who wrote the file."""
    changed = replace_value(TEXT, path, value)

    assert changed == TEXT.replace(old, new)


def test_a_key_changes_and_every_other_byte_stays() -> None:
    """Also one in braces, and one with a comment above."""
    changed = rename_key(rename_key(TEXT, ("a", "b"), "no"), ("long", "key"), "other")

    assert changed == TEXT.replace("{b:", '{"no":').replace("  key:", "  other:")


@pytest.mark.parametrize(
    ("text", "path", "changed"),
    [
        ("a:\n  # above\n  b: 1\n", ("a",), "a:\n  # above\n  name: kl\n  b: 1\n"),
        ("a:\r\n  b: 1\r\n", ("a",), "a:\r\n  name: kl\r\n  b: 1\r\n"),
        ("a: {b: 1}\n", ("a",), "a: {name: kl, b: 1}\n"),
        ("a: {}\n", ("a",), "a: {name: kl}\n"),
    ],
    ids=["block", "windows", "braces", "empty braces"],
)
def test_an_entry_is_added_in_the_style_of_its_mapping(
    text: str, path: tuple[str, ...], changed: str
) -> None:
    """A mapping in braces stays one."""
    assert add_first(text, path, "name", "kl") == changed


def test_what_is_not_there_or_not_on_one_line_is_refused() -> None:
    """Nothing is guessed."""
    missing: list[tuple[str | int, ...]] = [("b",), ("a", "c", 2), ("long", "key", "x"), ("a", 0)]
    for path in missing:
        with pytest.raises(KeyError):
            replace_value(TEXT, path, "z")
    with pytest.raises(KeyError):
        rename_key(TEXT, ("a", "z"), "y")
    with pytest.raises(ValueError, match="one line"):
        replace_value(TEXT, ("long", "folded"), "z")
    with pytest.raises(ValueError, match="one line"):
        replace_value(TEXT, ("a",), "z")
    with pytest.raises(ValueError, match="no mapping"):
        add_first(TEXT, ("a", "b"), "name", "kl")


WORDS = st.text("abcæ🐙no1.:#{[-' ", min_size=1, max_size=8)
DOCUMENTS = st.recursive(
    st.one_of(WORDS, st.integers(), st.booleans()),
    lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(WORDS, below, max_size=3)),
    max_leaves=12,
)


@settings(max_examples=50)
@given(
    document=st.dictionaries(WORDS, DOCUMENTS, min_size=1, max_size=4),
    value=WORDS,
    style=st.sampled_from([True, False, None]),
    data=st.data(),
)
def test_any_document_reads_back_with_the_one_change(
    document: dict[str, object], value: str, style: Any, data: st.DataObject
) -> None:
    """Whatever a file looks like: read back, it is the old one with one text, key or entry changed."""
    text = yaml.safe_dump(
        document,
        default_flow_style=style,
        allow_unicode=True,
        width=4096,
    )
    key = data.draw(st.sampled_from(sorted(document)))

    renamed = yaml.safe_load(rename_key(text, (key,), "fresh"))
    added = yaml.safe_load(add_first(text, (), "fresh", value))
    replaced = yaml.safe_load(replace_value(add_first(text, (), "fresh", "old"), ("fresh",), value))

    assert list(renamed.items()) == [
        ("fresh" if one == key else one, below) for one, below in sorted(document.items())
    ]
    assert added == replaced == {"fresh": value, **document}
