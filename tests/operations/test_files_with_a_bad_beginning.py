"""Files that may be empty, with a mistake before their first key: refused, and not taken for empty.

A code fence that was pasted along dropped imports and moves without a word: the parser stops at it, and has seen
no key by then.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from estate.model.refactoring import Refactoring
from estate.reading.estate_loader import load_estate
from estate.reading.loader import validate
from estate.reading.problems import InvalidInput
from estate.reading.yaml_source import examine, parse
from estate.reading.yaml_tree import build
from operations.allowances.acknowledgements import load_acknowledgements
from operations.allowances.policy_files import read_policy_files
from operations.promotion import gate as promotion
from operations.review import gate as review
from tests.reading.parsers import BOTH_PARSERS

ENTRIES = "import:\n  - {to: aws_vpc.A, id: vpc-1}\nmoved:\n  - {from: aws_vpc.B, to: aws_vpc.C}\n"
ACKNOWLEDGEMENTS = (
    'acknowledgements:\n  - {address: aws_vpc.A, reason: a CVE, who: kari, expires: "2027-01-01"}\n'
)
WAIVERS = (
    'waivers:\n  - {stack: dev, resource: aws_vpc.A, rule: HYB_A, reason: a test, expires: "2027-01-01"}\n'
)


class Kind(NamedTuple):
    """A kind of file: where it stands, what it may hold, and what reads it."""

    path: str
    text: str
    read: Callable[[Path], Any]


def _estate(folder: Path) -> Any:
    return load_estate(folder / "environments")


def _policy(folder: Path) -> Any:
    files = read_policy_files(folder / "environments")
    return files.waivers, files.skipped


KINDS = {
    "refactoring": Kind("environments/refactoring/dev.yaml", ENTRIES, _estate),
    "refactoring of a companion": Kind("environments/refactoring/dev-vsphere.yaml", ENTRIES, _estate),
    "waivers": Kind("environments/policy/waivers.yaml", WAIVERS, _policy),
    "skipped checks": Kind(
        "environments/policy/skipped_checks.yaml", "skipped_checks:\n  CKV_AWS_1: nonsense\n", _policy
    ),
    "review": Kind(
        str(review.FILE), ACKNOWLEDGEMENTS, lambda folder: load_acknowledgements(folder / review.FILE)
    ),
    "promotion": Kind(
        str(promotion.FILE),
        ACKNOWLEDGEMENTS,
        lambda folder: load_acknowledgements(folder / promotion.FILE, may_be_absent=True),
    ),
    "organization": Kind(
        "environments/organization.yaml", "name: kl\ndomain: example.com\npromotion: [dev]\n", _estate
    ),
    "environment": Kind("environments/dev.yaml", "environment: dev\nstate: {local: {}}\n", _estate),
}
MAY_BE_EMPTY = {name: kind for name, kind in KINDS.items() if name not in {"organization", "environment"}}
MISTAKES = {
    "code fence": "```yaml\n",
    "tab": "\t",
    "quote": "'",
    "double quote": '"',
    "percent": "%",
    "at": "@",
    "bracket": "]",
    "brace": "}",
    "open bracket": "[",
    "backtick": "`",
    "comma": ",",
    "star": "*",
    "ampersand": "&",
    "exclamation mark": "!",
    "bar": "|",
    "question mark": "? ",
    "dash": "- ",
    "merge conflict": "<<<<<<< HEAD\n",
    "null": "~\n",
    "null and a second document": "--- ~\n---\n",
    "directive": "%YAML 1.2\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with every kind of file, all of them right."""
    monkeypatch.chdir(tmp_path)
    for kind in KINDS.values():
        path = tmp_path / kind.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(kind.text)
    return tmp_path


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_refuses_a_mistake_before_the_first_key(folder: Path, kind: Kind, mistake: str) -> None:
    """Whatever the parser stopped at, and in which file."""
    assert kind.read(folder)
    (folder / kind.path).write_text(mistake + kind.text)

    with pytest.raises(InvalidInput) as refused:
        kind.read(folder)

    assert {(problem.file, problem.line > 0) for problem in refused.value.problems} == {(kind.path, True)}


@pytest.mark.parametrize("text", ["", "\n\n", "# none left\n", "---\n", "---\n# none\n...\n"])
@pytest.mark.parametrize("kind", MAY_BE_EMPTY.values(), ids=MAY_BE_EMPTY)
def test_a_file_without_content_says_nothing(folder: Path, kind: Kind, text: str) -> None:
    """Comments stay when the last entry goes."""
    full = kind.read(folder)
    (folder / kind.path).write_text(text)

    assert kind.read(folder) != full


STEADY = settings(deadline=None, derandomize=True)
JUNK = st.text(st.sampled_from("ab:-# \n\t'\"[]{}&*!|>%@`?,<~.$\\"), min_size=1, max_size=12)


@BOTH_PARSERS
@STEADY
@given(junk=JUNK)
@example(junk="#")
@example(junk="|\n")
@example(junk="null #")
def test_nothing_in_front_makes_a_file_empty(parser: Any, junk: str) -> None:
    """It has lines behind it, whatever the parser makes of them."""
    assert not build("f.yaml", junk + ENTRIES, parser).empty


@STEADY
@given(junk=JUNK)
@example(junk="# a comment\n---\n")
@example(junk="moved: []\n")
@example(junk="removed: #")
def test_junk_in_front_changes_nothing_or_is_a_problem(junk: str) -> None:
    """No entry is lost on the way without a word."""
    source, problems = parse("f.yaml", junk + ENTRIES, may_be_empty=True)
    validated = validate(source, Refactoring) if source else None

    same = validated is not None and validated.model == Refactoring.model_validate(
        {"import": [{"to": "aws_vpc.A", "id": "vpc-1"}], "moved": [{"from": "aws_vpc.B", "to": "aws_vpc.C"}]}
    )
    assert same or problems or (validated and validated.problems)


@STEADY
@given(content=st.binary(min_size=1, max_size=8))
def test_no_bytes_in_front_make_a_file_empty(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """The same for bytes that are no text."""
    path = tmp_path_factory.mktemp("bytes") / "f.yaml"
    path.write_bytes(content + ENTRIES.encode())

    source, problems = examine(path, "f.yaml", may_be_empty=True)

    assert problems or (source and source.data)
