"""Markdown of texts that anybody wrote, read as a reader of CommonMark and GitHub's additions would."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from operations.check.access_report import rows_markdown
from operations.check.access_row import Row
from operations.graph.network import _label
from operations.pipeline.drift import Difference, StackDrift
from operations.pipeline.drift_report import drift_markdown
from operations.promotion.compare import Estates, Finding
from operations.promotion.contents import Contents
from operations.promotion.gate import Verdict
from operations.promotion.report import promotion_markdown
from operations.texts.harmless import one_line
from operations.texts.markdown import code, escaped, fenced, markdown_table
from tests.operations.texts.hostile import HOSTILE

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(), st.text(alphabet="`*_[]()<>#@!|~-+=.:$& 1aG\n"))
PLAIN = {"text", "html_inline", "softbreak"}
_MENTION = re.compile(r"(?<![A-Za-z0-9_])@[A-Za-z0-9]|#[0-9]|(?i:\bGH-)[0-9]|://|(?i:www\.)|(?:mailto|xmpp):")


def tokens(text: str) -> Iterator[Token]:
    """All tokens, those within lines too."""
    for token in READER.parse(text):
        yield token
        yield from token.children or ()


def shown(text: str) -> str:
    """What a reader sees of a text: neither the marks around a dollar nor spaces of no width."""
    inline = [token for token in tokens(text) if token.type in {"text", "html_inline"}]
    assert {token.content for token in inline if token.type == "html_inline"} <= {"<span>", "</span>"}
    return "".join(token.content for token in inline if token.type == "text").replace("\u200b", "")


def raw_links(text: str) -> list[str]:
    """What GitHub makes a link or a mention of in a line that a reader has read: URLs where they stand so, mentions after."""
    read = "".join(token.content for token in tokens(text) if token.type == "text")
    outside = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    urls = [one for one in _MENTION.findall(outside) if ":" in one or "www" in one.lower()]
    return [one for one in _MENTION.findall(read) if ":" not in one and "www" not in one.lower()] + urls


@given(TEXTS)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    """One paragraph of text, where nobody is mentioned and nothing linked."""
    line = one_line(text).strip()
    written = f"a {escaped(text)} b"

    kinds = {token.type for token in tokens(written)}

    assert kinds <= {"paragraph_open", "inline", "paragraph_close", *PLAIN}
    assert shown(written).split() == f"a {line} b".split()
    assert raw_links(written) == []


@given(TEXTS)
def test_a_text_at_the_beginning_of_a_line_begins_nothing(text: str) -> None:
    """No list, heading, quotation or rule; blanks in front are the caller's."""
    kinds = {token.type for token in tokens(escaped(text.lstrip()).lstrip())}

    assert kinds <= {"paragraph_open", "inline", "paragraph_close", *PLAIN}


@given(TEXTS)
def test_code_is_code(text: str) -> None:
    """To its end."""
    inline = [
        token
        for token in tokens(f"a {code(text)} b")
        if token.type not in {"inline", "paragraph_open", "paragraph_close"}
    ]

    assert [token.type for token in inline] == ["text", "code_inline", "text"]


@given(st.lists(TEXTS, min_size=1))
def test_a_block_of_code_is_one(texts: list[str]) -> None:
    """Whatever fences stand in it."""
    (block,) = READER.parse("\n".join(fenced("console", texts)))

    assert (block.type, block.content.count("\n")) == ("fence", len(texts))


@given(TEXTS)
def test_a_table_has_the_cells_that_it_was_given(text: str) -> None:
    """And the heading, and nothing else."""
    found = list(tokens(markdown_table(text, ["a", text], [[text, "b"], ["c", text]])))

    assert len([one for one in found if one.type == "td_open"]) == 4
    assert len([one for one in found if one.type == "th_open"]) == 2
    assert not {"link_open", "image", "html_block", "em_open", "strong_open", "s_open"} & {
        one.type for one in found
    }


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_document_is_more_than_it_was_written_for(text: str) -> None:
    """Drift, promotion, access."""
    difference = Difference(text, text, text, (text,))
    row = Row(text, text, text, text, text, text, text, text)
    found = Finding(text, text, text, text)
    documents = (
        drift_markdown([StackDrift(text, (difference,), (), ())], [(text, text)]),
        promotion_markdown(
            Estates([text], {text: Contents()}, {text: Contents()}),
            Verdict((found,), ((found, text),), (text,)),
        ),
        rows_markdown(text, [row]),
    )
    clean = (
        drift_markdown([StackDrift("x", (Difference("x", "x", "x", ("x",)),), (), ())], [("x", "x")]),
        promotion_markdown(
            Estates(["x"], {"x": Contents()}, {"x": Contents()}),
            Verdict((Finding("x", "x", "x", "x"),), ((Finding("x", "x", "x", "x"), "x"),), ("x",)),
        ),
        rows_markdown("x", [Row("x", "x", "x", "x", "x", "x", "x", "x")]),
    )

    for made, expected in zip(documents, clean, strict=True):
        assert structure(made) == structure(expected)
        assert raw_links(made.partition("-->")[2] or made) == []


def structure(text: str) -> list[str]:
    """What a document is made of, texts apart."""
    return [token.type for token in tokens(text) if token.type not in PLAIN]


@given(TEXTS)
def test_a_picture_s_label_ends_nowhere(text: str) -> None:
    """Quotes, tags and entities of its own."""
    label = _label(text)

    assert not re.search(r'["`&\n]|<(?!br>)|#(?![0-9]+;)', label)
