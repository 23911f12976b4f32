"""A review of what anybody may have written into a plan, in all forms: it stays text."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache

import pytest
import yaml
from markdown_it import MarkdownIt

from operations.allowances.acknowledgements import Acknowledgement
from operations.review.findings import Level
from operations.review.gate import Gate, judge
from operations.review.html import html
from operations.review.markdown import markdown
from operations.review.report_json import review_json
from operations.review.review import EnvironmentReview, NotReviewed, Review
from operations.review.reviewer import review_plans
from operations.review.risks import default_risks
from operations.review.terminal import lines_of
from operations.review.trees.changes import differing
from operations.review.trees.risks import with_trees
from operations.texts.harmless import printable_json, printable_lines
from operations.texts.redaction import Redaction
from tests.example import ESTATE
from tests.operations.review.reviewed import change, plan, reviewed
from tests.operations.texts.hostile import HOSTILE, steers

WRITTEN = [text for text in HOSTILE if text.encode("utf-8", "ignore").decode() == text]
"""Half a character makes no JSON, so its plan is refused as a whole."""

_READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_TAG = re.compile(r"<!--.*?-->|</?[a-z]+>")
_OURS = {"details", "summary", "code", "br", "span"}


@cache
def review_of(text: str) -> tuple[Review, Gate]:
    """A review with the text wherever somebody can bring one in."""
    document = plan(
        change(f"aws_eip.{text}", "delete", {}, None, previous_address=f"aws_eip.{text}"),
        change(f"aws_kms_key.{text}", "update", {"tags": "1", text: text}, {"tags": text, text: "2"}),
        change(f"aws_vpc.{text}", "delete create", {"a": 1}, {"a": text}, replace_paths=[[text]]),
        checks=[{"address": {"to_display": text}, "status": "fail"}],
    )
    word = Acknowledgement(address=text, reason=text, who=text, expires="2026-12-01")
    missing = NotReviewed(text, text, text)
    made = Review(date(2026, 11, 21), (reviewed(document, name=text), tree_of(text)), (missing,), (text,))
    return made, judge(made, (word,), Level.HIGH)


def tree_of(text: str) -> EnvironmentReview:
    """The review of a tree with the text as name of whatever has one: files, kinds, objects, labels."""
    word = yaml.safe_dump(text, default_style='"', width=1_000_000).strip()
    one = f"{{apiVersion: v1, kind: {word}, metadata: {{name: {word}, namespace: {word}, labels: {{{word}: {word}}}}}}}"
    files = {
        f"dev/{text}/synced/{text}": "a",
        "dev/apps/synced/1.yaml": one,
        "dev/apps/synced/2.yaml": one,
        "dev/apps/synced/3.yaml": f"{word}: 1\n{word}: 2",
    }
    found = differing({}, {name: data.encode() for name, data in files.items()}, ESTATE)["dev"]
    assert len(found.findings) == 6
    return review_plans("dev", (), with_trees(default_risks()), Redaction(), found.findings, found.changes)


def made_of(text: str) -> list[str]:
    """The tokens of a document, texts and code apart, and the tags of HTML in it."""
    tokens = [one for token in _READER.parse(text) for one in (token, *(token.children or ()))]
    kinds = {"text", "softbreak", "html_inline", "html_block", "inline", "code_inline"}
    tags = [tag for token in tokens if token.type.startswith("html") for tag in _TAG.findall(token.content)]
    return [token.type for token in tokens if token.type not in kinds] + [
        tag for tag in tags if "span" not in tag
    ]


@pytest.mark.parametrize("text", WRITTEN, ids=ascii)
def test_a_comment_is_made_of_what_it_was_written_of(text: str) -> None:
    """No link, picture, heading, list or tag more than with a name like any other."""
    assert made_of(markdown(*review_of(text))) == made_of(markdown(*review_of("x")))


@pytest.mark.parametrize("text", WRITTEN, ids=ascii)
def test_a_page_has_the_tags_that_it_was_written_with(text: str) -> None:
    """And an attribute ends where it was meant to."""
    made = html(*review_of(text))

    assert re.sub("<wbr>", "", made).count("<") == re.sub("<wbr>", "", html(*review_of("x"))).count("<")
    assert steers(made.replace("##[", "")) == []


@pytest.mark.parametrize("text", WRITTEN, ids=ascii)
def test_lines_and_json_steer_nothing(text: str) -> None:
    """As they are printed; JSON says the same."""
    made = review_of(text)
    document = review_json(*made)

    assert steers("\n".join(printable_lines(line) for line, _ in lines_of(*made))) == []
    assert len(list(lines_of(*made))) == len(list(lines_of(*review_of("x"))))
    assert steers(printable_json(document)) == []
    assert json.loads(printable_json(document)) == json.loads(document)
