"""From the log of an apply that ended badly to the entries that let the next one go on."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from estate.reading.estate_loader import load_estate
from operations.cli import main
from operations.project import ENVIRONMENTS
from operations.salvage import command
from tests.operations.commands import make_command

Capture = pytest.CaptureFixture[str]

STACK = {
    "provider": {
        "google": [{"project": "nk-host", "region": "europe-north1"}],
        "aws": [{"region": "eu-west-1"}],
    },
    "resource": {
        "google_compute_router": {"R": {"name": "nk-lab-nat"}},
        "google_service_account": {"S": {"account_id": "nk-lab-gke"}},
        "aws_instance": {"B": {"tags": {"Name": "nk-lab-bastion"}}},
        "aws_eip": {"E": {"tags": {"Name": "nk-lab-bastion"}}},
        "aws_iam_role": {"N": {"name": "nk-lab-nodes"}},
        "vsphere_role": {"V": {"name": "nk-lab"}},
    },
}
EXISTS = "Error: Error 409: already exists\n\n  with {0},\n  on cdk.tf.json line 1:\n\n"
LOG = (
    "aws_instance.B: Creating...\naws_iam_role.N: Creating...\n"
    + EXISTS.format("google_service_account.S")
    + EXISTS.format("google_compute_router.R")
    + "Error: quota\n\n  with aws_eip.E,\n"
)
ROUTER = "projects/nk-host/regions/europe-north1/routers/nk-lab-nat"
ACCOUNT = "projects/nk-host/serviceAccounts/nk-lab-gke@nk-host.iam.gserviceaccount.com"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An estate with one synthesized stack, and the log."""
    folder = tmp_path / ENVIRONMENTS
    folder.mkdir()
    (folder / "organization.yaml").write_text("{name: nk, domain: nk.no, promotion: [lab]}")
    (folder / "lab.yaml").write_text("{environment: lab, state: {gcs: {bucket: nk-lab-tfstate}}}")
    stack = tmp_path / "cdktf.out/stacks/lab"
    stack.mkdir(parents=True)
    (stack / "cdk.tf.json").write_text(json.dumps(STACK))
    (tmp_path / "apply.log").write_text(LOG)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def aws(project: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let this stand in for the AWS command line."""
    make_command(project, "aws", script)
    monkeypatch.setenv("PATH", f"{project}{os.pathsep}{os.environ['PATH']}")


def refactoring(project: Path) -> Path:
    """The file of the entries."""
    return project / ENVIRONMENTS / "refactoring" / "lab.yaml"


def test_what_exists_gets_an_entry_and_what_was_begun_a_command(project: Path, capsys: Capture) -> None:
    """What has its name for an id is left to the next apply, which cannot make a second one."""
    assert main(["salvage", "lab", "--log", "apply.log"]) == 3

    assert capsys.readouterr().out.splitlines() == [
        f"lab: google_compute_router.R would be imported as {ROUTER}",
        f"lab: google_service_account.S would be imported as {ACCOUNT}",
        "lab: aws_instance.B was begun and may exist, in which case the next apply makes a second one, and has no entry: the id of aws_instance.B is made up by the cloud",
        "  $ aws ec2 describe-instances --region eu-west-1 --filters Name=tag:Name,Values=nk-lab-bastion "
        "Name=instance-state-name,Values=pending,running,stopping,stopped "
        "--query 'Reservations[].Instances[].InstanceId' --output text",
        "lab: 2 import entries; 1 error is of another kind",
        "then: hybrid synth lab, look at what the plan imports, apply, hybrid settle lab",
        "nothing is written yet; the same with --write writes it",
    ]
    assert not refactoring(project).exists()


def test_entries_are_written_once(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Those that stand there stay, with what people wrote beside them."""
    refactoring(project).parent.mkdir()
    refactoring(project).write_text(
        f"import:\n  # by hand\n  - {{to: google_compute_router.R, id: {ROUTER}}}\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(EXISTS.format("google_service_account.S") + LOG))

    assert main(["salvage", "lab", "--write"]) == 3
    assert main(["salvage", "lab", "--write", "--log", "apply.log"]) == 3

    entries = load_estate(project / ENVIRONMENTS).refactoring("lab").import_
    assert [(entry.to, entry.id) for entry in entries] == [
        ("google_compute_router.R", ROUTER),
        ("google_service_account.S", ACCOUNT),
    ]
    assert "# by hand" in refactoring(project).read_text()
    assert capsys.readouterr().out.count("google_service_account.S is imported") == 1


def test_a_log_without_anything_left_is_well(project: Path, capsys: Capture) -> None:
    """Nothing to do, and no file."""
    (project / "apply.log").write_text("aws_eip.E: Creating...\naws_eip.E: Creation complete after 1s\n")

    assert main(["salvage", "lab", "--log", "apply.log", "--write"]) == 0
    assert capsys.readouterr().out == "lab: 0 import entries\n"
    assert not refactoring(project).exists()


def test_asked_the_cloud_says_what_is_there(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """One is taken in."""
    aws(project, monkeypatch, "echo i-0123")

    assert main(["salvage", "lab", "--log", "apply.log", "--ask"]) == 0
    assert "lab: aws_instance.B would be imported as i-0123\n" in capsys.readouterr().out


def test_what_was_begun_and_is_not_there_was_never_made(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """So nothing is missing; of what exists by Terraform's own words, it is."""
    aws(project, monkeypatch, "echo None")

    assert main(["salvage", "lab", "--log", "apply.log", "--ask"]) == 0
    assert "aws_instance.B" not in capsys.readouterr().out

    (project / "apply.log").write_text(EXISTS.format("aws_instance.B"))
    assert main(["salvage", "lab", "--log", "apply.log", "--ask"]) == 3
    assert "aws_instance.B exists, and has no entry: no aws_instance.B is there" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo; echo expired token >&2; exit 1", "could not be asked for (expired token)"),
        ("exit 7", "could not be asked for (exit code 7)"),
    ],
)
def test_a_cloud_that_does_not_answer_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, script: str, said: str
) -> None:
    """Beside what needs no answer."""
    aws(project, monkeypatch, script)

    assert main(["salvage", "lab", "--log", "apply.log", "--ask"]) == 3

    out = capsys.readouterr().out
    assert said in out
    assert "2 import entries" in out


def test_what_no_command_finds_says_how(project: Path, capsys: Capture) -> None:
    """A person does it."""
    (project / "apply.log").write_text(EXISTS.format("vsphere_role.V"))

    assert main(["salvage", "lab", "--log", "apply.log"]) == 3
    assert capsys.readouterr().out.splitlines() == [
        "lab: vsphere_role.V exists, and has no entry: its id is the number that govc role.ls -json says of the role",
        "lab: 0 import entries",
    ]


def test_nobody_waits_for_ever(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """A command that asks somebody hangs."""
    aws(project, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(command, "_SECONDS", 0.05)

    assert main(["salvage", "lab", "--log", "apply.log", "--ask"]) == 3
    assert "no answer within 0.05 seconds" in capsys.readouterr().out


def test_the_log_of_another_stack_is_refused(project: Path, capsys: Capture) -> None:
    """Its entries would be of no use here."""
    (project / "apply.log").write_text("".join(EXISTS.format(f"aws_vpc.V{number}") for number in range(5)))

    assert main(["salvage", "lab", "--log", "apply.log"]) == 2
    assert "log: speaks of aws_vpc.V0, aws_vpc.V1, aws_vpc.V2 and 2 more, which lab does not have" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "apply.log: is no text in UTF-8"), (None, "apply.log: No such file or directory")],
)
def test_a_log_that_cannot_be_read_is_told(
    project: Path, capsys: Capture, content: bytes | None, said: str
) -> None:
    """Before anything is done with it."""
    (project / "apply.log").unlink()
    if content is not None:
        (project / "apply.log").write_bytes(content)

    assert main(["salvage", "lab", "--log", "apply.log"]) in {1, 2}
    assert said in capsys.readouterr().err


def test_a_stack_that_is_not_synthesized_is_told(project: Path, capsys: Capture) -> None:
    """Ids follow from what is synthesized."""
    (project / "cdktf.out/stacks/lab/cdk.tf.json").unlink()

    assert main(["salvage", "lab", "--log", "apply.log"]) == 2
    assert "run hybrid synth" in capsys.readouterr().err


def test_an_address_that_is_let_go_gets_no_second_entry(project: Path, capsys: Capture) -> None:
    """The rules of the file hold for what would stand there."""
    refactoring(project).parent.mkdir()
    entry = "{from: google_compute_router.R, destroy: false, reason: handed over}"
    refactoring(project).write_text(f"removed:\n  - {entry}\n")

    assert main(["salvage", "lab", "--log", "apply.log", "--write"]) == 2
    assert "google_compute_router.R stands in" in capsys.readouterr().err
    assert "import" not in refactoring(project).read_text()
