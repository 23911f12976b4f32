"""Which estate a command takes, from wherever it is started, and where everything else then stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from operations.cli import main
from operations.located import as_given
from operations.project import VARIABLE, find_folder, root_of
from operations.report_file import REPORT
from operations.schema_line import schema_line
from tests.source import ROOT

ORGANIZATION = "name: kl\ndomain: example.com\npromotion: [lab]\n"
LAB = (
    "environment: lab\nstate: {gcs: {bucket: kl-lab-tfstate}}\n"
    "google: {host_project: {id: kl-lab-host, number: 1}, region: europe-north1}\nfleet: {}\n"
)


@pytest.fixture
def estate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a small estate, and a folder beside it to stand in."""
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "estate" / "environments").mkdir(parents=True)
    (tmp_path / "estate" / ".git").mkdir()
    (tmp_path / "estate" / "docs" / "deep").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "estate/environments/organization.yaml").write_text(ORGANIZATION)
    (tmp_path / "estate/environments/lab.yaml").write_text(LAB)
    return tmp_path / "estate"


@pytest.mark.parametrize("below", ["", "environments", "docs/deep"], ids=["root", "files", "deep"])
def test_an_estate_is_found_upwards(estate: Path, monkeypatch: pytest.MonkeyPatch, below: str) -> None:
    """Nobody has to stand in one certain folder."""
    monkeypatch.chdir(estate / below)

    assert find_folder(Path.cwd()) == estate / "environments"
    assert main(["check", "lab"]) == 0
    assert Path.cwd() == estate / below


def test_looking_ends_with_the_repository(estate: Path) -> None:
    """Another estate farther up is another repository's."""
    (estate / "docs" / ".git").touch()

    assert find_folder(estate / "docs" / "deep") is None


def test_where_one_stands_nothing_is_said(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The usual case stays as quiet as it was; any other names the folder."""
    monkeypatch.chdir(estate)
    main(["check", "lab"])
    usual = capsys.readouterr()
    monkeypatch.chdir(estate / "docs")
    main(["check", "lab"])
    found = capsys.readouterr()

    assert (usual.err, found.err) == ("", f"hybrid: the estate in {estate / 'environments'}\n")
    assert usual.out == found.out


@pytest.mark.parametrize("how", ["option", "variable"])
def test_an_estate_is_named(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    """By an option or an environment variable, relative to where one stands."""
    monkeypatch.chdir(estate.parent / "elsewhere")
    folder = "../estate/environments"
    if how == "variable":
        monkeypatch.setenv(VARIABLE, folder)

    assert main(["check", "lab", *([f"--folder={folder}"] if how == "option" else [])]) == 0
    assert capsys.readouterr().err == f"hybrid: the estate in {estate / 'environments'}\n"


def test_a_folder_of_another_name_is_said_when_a_variable_names_it(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable is easily forgotten; cdktf, which sets it, says so by itself."""
    (estate / "environments").rename(estate / "clouds")
    (estate / "cdktf.json").write_text("{}")
    monkeypatch.chdir(estate)
    monkeypatch.setenv(VARIABLE, "clouds")
    main(["check", "lab"])
    said = capsys.readouterr().err
    monkeypatch.setenv(REPORT, str(estate.parent / "report.json"))
    main(["check", "lab"])

    assert said == f"hybrid: the estate in {estate / 'clouds'}\n"
    assert "the estate in" not in json.loads((estate.parent / "report.json").read_text())["text"]


def test_files_may_stand_in_the_root_itself(estate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other people's layout: what is written stands beside them."""
    for path in (estate / "environments").iterdir():
        path.rename(estate / path.name)
    (estate / "environments").rmdir()
    (estate / "cdktf.json").write_text("{}")
    monkeypatch.chdir(estate / "docs")

    assert main(["synth"]) == 0
    assert (estate / "cdktf.out/stacks/lab/cdk.tf.json").is_file()
    assert (estate / "stateful/lab.txt").is_file()


def test_what_is_written_stands_in_the_root_and_what_is_named_where_one_stands(
    estate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with git: a person's paths are the person's, everything else is the estate's."""
    monkeypatch.chdir(estate / "docs")

    assert main(["synth"]) == 0
    assert main(["synth", "--output", "mine"]) == 0
    assert main(["stacks", "--stacks", "mine"]) == 0
    assert main(["stacks"]) == 0

    assert (estate / "cdktf.out/stacks.json").is_file()
    assert (estate / "docs/mine/stacks.json").is_file()


def test_lists_and_words_with_a_file_in_them_are_where_one_stands(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And - stays standard input."""
    monkeypatch.chdir(estate / "docs")

    assert main(["adopt", "gkectl", "user.yaml"]) == 2
    assert "docs/user.yaml: does not exist" in capsys.readouterr().err
    assert main(["review", "lab=plan.json"]) == 2
    assert f"{estate / 'docs/plan.json'}" in capsys.readouterr().err
    assert as_given("plan.json") == Path("plan.json")


def test_an_estate_that_is_nowhere(
    estate: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A message that says where it was looked for, and what to do."""
    nowhere = estate.parent / "elsewhere"
    monkeypatch.chdir(nowhere)

    assert main(["check"]) == 2
    assert f"(looked for {nowhere / 'environments'} and above); name the estate's with --folder" in (
        capsys.readouterr().err
    )
    assert main(["check", "--folder", "nothing"]) == 2
    assert f"nothing: is no folder (looked for {nowhere / 'nothing'})" in capsys.readouterr().err
    assert main(["plan", "lab", "--folder", "nothing"]) == 2
    assert "is no folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("path", "root"),
    [("environments", ""), ("environments/refactoring", ""), ("clouds/a", "clouds/a")],
    ids=["files", "companions", "other"],
)
def test_the_root_without_cdktf_json(estate: Path, path: str, root: str) -> None:
    """The folder that holds environments/; one of another name is its own root."""
    assert root_of(estate / path) == estate / root


@pytest.mark.parametrize(
    ("files", "path", "root"),
    [
        (["cdktf.json", "environments/cdktf.json"], "environments", ""),
        (["environments/cdktf.json"], "environments/refactoring", ""),
        (["environments/cdktf.json", "environments/.git"], "environments", "environments"),
        (["environments/cdktf.json"], "environments/environments", "environments"),
        (["clouds/cdktf.json"], "clouds", "clouds"),
    ],
    ids=["both", "only there", "a clone of that name", "an estate of that name", "another name"],
)
def test_the_files_do_not_move_the_root(tmp_path: Path, files: list[str], path: str, root: str) -> None:
    """A pull request that adds a cdktf.json to environments/ would bring the output of all commands with it."""
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()

    assert root_of(tmp_path / path) == tmp_path / root


def test_a_file_names_the_schema_that_stands_near_it() -> None:
    """In a checkout the product's own, elsewhere the copy in the estate's root."""
    in_checkout = schema_line(ROOT / "clouds" / "refactoring" / "dev.yaml", "refactoring.json")
    elsewhere = schema_line(Path("/estate/environments/lab.yaml"), "environment.json")

    assert in_checkout == "# yaml-language-server: $schema=../../estate/schema/refactoring.json\n"
    assert elsewhere == "# yaml-language-server: $schema=../.hybrid/schema/environment.json\n"
