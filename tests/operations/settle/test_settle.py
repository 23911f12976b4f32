"""Taking spent entries out of the refactoring file and what they let go out of the record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from estate.reading.problems import InvalidInput
from operations.artifacts.stack_json import StackJson
from operations.artifacts.stateful import (
    entries_out_of_step,
    lost_addresses,
    read_record,
    record_path,
    record_text,
)
from operations.cli import main
from operations.files.writing import write_file
from operations.settle.settle import settle
from tests.operations.commands import make_command
from tests.operations.files.killing import killed, recorded_calls, visible

REFACTORING = """\
# what the payments team took over
moved:
  # renamed in spring
  - {from: aws_kms_key.A, to: aws_kms_key.B}
removed:
  - {from: aws_vpc.V, destroy: false, reason: handed over}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two environments, one with local state, each with the same entries and record."""
    monkeypatch.chdir(tmp_path)
    Path("stack").mkdir()
    environments = tmp_path / "environments"
    (environments / "refactoring").mkdir(parents=True)
    (environments / "organization.yaml").write_text("{name: kl, domain: example.com, promotion: [dev, prod]}")
    (environments / "dev.yaml").write_text("{environment: dev, state: {local: {}}}")
    (environments / "prod.yaml").write_text("{environment: prod, state: {gcs: {bucket: kl-prod}}}")
    for name in ("dev", "prod"):
        (environments / "refactoring" / f"{name}.yaml").write_text(REFACTORING)
        write_file(
            record_path(environments, name),
            record_text(frozenset({"aws_kms_key.A", "aws_kms_key.B", "aws_vpc.V"})),
        )
    return environments


def state(*addresses: str) -> str:
    """The text of a state that holds these addresses."""
    resources = [
        {"mode": "managed", "type": a.split(".")[0], "name": a.split(".")[1], "instances": [{}]}
        for a in addresses
    ]
    return json.dumps({"version": 4, "resources": resources})


def test_spent_entries_leave_and_comments_stay(folder: Path) -> None:
    """What the state has taken goes; what it has not stays, with what people wrote beside it."""
    spent = settle(folder, "prod", state("aws_kms_key.A", "aws_kms_key.B"), Path("stack"), "terraform")

    text = (folder / "refactoring/prod.yaml").read_text()
    assert [(entry.block, entry.position) for entry in spent] == [("removed", 0)]
    assert "# renamed in spring" in text
    assert "aws_vpc.V" not in text
    assert read_record(record_path(folder, "prod")) == frozenset({"aws_kms_key.A", "aws_kms_key.B"})


def test_when_all_are_spent_a_valid_file_stays(folder: Path) -> None:
    """An empty mapping, which the loader takes, rather than an empty file, which may be a lost one."""
    settle(folder, "prod", state("aws_kms_key.B"), Path("stack"), "terraform")

    assert (folder / "refactoring/prod.yaml").read_text().endswith("\n{}\n")
    assert settle(folder, "prod", state("aws_kms_key.B"), Path("stack"), "terraform") == []


def test_one_of_two_entries_leaves(folder: Path) -> None:
    """The other one still has work to do."""
    (folder / "refactoring/prod.yaml").write_text(
        "removed:\n"
        "  - {from: aws_vpc.V, destroy: false, reason: handed over}\n"
        "  - {from: aws_kms_key.A, destroy: false, reason: handed over}\n"
    )

    settle(folder, "prod", state("aws_kms_key.A", "aws_kms_key.B"), Path("stack"), "terraform")

    assert (folder / "refactoring/prod.yaml").read_text() == (
        "removed:\n  - {from: aws_kms_key.A, destroy: false, reason: handed over}\n"
    )


def test_what_stays_is_laid_out_as_it_was(folder: Path) -> None:
    """Byte for byte, however a person aligned it."""
    kept = "# of us\nmoved:   [ {from: aws_kms_key.A,   to: aws_kms_key.B} ]  # in spring\n"
    (folder / "refactoring/prod.yaml").write_text(
        f"{kept}removed:\n- {{from: aws_vpc.V, destroy: false, reason: handed over}}\n"
    )

    settle(folder, "prod", state("aws_kms_key.A"), Path("stack"), "terraform")

    assert (folder / "refactoring/prod.yaml").read_text() == kept


def test_released_entries_leave_once_nothing_is_recorded_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever the state holds; the record of the stack is left as it is, and the person told what nobody sees from here."""
    monkeypatch.chdir(folder.parent)
    entries, record = folder / "refactoring/dev.yaml", folder / "stateful/clusters/dev.txt"
    entries.write_text(
        "released:\n"
        "  - {object: apps/Namespace/web, reason: ola deletes it}\n"
        "  - {object: apps/Namespace/api, reason: ola deletes it}\n"
    )
    record.parent.mkdir(parents=True)
    record.write_text("# of clusters\napps/Namespace/api\n")
    before = record_path(folder, "dev").read_bytes()

    assert main(["settle", "dev", "--folder", str(folder), "--write"]) == 0

    said = capsys.readouterr().out
    assert "dev: released[0] is spent and was taken out" in said
    assert "stays in its cluster until somebody deletes it" in said
    assert "dev: 1 entry still has work to do, and stays" in said
    assert entries.read_text() == "released:\n  - {object: apps/Namespace/api, reason: ola deletes it}\n"
    assert record_path(folder, "dev").read_bytes() == before


