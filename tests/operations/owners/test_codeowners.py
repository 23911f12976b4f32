"""Owners are those that GitHub finds, and a file that GitHub would read otherwise is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.owners.codeowners import Owners, find_owners, read_owners

GITHUBS_EXAMPLE = """\
# This is a comment.
*       @global-owner1 @global-owner2

*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
"""
"""The lines of GitHub's own example, whose comments say what each is about."""


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("README.md", ("@global-owner1", "@global-owner2")),
        ("deep/down/page.js", ("@js-owner",)),
        ("main.go", ("docs@example.com",)),
        ("notes.txt", ("@octo-org/octocats",)),
        ("build/log", ("@global-owner1", "@global-owner2")),
        ("build/logs/2026/one.csv", ("@octocat",)),
        ("scripts/logs/one", ("@octocat",)),
        ("docs/getting-started.md", ("@doctocat",)),
        ("in/apps/file", ("@octocat",)),
        ("scripts/run", ("@doctocat", "@octocat")),
        ("apps/main", ("@octocat",)),
        ("apps/github/file", ()),
        ("apps/github", ()),
        ("apps/githubs", ("@octocat",)),
    ],
)
def test_finds_the_owners_of_githubs_example(path: str, owners: tuple[str, ...]) -> None:
    """The last line that matches decides, one without owners included."""
    assert read_owners(GITHUBS_EXAMPLE).of(path) == owners


@pytest.mark.parametrize(
    ("pattern", "matched", "others"),
    [
        ("*", ["a", "a/b", ".github/workflows/x.yml"], []),
        ("/*", ["a"], ["a/b"]),
        ("docs/*", ["docs/a.md"], ["docs/a/b.md", "in/docs/a.md"]),
        ("docs/*.md", ["docs/a.md", "docs/a.md/inside"], ["docs/a/b.md"]),
        ("docs/**", ["docs/a", "docs/a/b"], ["docs", "in/docs/a"]),
        ("a/**/z", ["a/z", "a/b/z", "a/b/c/z/d"], ["a/bz", "b/a/z"]),
        ("**", ["a", "a/b"], []),
        ("/setup.sh", ["setup.sh", "setup.sh/x"], ["a/setup.sh", "setup.sha", "setupxsh"]),
        ("setup.sh", ["setup.sh", "a/setup.sh"], ["a/setup.sh.bak"]),
        ("/requirements*.lock", ["requirements.lock", "requirements-docs.lock"], ["a/requirements.lock"]),
        ("lib/", ["lib/a", "a/lib/b"], ["lib", "alib/b"]),
        ("/a?c", ["abc"], ["ac", "a/c"]),
        ("a**b", ["axxb"], ["a/b"]),
        (r"/with\ space", ["with space"], ["with"]),
        (r"/a\*b", ["a*b"], ["axb"]),
    ],
)
def test_matches_as_gitignore_does(pattern: str, matched: list[str], others: list[str]) -> None:
    """With a slash inside, from the root; a folder with all below it, but only what is right in it behind ``/*``."""
    owners = read_owners(f"{pattern} @a")

    assert {path: bool(owners.of(path)) for path in matched + others} == {
        **dict.fromkeys(matched, True),
        **dict.fromkeys(others, False),
    }


def test_refuses_every_line_that_github_skips() -> None:
    """A line that is skipped leaves its paths to an earlier one, whose owners are others."""
    text = "* @a\r\n!/b @a\n\\#c @a\n/d[12] @a\n/e @a, b @c/d/e\n/f#g @a\n/ @a\n/h\\\n[Section]\n/i @-\n"

    with pytest.raises(InvalidInput) as refused:
        read_owners(text, ".github/CODEOWNERS")

    assert [str(problem) for problem in refused.value.problems] == [
        '.github/CODEOWNERS:2:1: "!/b" leaves paths out, which GitHub cannot; name them in a later line with their '
        "owners, or none",
        '.github/CODEOWNERS:3:1: "\\\\#c" begins with an escaped #, which GitHub takes for no pattern; begin it with '
        "a slash",
        '.github/CODEOWNERS:4:1: "/d[12]" has brackets, which GitHub does not read as a range; write a line for each',
        '.github/CODEOWNERS:5:1: "@a," must be @user, @organization/team or an address of mail, or GitHub skips the line',
        '.github/CODEOWNERS:5:1: "@c/d/e" must be @user, @organization/team or an address of mail, or GitHub skips '
        "the line",
        '.github/CODEOWNERS:5:1: "b" must be @user, @organization/team or an address of mail, or GitHub skips the line',
        '.github/CODEOWNERS:6:1: "/f#g" has a # in it, where some read a comment; put a ? there',
        '.github/CODEOWNERS:7:1: "/" names no path; write * for everything',
        '.github/CODEOWNERS:8:1: "/h\\\\" ends with a backslash that escapes nothing; take it out',
        '.github/CODEOWNERS:9:1: "[Section]" has brackets, which GitHub does not read as a range; write a line for each',
        '.github/CODEOWNERS:10:1: "@-" must be @user, @organization/team or an address of mail, or GitHub skips the line',
    ]


def test_refuses_a_file_that_github_does_not_load() -> None:
    """Above 3 MB GitHub asks nobody."""
    with pytest.raises(InvalidInput, match="larger than 3 MB"):
        read_owners("#" * 3_000_001)


def test_knows_what_stands_among_what_judges() -> None:
    """Whatever a later line says of its owners: a section that judges is not emptied from elsewhere."""
    owners = read_owners(
        "* @all\n# hybrid: judges\n/.github/ @security\n/tools/ @security\n# hybrid: end\n/tools/small @all\n"
    )

    assert [path for path in (".github/x", "tools/small", "docs/a.md") if owners.judge(path)] == [
        ".github/x",
        "tools/small",
    ]


def test_takes_the_file_that_github_takes(tmp_path: Path) -> None:
    """The one in .github before the one in the root."""
    assert find_owners(tmp_path) is None

    (tmp_path / "CODEOWNERS").write_text("* @root\n")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "CODEOWNERS").write_text("* @github\n")

    assert find_owners(tmp_path) == (Path(".github/CODEOWNERS"), read_owners("* @github\n"))


def test_refuses_a_file_that_is_no_text(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are nobody's names."""
    (tmp_path / "CODEOWNERS").write_bytes(b"* @\xff\n")

    with pytest.raises(InvalidInput, match="is not UTF-8"):
        find_owners(tmp_path)


def test_nothing_is_anybodys_without_lines() -> None:
    """No line, no owner."""
    assert Owners().of("a") == ()
    assert not Owners().judge("a")
