"""The command line as a person uses it: what it prints, what it writes, how it exits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from operations.cli import main
from tests.example import ENVIRONMENTS, NAMES, PLANS
from tests.operations.estate_files import file_bytes
from tests.operations.estate_folder import copied_files

SANDBOX = Path("environments/sandbox.yaml")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of this repository's environment files, and the command run in it."""
    copied_files(ENVIRONMENTS, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What synthesis writes beside the environment files, made once."""
    made = tmp_path_factory.mktemp("once")
    copied_files(ENVIRONMENTS, made)
    with pytest.MonkeyPatch.context() as there:
        there.chdir(made)
        assert main(["synth"]) == 0
    return made


@pytest.fixture
def made(once: Path, project: Path) -> Path:
    """The folder after a synthesis."""
    shutil.copytree(once, project, dirs_exist_ok=True)
    return project


def edit(path: Path, old: str, new: str) -> None:
    """Replace one text in a file, which must be there."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_without_words_it_prints_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    """A newcomer types the bare name."""
    assert main([]) == 0
    assert "Usage: hybrid" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["foo"], "No such command 'foo'"),
        (["check", "--bar"], "No such option"),
        (["check", "--format", "xml"], "xml"),
    ],
    ids=["verb", "option", "choice"],
)
def test_a_wrong_command_line_is_one_line_and_exits_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No usage page to scroll past, no traceback."""
    assert main(words) == 2

    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_check_shows_what_is_in_each_environment(capsys: pytest.CaptureFixture[str]) -> None:
    """Plain columns where no terminal is."""
    assert main(["check", *NAMES]) == 0

    out = capsys.readouterr().out
    assert all(name in out for name in NAMES)
    assert "10.0.0.0/16, zones eu-west-1a, eu-west-1b, eu-west-1c, a NAT gateway per zone" in out
    assert "4 environments are valid" in out
    assert "\x1b" not in out


def test_check_of_one_environment_shows_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    """The others are checked all the same, because rules cross environments."""
    assert main(["check", "dev"]) == 0

    out = capsys.readouterr().out
    assert "10.16.0.0/16" in out
    assert "10.0.0.0/16" not in out
    assert "1 environment is valid" in out


def test_check_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """The same contents as JSON, by environment."""
    assert main(["check", "dev", "--format", "json"]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["problems"] == []
    assert list(report["environments"]) == ["dev"]
    assert report["environments"]["dev"]["contents"][0] == {
        "path": "state",
        "entity": "Terraform state",
        "summary": "gs://kl-dev-tfstate/dev",
    }


def test_problems_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem as an object with its place; exit code 2 all the same."""
    edit(SANDBOX, "environment: sandbox", "environment: snadbox")

    assert main(["check", "--format", "json"]) == 2

    report = json.loads(capsys.readouterr().out)
    assert report["environments"] == {}
    assert [(p["file"], p["line"], p["path"]) for p in report["problems"]] == [
        ("environments/sandbox.yaml", 3, "environment")
    ]


def test_problems_of_all_files_come_together(capsys: pytest.CaptureFixture[str]) -> None:
    """One run tells everything that is wrong, with file, line, column and path."""
    edit(SANDBOX, "10.0.1.0/24", "10.9.1.0/24")
    line = (
        SANDBOX.read_text()
        .splitlines()
        .index("      eu-west-1a: {private: 10.9.1.0/24, public: 10.0.4.0/24}")
        + 1
    )
    edit(Path("environments/prod.yaml"), "region: eu-west-1}", "region: EU}")

    assert main(["check"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    lines = captured.err.splitlines()
    assert lines[0].startswith("environments/prod.yaml:3:47: state.s3.region: must be an AWS region")
    assert lines[1].startswith(
        f"environments/sandbox.yaml:{line}:29: aws.management_vpc.zones.eu-west-1a.private: must lie inside"
    )
    assert lines[2] == "2 problems; nothing was written"


def test_an_unknown_environment_is_refused_with_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    """A mistyped name synthesizes nothing."""
    assert main(["synth", "snadbox"]) == 2
    assert "did you mean sandbox?" in capsys.readouterr().err


def test_synth_writes_every_stack_and_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The stacks, their manifest, the records of what is stateful, and a summary of it all."""
    assert main(["synth"]) == 0

    manifest = json.loads((project / "cdktf.out/manifest.json").read_text())
    out = capsys.readouterr().out
    assert sorted(manifest["stacks"]) == sorted(PLANS)
    for name in PLANS:
        assert f"note: {name}: " in out
        assert (project / "cdktf.out/stacks" / name / "cdk.tf.json").is_file()
        assert (project / "environments/stateful" / f"{name}.txt").is_file()
    assert "2027-03-17" in out


def test_synthesizing_again_changes_no_file(made: Path) -> None:
    """The second run writes the same bytes, and nothing is recorded twice."""
    before = file_bytes(made)

    assert main(["synth"]) == 0
    assert file_bytes(made) == before


def test_synthesizing_one_environment_leaves_the_others(made: Path) -> None:
    """Output of an environment that was not asked for is neither renewed nor lost."""
    other = made / "cdktf.out/stacks/prod/cdk.tf.json"
    other.write_text("{}")

    assert main(["synth", "dev"]) == 0
    assert other.read_text() == "{}"


def test_wrong_input_writes_nothing_at_all(made: Path) -> None:
    """A mistake in one environment stops all of them, before anything is touched."""
    edit(SANDBOX, "region: eu-west-1", "region: eu")
    before = file_bytes(made)

    assert main(["synth", "dev"]) == 2
    assert file_bytes(made) == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    database:\n", "    databaze:\n"),
        ("  bastion:\n", "  #\n"),
    ],
    ids=["mistyped", "deleted"],
)
def test_losing_something_stateful_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], old: str, new: str
) -> None:
    """A key of the file that goes away takes prevent_destroy with it, so the record stands in."""
    edit(SANDBOX, "cluster_example: {", "database_key: database\n    cluster_example: {")
    main(["synth", "sandbox"])
    edit(SANDBOX, old, new)
    if "databaze" in new:
        edit(SANDBOX, "database_key: database", "database_key: databaze")
    else:
        text = SANDBOX.read_text().splitlines(keepends=True)
        start = text.index("  #\n")
        SANDBOX.write_text("".join(text[:start] + text[start + 3 :]))
    before = file_bytes(project)
    capsys.readouterr()

    assert main(["synth", "sandbox"]) == 2

    error = capsys.readouterr().err
    assert "holds data or identity and would be destroyed" in error
    assert "environments/refactoring/sandbox.yaml" in error
    assert file_bytes(project) == before