def test_a_state_of_something_else_is_refused(folder: Path) -> None:
    """A state that knows nothing of the record would make every entry look spent."""
    with pytest.raises(InvalidInput, match="is it the state of another stack"):
        settle(folder, "prod", state("aws_vpc.Other"), Path("stack"), "terraform")

    assert (folder / "refactoring/prod.yaml").read_text() == REFACTORING


def test_local_state_is_read_where_it_lies(folder: Path, tmp_path: Path) -> None:
    """Without a state there is nothing to settle; with one, what it has taken."""
    assert settle(folder, "dev", None, Path("stack"), "terraform") == []
    (tmp_path / ".state/dev").mkdir(parents=True)
    (tmp_path / ".state/dev/terraform.tfstate").write_text(state("aws_kms_key.B", "aws_vpc.V"))

    assert [entry.block for entry in settle(folder, "dev", None, Path("stack"), "terraform")] == ["moved"]


def test_an_empty_local_state_is_none(folder: Path, tmp_path: Path) -> None:
    """What Terraform leaves when it is killed before it writes the first state."""
    (tmp_path / ".state/dev").mkdir(parents=True)
    (tmp_path / ".state/dev/terraform.tfstate").write_text("")

    assert settle(folder, "dev", None, Path("stack"), "terraform") == []


def test_remote_state_is_pulled_by_terraform(folder: Path, tmp_path: Path) -> None:
    """From the stack's folder, with the command that the person uses."""
    (tmp_path / "pulled").write_text(state("aws_kms_key.B", "aws_vpc.V"))
    binary = make_command(
        tmp_path, "tofu", f'[ "$*" = "-chdir=stack state pull" ] && cat "{tmp_path}/pulled"'
    )

    assert [entry.block for entry in settle(folder, "prod", None, Path("stack"), binary)] == ["moved"]


def test_a_stack_that_was_not_synthesized_has_no_state_to_pull(folder: Path) -> None:
    """Terraform spoke of a folder that it could not change to, behind whatever else it had to say."""
    with pytest.raises(
        InvalidInput, match="stacks/prod is not there; run hybrid synth first, or give --state"
    ):
        settle(folder, "prod", None, Path("stacks/prod"), "terraform")


@pytest.mark.parametrize("script", ["echo 'Backend initialization required' >&2; exit 1", "exit 1"])
def test_a_state_that_cannot_be_pulled_is_refused(folder: Path, tmp_path: Path, script: str) -> None:
    """Said with Terraform's own reason and what to run first."""
    binary = make_command(tmp_path, "terraform", script)

    with pytest.raises(InvalidInput, match=r"cannot be pulled: .*init, or give --state FILE"):
        settle(folder, "prod", None, Path("stack"), binary)


def test_a_missing_terraform_is_refused(folder: Path) -> None:
    """No traceback where the command is not there."""
    with pytest.raises(InvalidInput, match=r"no-such-terraform: cannot be run.*install Terraform"):
        settle(folder, "prod", None, Path("stack"), "no-such-terraform")


