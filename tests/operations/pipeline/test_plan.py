"""Planning and sealing: what Terraform is told, what is left behind, what is refused."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from operations.cli import main
from operations.placeholders import VARIABLE
from operations.plans.key_ring import KeyRing
from operations.plans.options import now
from operations.plans.sealed_plan import Opened, open_stored, read_about
from tests.operations.pipeline.conftest import git
from tests.operations.pipeline.stand_in import StandIn
from tests.operations.terraform.failures import GONE
from tests.warm.programs import HYBRID, begun

Capture = pytest.CaptureFixture[str]


def opened(path: Path) -> Opened:
    """What is under the seal."""
    return open_stored(path, KeyRing({}, Path(os.environ["HYBRID_KEYS"])).applying, now())[1]


def declare(project: Path, **variables: object) -> None:
    """Give the stack dev variables."""
    path = project / "cdktf.out" / "stacks" / "dev" / "cdk.tf.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "variable": variables}))


def test_a_plan_is_sealed_with_what_it_was_made_of(
    project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """Stack, code, git tree and Terraform; and both forms of the plan."""
    terraform.order(lock="provider {}")

    code = main(["plan", "dev"])

    about = read_about(project / "plans" / "dev.plan")
    stored = opened(project / "plans" / "dev.plan")
    assert code == 0
    assert (about.stack, about.environment, about.terraform, about.changes) == ("dev", "dev", "1.11.4", True)
    assert about.tree == git(project, "rev-parse", "HEAD^{tree}").strip()
    assert (stored.shown["terraform_version"], stored.lock) == ("1.11.4", b"provider {}")
    assert capsys.readouterr().out == f"dev: changes (sealed in plans/dev.plan until {about.expires})\n"


def test_nothing_is_left_in_plain(
    project: Path, terraform: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stored plan lies in a folder for this user alone while Terraform runs, and nowhere afterwards."""
    plain = tmp_path / "tmp"
    plain.mkdir()
    monkeypatch.setenv("TMPDIR", str(plain))
    monkeypatch.setattr("tempfile.tempdir", None)

    main(["plan", "dev"])

    (out,) = (word for word in terraform.log[1]["command"] if word.startswith("-out="))
    assert Path(out.removeprefix("-out=")).is_relative_to(plain)
    assert [call["umask"] for call in terraform.log] == [0o077] * 3
    assert list(plain.iterdir()) == []
    assert [path.name for path in (project / "cdktf.out" / "stacks" / "dev").iterdir()] == ["cdk.tf.json"]


@pytest.mark.parametrize(
    ("options", "locked"), [([], False), (["--no-lock"], True)], ids=["writer", "reader"]
)
def test_an_identity_that_only_reads_takes_no_lock(
    project: Path, terraform: StandIn, options: list[str], *, locked: bool
) -> None:
    """And nothing ever asks a person."""
    assert project.is_dir()

    main(["plan", "dev", *options])

    init, planned, _ = (call["command"] for call in terraform.log)
    assert ("-lock=false" in planned) is locked
    assert "-input=false" in init
    assert "-input=false" in planned
    assert "-lockfile=readonly" not in init


def test_a_kept_lock_file_is_not_changed(project: Path, terraform: StandIn) -> None:
    """What the repository keeps says which providers may run."""
    (project / "cdktf.out" / "stacks" / "dev" / ".terraform.lock.hcl.laid").write_text("digest")

    main(["plan", "dev"])

    assert "-lockfile=readonly" in terraform.log[0]["command"]