def test_an_entry_lets_it_go(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a removed entry the stack is written, and tells Terraform to forget."""
    address = next(
        line
        for line in (made / "environments/stateful/dev.txt").read_text().splitlines()
        if line.startswith("aws_kms_key.KmsKeys_secrets")
    )
    key = "  kms_keys:\n    secrets: {description: secrets of the clusters}\n"
    edit(Path("environments/dev.yaml"), key, "")
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/dev.yaml").write_text(
        f"removed:\n  - {{from: {address}, destroy: false, reason: handed over}}\n"
    )

    assert main(["synth", "dev"]) == 0

    assert "note: dev: refactoring entries stand; `hybrid settle dev --write`" in capsys.readouterr().out
    stack = json.loads((made / "cdktf.out/stacks/dev/cdk.tf.json").read_text())
    assert stack["removed"] == [{"from": address, "lifecycle": [{"destroy": False}]}]
    assert address in (made / "environments/stateful/dev.txt").read_text()


def test_an_environment_to_be_thrown_away_records_nothing(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where destroying is allowed there is nothing to hold on to, and that is said."""
    edit(Path("environments/dev.yaml"), "environment: dev", "environment: dev\ndeletion_protection: false")
    capsys.readouterr()

    assert main(["synth", "dev"]) == 0

    out = capsys.readouterr().out
    assert "warning: dev: deletion_protection is off" in out
    assert "aws_" not in (made / "environments/stateful/dev.txt").read_text()


def test_spent_entries_are_mentioned(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The local state shows that there is nothing left to do; a state being written is no obstacle."""
    vpc = next(
        line
        for line in (made / "environments/stateful/sandbox.txt").read_text().splitlines()
        if line.startswith("aws_vpc.")
    )
    state = made / ".state/sandbox/terraform.tfstate"
    state.parent.mkdir(parents=True)
    resource = {"mode": "managed", "type": "aws_vpc", "name": vpc.split(".")[1], "instances": [{}]}
    state.write_text(json.dumps({"version": 4, "resources": [resource]}))
    Path("environments/refactoring").mkdir()
    Path("environments/refactoring/sandbox.yaml").write_text(f"import:\n  - {{to: {vpc}, id: vpc-1}}\n")
    capsys.readouterr()

    assert main(["synth", "sandbox"]) == 0
    assert "1 refactoring entry is spent; run `hybrid settle sandbox --write`" in capsys.readouterr().out

    state.write_text("{half")
    assert main(["synth", "sandbox"]) == 0
    assert "whether refactoring entries are spent cannot be said" in capsys.readouterr().out


def test_output_that_cannot_be_written_is_one_line_and_exits_1(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where a folder belongs: said with its name, without a traceback."""
    (project / "taken").write_text("")

    assert main(["synth", "--output", "taken/out"]) == 1
    assert "taken" in capsys.readouterr().err


def test_an_interrupted_run_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As shells expect it: 128 and the signal's number."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("estate.reading.estate_loader.load_estate", interrupted)

    assert main(["check"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_mistake_of_the_program_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only input and machine are answered in one line; a defect shows where it is."""

    def defect(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("estate.reading.estate_loader.load_estate", defect)

    with pytest.raises(ZeroDivisionError):
        main(["check"])


def test_what_a_construct_refuses_is_a_problem(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], project: Path
) -> None:
    """Such as a physical name that is too long; nothing is written then either."""

    def refuse(*_: object) -> None:
        raise ValueError("name n has 65 characters, IAM takes 64; shorten the key")

    monkeypatch.setattr("stacks.app.synthesize", refuse)

    assert main(["synth"]) == 2
    assert "environments: name n has 65 characters" in capsys.readouterr().err
    assert not (project / "cdktf.out").exists()