def test_the_reason_is_terraforms_and_holds_no_secret(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once was the first line of the frame that Terraform draws around an error."""
    monkeypatch.setenv("backend_credentials", "hunter2-hunter2")
    said = r"printf '\342\225\267\n\033[31m\342\224\202\033[0m Error: no hunter2-hunter2\n' >&2; exit 1"
    binary = make_command(tmp_path, "terraform", said)

    with pytest.raises(InvalidInput, match=r"cannot be pulled: no \(sensitive\); run"):
        settle(folder, "prod", None, Path("stack"), binary)


def test_the_command_says_what_it_took_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line an entry; the state comes from a file."""
    (folder / "state.json").write_text(state("aws_kms_key.B", "aws_vpc.V"))

    assert main(["settle", "prod", "--state", str(folder / "state.json"), "--write"]) == 0
    assert "prod: moved[0] is spent and was taken out" in capsys.readouterr().out


def test_the_command_shows_what_it_would_take_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And what would be left, with no file touched."""
    (folder / "state.json").write_text(state("aws_kms_key.B", "aws_vpc.V"))
    before = visible(folder)

    assert main(["settle", "prod", "--state", str(folder / "state.json")]) == 0

    assert visible(folder) == before
    assert capsys.readouterr().out.splitlines() == [
        "prod: moved[0] is spent and would be taken out",
        "prod: 1 entry still has work to do, and stays",
        "nothing is written yet; the same with --write writes it",
    ]


def test_the_command_reads_a_pipe(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`terraform state pull | hybrid settle prod --state -`."""
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(state("aws_kms_key.A", "aws_vpc.V")))

    assert main(["settle", "prod", "--state", "-"]) == 0
    assert capsys.readouterr().out == "prod: 2 entries still have work to do, and stay\n"
    assert (folder / "refactoring/prod.yaml").read_text() == REFACTORING


@pytest.mark.parametrize(
    ("there", "word"),
    [
        (("aws_kms_key.B",), "no entry is left"),
        (("aws_kms_key.B", "aws_vpc.V"), "1 entry still has work to do, and stays"),
    ],
)
def test_the_command_says_what_is_left(
    folder: Path, capsys: pytest.CaptureFixture[str], there: tuple[str, ...], word: str
) -> None:
    """Which may be nothing."""
    (folder / "state.json").write_text(state(*there))

    assert main(["settle", "prod", "--state", str(folder / "state.json"), "--write"]) == 0

    assert capsys.readouterr().out.splitlines()[-1] == f"prod: {word}"


def test_a_companions_entries_are_settled_by_its_name(folder: Path) -> None:
    """They stand in a file of their own, and so does its state."""
    name = "dev-vsphere"
    (folder / "refactoring" / f"{name}.yaml").write_text(
        "import: [{to: vsphere_folder.F, id: /DC1/vm/kl-dev}]\n"
    )
    path = Path(".state") / name / "terraform.tfstate"
    path.parent.mkdir(parents=True)
    path.write_text(state("vsphere_folder.F"))

    spent = settle(folder, name, None, Path("stack"), "terraform")

    assert [(entry.block, entry.position) for entry in spent] == [("import", 0)]
    assert "vsphere_folder" not in (folder / "refactoring" / f"{name}.yaml").read_text()
    assert "aws_kms_key.A" in (folder / "refactoring/dev.yaml").read_text()


def test_killed_at_any_moment_it_is_finished_by_the_next_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of the record loses its entry, for which synth would refuse everything."""
    stand = state("aws_kms_key.B")
    present: StackJson = {"resource": {"aws_kms_key": {"B": {}}}}
    with monkeypatch.context() as patch:
        calls = recorded_calls(patch, "operations.settle.settle")
        settle(folder, "prod", stand, Path("stack"), "terraform")

    states, ends = [], []
    for files in killed(calls, folder):
        states.append(("aws_vpc.V" in record_of(folder), b"aws_vpc.V" in files["refactoring/prod.yaml"]))
        entries = load_estate(folder).refactoring("prod")
        assert list(lost_addresses("prod", record_of(folder), present, entries)) == []
        assert list(entries_out_of_step("prod", folder, present, entries)) == []
        settle(folder, "prod", stand, Path("stack"), "terraform")
        ends.append(visible(folder))

    assert states == [(True, True), (False, True), (False, False)]
    assert ends[0] == ends[1] == ends[2]


def record_of(folder: Path) -> frozenset[str]:
    """The record of prod."""
    return read_record(record_path(folder, "prod"))
