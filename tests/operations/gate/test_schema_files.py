"""What an editor would refuse of an estate's files, and where their modelines lead."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from estate.schema_export import FOLDER
from operations.gate.schema_files import schema_findings
from tests.example import ENVIRONMENTS
from tests.operations.gate.foreign import FOREIGN

MODELINE = "# yaml-language-server: $schema={}\n"
WORDS = 'acknowledgements: [{address: a.b, reason: known, who: kari, expires: "2027-01-31"}]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The foreign estate with a file of every other kind, valid all of them."""
    monkeypatch.chdir(tmp_path)
    environments = Path("environments")
    shutil.copytree(FOREIGN, environments)
    for name, text in (
        ("refactoring/lab.yaml", "import: [{to: aws_vpc.Vpc_1, id: vpc-1}]\n"),
        ("policy/waivers.yaml", ""),
        ("policy/skipped_checks.yaml", "skipped_checks: {CKV_AWS_1: why}\n"),
        ("promotion/acknowledgements.yaml", WORDS),
        ("review/acknowledgements.yaml", WORDS),
        ("notes/todo.yaml", "- none of ours\n"),
        (".hidden.yaml", "- an editor's\n"),
    ):
        (environments / name).parent.mkdir(exist_ok=True)
        (environments / name).write_text(text, "utf-8")
    return environments


def test_the_example_is_taken_by_every_schema() -> None:
    """And each of its modelines names the schema of its kind."""
    assert list(schema_findings(ENVIRONMENTS)) == []


def test_every_kind_of_file_is_taken(folder: Path) -> None:
    """What is of no kind is nobody's business."""
    assert list(schema_findings(folder)) == []


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("lab.yaml", "environment: lab\nstate: {local: 7}\n", "lab.yaml:2:16: state.local: is refused by"),
        ("organization.yaml", "name: 7\n", "organization.yaml:1:7: name: is refused by organization.json"),
        ("refactoring/lab.yaml", "import: 7\n", "lab.yaml:1:9: import: is refused by refactoring.json"),
        ("policy/waivers.yaml", "waivers: 7\n", "waivers.yaml:1:10: waivers: is refused by waivers.json"),
        ("policy/skipped_checks.yaml", "skipped_checks: 7\n", "is refused by skipped_checks.json"),
        ("promotion/acknowledgements.yaml", "acknowledgements: 7\n", "is refused by acknowledgements.json"),
        ("review/acknowledgements.yaml", "acknowledgements: 7\n", "is refused by acknowledgements.json"),
    ],
    ids=["environment", "organization", "refactoring", "waivers", "skipped", "promotion", "review"],
)
def test_what_an_editor_refuses_is_found(folder: Path, name: str, text: str, says: str) -> None:
    """By the schema of its kind, with its place and the mistake in the alternative that was meant."""
    (folder / name).write_text(text, "utf-8")

    assert any(says in finding for finding in schema_findings(folder))


def test_a_modeline_leads_to_the_schema_of_this_version(folder: Path) -> None:
    """One that leads nowhere, or to an old copy, leaves the editor silent or wrong; an address is not asked."""
    lab, prod = folder / "lab.yaml", folder / "prod.yaml"
    copy, old = folder / "environment.json", folder / "old.json"
    shutil.copy(FOLDER / "environment.json", copy)
    old.write_text("{}", "utf-8")
    body = lab.read_text("utf-8")

    found = {}
    for named in ("environment.json", "gone.json", "old.json", "https://example.org/environment.json"):
        lab.write_text(MODELINE.format(named) + body, "utf-8")
        found[named] = list(schema_findings(folder))

    assert prod.is_file()
    assert found == {
        "environment.json": [],
        "gone.json": [
            "environments/lab.yaml: its modeline names gone.json, which is not there; name environment.json of this "
            "project"
        ],
        "old.json": [
            "environments/lab.yaml: its modeline names old.json, which is not environment.json of this version"
        ],
        "https://example.org/environment.json": [],
    }


def test_a_file_that_cannot_be_read_is_refused(folder: Path) -> None:
    """Rather than passed over."""
    (folder / "review" / "acknowledgements.yaml").write_text("a: [", "utf-8")

    with pytest.raises(InvalidInput, match=r"review/acknowledgements\.yaml"):
        list(schema_findings(folder))
