"""Placeholders of files, each at its place."""

from __future__ import annotations

from pathlib import Path

from estate.model.estate import ORGANIZATION
from estate.model.placeholder import Placeholder
from estate.reading.estate_loader import load_estate
from estate.reading.placeholders import MARK, placeholders
from estate.reading.yaml_source import parse

LAB = """\
environment: lab
state: {gcs: {bucket: nk-lab-tfstate}}
google:
  host_project:
    id: nk-lab-host  # PLACEHOLDER: the id of the host project
    number: 111111111111  # PLACEHOLDER: what gcloud says
  region: europe-north1
"""
ORGANIZATION_TEXT = """\
name: nk
domain: example.org
promotion: [lab]
platform_team: {group: platform@example.org}
"""


def found(text: str, domain: str = "nk.no") -> list[Placeholder]:
    """Those of a file."""
    source, problems = parse("f.yaml", text)
    assert source is not None, problems
    return list(placeholders(source, domain))


def test_each_has_its_place_and_says_what_to_do() -> None:
    """A person goes to the line."""
    assert found("aws:\n  account_id: '111122223333'\n  on: true\n") == [
        Placeholder(
            "f.yaml",
            2,
            15,
            "aws.account_id",
            'is "111122223333", made up for documents: its digits count up or repeat; put that of your own account or project',
        )
    ]


def test_a_published_key_is_not_shown_whole() -> None:
    """It fills a line and tells nobody anything."""
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMOcA+Y9PPphHvbLrwQBMOj0IPwVhBhbPWmY6ulEP+DY"

    (one,) = found(f"keys: [{key}]\n")

    assert (one.path, "AAAA" in one.message) == ("keys[0]", False)
    assert one.message.startswith("is an SSH public key that this product publishes")


def test_a_mark_counts_whatever_stands_there() -> None:
    """Nobody knows whether a value beside the mark is the right one; and a line is told once."""
    id_, number = found(LAB)

    assert (id_.line, id_.column, id_.path) == (5, 1, "")
    assert id_.message == (
        "is marked as a placeholder (the id of the host project); put the value there, and take the mark out"
    )
    assert (number.line, number.path) == (6, "google.host_project.number")


def test_who_is_in_the_organization_s_domain_changes_with_it() -> None:
    """One line is to be changed, not one for each team; hosts are named, which need not be in it."""
    text = "a: kari@example.org\nb: ola@example.com\nc: git.example.org\n"

    assert [one.path for one in found(text, "example.org")] == ["b", "c"]


def test_an_estate_knows_those_of_every_file(tmp_path: Path) -> None:
    """The organization's belong to every environment."""
    (tmp_path / "organization.yaml").write_text(ORGANIZATION_TEXT)
    (tmp_path / "lab.yaml").write_text(LAB)

    estate = load_estate(tmp_path)

    assert {name: [one.line for one in those] for name, those in estate.placeholders.items()} == {
        ORGANIZATION: [2],
        "lab": [5, 6],
    }
    assert len(estate.placeholders) == 2
    assert [one.line for one in estate.placeholders_of(["lab"])] == [2, 5, 6]
    assert [one.line for one in estate.placeholders_of([])] == [2]


def test_the_mark_begins_a_comment() -> None:
    """So that it changes nothing."""
    assert MARK.startswith("# ")
