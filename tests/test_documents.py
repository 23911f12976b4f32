"""Documents lead somewhere, are found, and say a thing once."""

from __future__ import annotations

import re

import pytest

from tests.source import PROJECT, ROOT, documents

LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?\)")
CODE_PATH = re.compile(
    rf"`((?:\.github|{'|'.join(sorted(PROJECT))})/[\w/.-]+\.(?:py|yaml|yml|json|sh|[mc]js))`"
)


@pytest.mark.estate
def test_documents_lead_somewhere() -> None:
    """Every relative link, and every `folder/file.py` and the like of this project, in a document names a file."""
    broken = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in documents()
        for base, targets in (
            (path.parent, [file for file, _ in LINK.findall(text)]),
            (ROOT, CODE_PATH.findall(text)),
        )
        for target in targets
        if not (base / target).exists()
    ]

    assert broken == []


@pytest.mark.estate
def test_documents_lead_to_headings() -> None:
    """What follows the # of a link is a heading of the document that it names, in the words of GitHub and the site."""
    headings = {path: anchors(text) for path, text in documents()}

    broken = [
        f"{path.relative_to(ROOT)}: {file}#{anchor}"
        for path, text in documents()
        for file, anchor in LINK.findall(text)
        if anchor and anchor not in headings[(path.parent / file).resolve() if file else path]
    ]

    assert broken == []


def test_the_site_shows_every_page() -> None:
    """A page that no list names is found by nobody; decision records have a list of their own."""
    listed = set(re.findall(r'"([\w/-]+\.md)"', (ROOT / "zensical.toml").read_text("utf-8")))

    pages = {
        str(path.relative_to(ROOT / "docs")) for path, _ in documents() if path.is_relative_to(ROOT / "docs")
    }

    assert {page for page in pages if not re.match(r"adr/[0-9]", page)} == listed


@pytest.mark.estate
def test_no_document_leads_into_an_estate() -> None:
    """Another team's environments have other names; what is shown is the example's, tests/estate."""
    links = [
        f"{path.relative_to(ROOT)}: {target}"
        for path, text in documents()
        for target, _ in LINK.findall(text)
        if (path.parent / target).resolve().is_relative_to(ROOT / "environments")
    ]

    assert links == []


def test_a_surprise_stands_once() -> None:
    """Two lines about one thing contradict each other some day."""
    text = (ROOT / "docs" / "cursed_knowledge.md").read_text("utf-8")
    truths = re.findall(r"^\| \d{4}-\d\d-\d\d \| (.{40})", text, re.MULTILINE)

    assert truths
    assert [truth for truth in truths if truths.count(truth) > 1] == []


def test_decision_records_are_numbered_and_listed() -> None:
    """Decision records count from 0001 without a gap, and the index links each of them once."""
    folder = ROOT / "docs" / "adr"
    records = sorted(path.name for path in folder.glob("[0-9]*.md"))
    index = (folder / "README.md").read_text("utf-8")

    assert [name[:4] for name in records] == [f"{number:04}" for number in range(1, len(records) + 1)]
    assert re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", index) == records


def anchors(text: str) -> set[str]:
    """What the headings of a document are called in a link."""
    outside_blocks = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", outside_blocks, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