def test_a_plan_without_changes_says_so(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """In the words by which Atlantis knows it; to the file that Atlantis names."""
    terraform.order(plan={"exit": 0})

    code = main(["plan", "dev", "--file=x.tfplan", "--uncommitted"])

    assert code == 0
    assert (
        "dev: No changes. Your infrastructure matches the configuration. (sealed" in capsys.readouterr().out
    )
    assert not read_about(project / "x.tfplan").changes


def test_secrets_go_to_terraform_as_variables_and_nowhere_else(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Those that the stack declares; neither a key, nor a token or a file of the job."""
    declare(project, key={"sensitive": True}, other={"default": ""})
    # What this machine says of the tools of other tests.
    # What tests are told themselves.
    for name in [
        one for one in os.environ if one.startswith("HYBRID_") and one not in {VARIABLE, "HYBRID_KEYS"}
    ]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HYBRID_VARIABLES", '{"key": "hunter2", "of_another_stack": "hunter3"}')
    for name in (
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "GITHUB_ENV",
        "GITHUB_TOKEN",
        "HYBRID_SEAL_KEY",
        "HYBRID_REVIEW_KEYS",
        "HYBRID_APPLY_KEY",
        "HYBRID_PLAN_KEY",
    ):
        monkeypatch.setenv(name, "hunter4")

    code = main(["plan", "dev"])

    given = terraform.log[1]["environment"]
    assert (code, given["TF_VAR_key"]) == (0, "hunter2")
    assert given.keys() == {"TF_VAR_key", VARIABLE}
    assert "hunter" not in "".join(capsys.readouterr())


def test_variables_without_a_value_are_told_together(
    project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """Before Terraform is started; all stacks come to their turn."""
    declare(project, a={}, b={})

    code = main(["plan", "dev", "nowhere", "../dev"])

    said = capsys.readouterr().err
    assert (code, terraform.log) == (2, [])
    assert "dev: a: variable has no value; put it into HYBRID_VARIABLES, or into TF_VAR_a" in said
    assert "dev: b: variable has no value" in said
    assert "nowhere: is no stack in cdktf.out; run hybrid synth" in said
    assert "../dev: is no stack" in said


def test_a_variable_of_the_environment_is_a_value(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Terraform takes it by itself."""
    declare(project, a={})
    monkeypatch.setenv("TF_VAR_a", "x")

    assert main(["plan", "dev"]) == 0
    assert terraform.commands == ["init", "plan", "show"]


@pytest.mark.parametrize("value", ["hunter2", '["hunter2"]', '{"a": 1}'], ids=["text", "list", "number"])
def test_variables_that_cannot_be_read_are_refused_without_showing_them(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture, value: str
) -> None:
    """They are secrets, also when they are broken."""
    assert project.is_dir()
    monkeypatch.setenv("HYBRID_VARIABLES", value)

    code = main(["plan", "dev"])

    said = capsys.readouterr().err
    assert (code, terraform.log) == (2, [])
    assert "HYBRID_VARIABLES: must be a JSON object of texts" in said
    assert "hunter2" not in said


def test_what_terraform_says_is_told_without_secrets(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """An error of an API may quote what it was given; an old plan does not pass for a new one."""
    declare(project, key={"sensitive": True})
    monkeypatch.setenv("HYBRID_VARIABLES", '{"key": "hunter2"}')
    (project / "plans").mkdir()
    (project / "plans" / "dev.plan").write_text("old")
    terraform.order(plan={"exit": 1, "stderr": "╷\n│ Error: bad key hunter2\n│\n│ It was hunter2.\n╵\n"})

    code = main(["plan", "dev"])

    said = capsys.readouterr().err
    assert code == 2
    assert (
        "dev: cannot be planned: bad key (sensitive); ╷ │ Error: bad key (sensitive) │ │ It was (sensitive)."
        in said
    )
    assert list((project / "plans").iterdir()) == []


def test_a_rule_that_is_gone_has_a_way_out(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """Or every plan fails from then on."""
    assert project.is_dir()
    terraform.order(plan={"exit": 1, "stderr": GONE})

    assert main(["plan", "dev"]) == 2
    assert f"{terraform.binary} -chdir=cdktf.out/stacks/dev state rm google_" in capsys.readouterr().err


def test_terraform_that_says_nothing_is_told_too(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """Killed, for example."""
    assert project.is_dir()
    terraform.order(init={"exit": 137})

    code = main(["plan", "dev"])

    assert code == 2
    assert "dev: cannot be planned: failed without saying why" in capsys.readouterr().err


def test_no_terraform_is_told(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """With where to name it."""
    assert project.is_dir()
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", "no-such-terraform")

    code = main(["plan", "dev"])

    assert code == 2
    assert (
        "no-such-terraform: cannot be run (No such file or directory); install Terraform"
        in capsys.readouterr().err
    )


def test_files_that_are_not_committed_are_not_planned(
    project: Path, terraform: StandIn, capsys: Capture
) -> None:
    """Nobody could review them; to try something out, a person says so."""
    for number in range(7):
        (project / f"new{number}").touch()

    refused = main(["plan", "dev"])
    tried = main(["plan", "dev", "--uncommitted"])

    said = capsys.readouterr().err
    assert (refused, tried) == (2, 0)
    assert (
        "new0, new1, new2, new3, new4 and 2 more: not committed, so nobody can review it; commit them" in said
    )
    assert read_about(project / "plans" / "dev.plan").tree == ""
    assert terraform.commands == ["init", "plan", "show"]


def test_without_a_repository_nothing_is_planned(
    project: Path, terraform: StandIn, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Neither without git."""
    monkeypatch.setenv("GIT_DIR", str(project / "nowhere"))
    no_repository = main(["plan", "dev"])
    monkeypatch.setenv("PATH", "")
    no_git = main(["plan", "dev"])

    assert (no_repository, no_git, terraform.log) == (2, 2, [])
    assert capsys.readouterr().err.count("is in no git repository; say --uncommitted") == 2


def test_a_file_is_for_a_single_stack(project: Path, capsys: Capture) -> None:
    """Two plans cannot lie in one file."""
    assert project.is_dir()

    code = main(["plan", "dev", "sandbox", "--file=x"])

    assert code == 2
    assert "--file goes with a single stack" in capsys.readouterr().err


def test_an_interruption_reaches_terraform_and_nothing_is_sealed(project: Path, terraform: StandIn) -> None:
    """It ends in order and lets go of the state; no plan is left, sealed or in plain."""
    terraform.order(plan={"wait": True, "exit": 1})
    program = "import sys; from operations.entry import hybrid; hybrid(sys.argv[1:])"
    with begun(HYBRID, program, "plan", "dev") as process:
        while not (terraform.folder / "waiting").exists() and process.poll() is None:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGTERM)
        out, err = process.communicate()

    assert process.returncode == 143
    assert (out, err.splitlines()[-1]) == ("", "interrupted; nothing is left half-written")
    assert not list((project / "plans").glob("*.plan"))
