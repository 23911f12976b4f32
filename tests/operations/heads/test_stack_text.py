"""A stack that can be read in two ways is read in none."""

from __future__ import annotations

import pytest

from operations.heads.stack_text import parsed


def test_a_stack_is_read() -> None:
    """As cdktf writes it."""
    assert parsed(b'{"resource": {"a_b": {"c": {}}}, "terraform": {}}') == {
        "resource": {"a_b": {"c": {}}},
        "terraform": {},
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (b"{", "Expecting"),
        (b"[]", "it is no object"),
        (b"\xff", "decode"),
        (b'{"a": NaN}', "has NaN, which JSON does not"),
        (b'{"resource": {}, "resource": {"null_resource": {}}}', "has the key 'resource' twice in an object"),
        (b'{"data": {"a": {"b": {"c": 1, "\\u0063": 2}}}}', "has the key 'c' twice in an object"),
        (b'{"resource": [{}]}', "resource is no object"),
        (b'{"resource": {"a_b": [{}]}}', r"resource\.a_b is no object"),
        (b'{"data": {"a_b": {"c": [{}]}}}', r"data\.a_b\.c is no object"),
        (b'{"terraform": [{}]}', "terraform is no object"),
        (b'{"variable": [{}]}', "variable is no object"),
        (b'{"provider": []}', "provider is no object"),
        (b'{"locals": 1}', "locals is no object"),
        (b'{"output": null}', "output is no object"),
    ],
)
def test_what_readers_read_differently_is_refused(text: bytes, words: str) -> None:
    """Terraform takes a key that stands twice for two blocks, and a list for several."""
    with pytest.raises(ValueError, match=words):
        parsed(text)
