"""Applying exactly what was planned, and everything that stands against it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from operations.cli import main
from operations.plans.about import About
from operations.plans.key_ring import write_keys
from operations.plans.keys import new_pairs
from operations.plans.sealed_plan import StoredPlan
from operations.project import ROOT
from operations.terraform.runner import Terraform
from tests.operations.pipeline.applying import apply, change
from tests.operations.pipeline.conftest import git
from tests.operations.pipeline.stand_in import StandIn
from tests.warm.programs import HYBRID, begun

Capture = pytest.CaptureFixture[str]
EVENTS = [
    "not JSON",
    "[]",
    {"type": "version", "@message": "Terraform 1.11.4"},
    {"type": "apply_start", "@message": "aws_kms_key.A: Modifying... from-the-plan"},
    {"type": "outputs", "@message": "Outputs: 1", "outputs": {"x": {"value": "hunter2"}}},
    {"type": "diagnostic", "diagnostic": {"severity": "warning", "summary": "old"}},
]


def test_the_plan_is_applied_and_told_while_it_happens(
    planned: Path, terraform: StandIn, capsys: Capture
) -> None:
    """Addresses and counts; neither outputs nor what the plan holds."""
    terraform.order(apply={"lines": EVENTS})
    capsys.readouterr()

    code = apply()

    given = terraform.log[-1]["command"]
    assert (code, terraform.commands) == (0, ["version", "init", "show", "plan", "show", "apply"])
    assert given[:3] == ["apply", "-input=false", "-json"]
    assert not Path(given[3]).exists()
    assert planned.exists()
    assert capsys.readouterr().out == (
        "dev: aws_kms_key.A: Modifying... (sensitive)\ndev: applied as it was planned\n"
    )


def test_the_providers_are_those_that_planned(planned: Path, terraform: StandIn, project: Path) -> None:
    """In another checkout, where the repository keeps no lock file."""
    lock = project / "cdktf.out" / "stacks" / "dev" / ".terraform.lock.hcl"
    lock.unlink()
    terraform.order(lock="")

    assert (apply(), planned.exists(), lock.read_text()) == (0, True, "provider {}")


def test_nothing_to_do_touches_nothing(project: Path, terraform: StandIn, capsys: Capture) -> None:
    """Not even the backend."""
    terraform.order(plan={"exit": 0})
    main(["plan", "dev"])
    (terraform.folder / "log.jsonl").unlink()

    code = apply()

    assert (code, terraform.commands, project.is_dir()) == (0, ["version"], True)
    assert capsys.readouterr().out.endswith("dev: nothing to change\n")


def _other_code(project: Path) -> None:
    (project / "cdktf.out/stacks/dev/cdk.tf.json").write_text('{"terraform": {"backend": {"gcs": {}}} }')


def _other_commit(project: Path) -> None:
    (project / "new").touch()
    git(project, "add", "-A")
    git(project, "commit", "-qm", "second")


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        pytest.param(_other_code, "was made from other code than what is synthesized now", id="code"),
        pytest.param(_other_commit, "and here are tree ", id="tree"),
        pytest.param(lambda p: (p / "new").touch(), "and here are files that are not committed", id="dirty"),
        pytest.param(
            lambda p: (p / "cdktf.out/stacks/dev/.terraform.lock.hcl").write_text("x"),
            "was made with other providers than",
            id="providers",
        ),
        pytest.param(lambda p: (p / "plans/dev.plan").write_bytes(b"x"), "is not a sealed plan", id="file"),
        pytest.param(
            lambda _: write_keys(Path(os.environ["HYBRID_KEYS"]), {"dev": new_pairs()}),
            "is not sealed by whoever plans dev",
            id="key",
        ),
    ],
)
def test_a_plan_of_something_else_is_refused(
    planned: Path,
    project: Path,
    terraform: StandIn,
    capsys: Capture,
    break_it: Callable[[Path], None],
    words: str,
) -> None:
    """Exit code 2, and Terraform is not started."""
    break_it(project)

    code = apply()

    assert (code, terraform.commands, planned.exists()) == (2, [], True)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(
            lambda a, s: (replace(a, stack="dev-vsphere"), s),
            "is a plan of dev-vsphere, not of dev",
            id="stack",
        ),
        pytest.param(
            lambda a, s: (replace(a, stack="prod"), s),
            "is sealed for dev, and prod is none of its stacks",
            id="environment",
        ),
        pytest.param(
            lambda a, s: (replace(a, terraform="1.10.0"), s),
            "by Terraform 1.10.0, and 1.11.4 is here",
            id="terraform",
        ),
        pytest.param(lambda a, s: (replace(a, expires=a.created), s), "expired at", id="old"),
        pytest.param(lambda a, s: (a, replace(s, plan=b"PK")), "is no archive", id="no-plan"),
        pytest.param(
            lambda a, s: (replace(a, tree=""), s), "which nobody can have reviewed", id="uncommitted"
        ),
    ],
)
def test_a_sealed_plan_that_does_not_fit_is_refused(
    planned: Path,
    terraform: StandIn,
    capsys: Capture,
    edit: Callable[[About, StoredPlan], tuple[About, StoredPlan]],
    words: str,
) -> None:
    """Also what was sealed with the right key; the code is compared with what Terraform itself keeps in the plan."""
    change(planned, edit)

    code = apply()

    assert code == 2
    assert "apply" not in terraform.commands
    assert words in capsys.readouterr().err


def test_a_person_may_try_something_out(project: Path, terraform: StandIn) -> None:
    """On a laptop, with files that are not committed."""
    (project / "new").touch()
    main(["plan", "dev", "--uncommitted"])

    assert (apply(), apply("--uncommitted")) == (2, 0)
    assert terraform.commands[-1] == "apply"


def test_a_stale_plan_is_refused_in_our_words(planned: Path, terraform: StandIn, capsys: Capture) -> None:
    """Terraform finds it out under its lock."""
    stale = {"severity": "error", "summary": "Saved plan is stale", "detail": "The given plan file ..."}
    terraform.order(apply={"exit": 1, "lines": [{"type": "diagnostic", "diagnostic": stale}]})

    code = apply()

    assert (code, planned.exists()) == (2, True)
    assert (
        "plans/dev.plan: is stale: the state was changed after it was made; nothing was applied; plan it again"
    ) in capsys.readouterr().err


def test_an_apply_that_fails_says_what_and_how_far(
    planned: Path, terraform: StandIn, capsys: Capture
) -> None:
    """Exit code 1: something may have been done; what the API quotes of the variables is taken out."""
    denied = {"severity": "error", "summary": "denied", "detail": "for from-the-plan", "address": "aws_vpc.V"}
    terraform.order(
        apply={"exit": 1, "lines": ["Error: at once", {"type": "diagnostic", "diagnostic": denied}]}
    )

    code = apply()

    assert (code, planned.exists()) == (1, True)
    assert capsys.readouterr().err.endswith(
        "dev: at once; denied\nat once: \ndenied: aws_vpc.V: for (sensitive)\n"
        "dev: not everything was applied; the state says what was. Before another apply give what this one printed to "
        "hybrid salvage dev, or what a cloud names itself may be made twice\n"
    )


def test_a_backend_that_cannot_be_had_is_told(planned: Path, terraform: StandIn, capsys: Capture) -> None:
    """Nothing was applied then."""
    terraform.order(init={"exit": 1, "stderr": "Error: no bucket\n"})

    code = apply()

    assert (code, planned.exists()) == (2, True)
    assert "cannot be applied: no bucket; nothing was applied" in capsys.readouterr().err


def test_a_terraform_without_a_version_is_told(planned: Path, terraform: StandIn, capsys: Capture) -> None:
    """Something else may be called so."""
    terraform.order(version=None)

    code = apply()

    assert (code, planned.exists()) == (2, True)
    assert "terraform: version -json tells no version" in capsys.readouterr().err


def test_an_interruption_reaches_terraform_once(planned: Path, terraform: StandIn, project: Path) -> None:
    """It ends in order and writes its state; a second one would make it stop at once."""
    terraform.order(apply={"wait": True, "exit": 1, "lines": []})
    code = "import sys; from operations.cli import main; sys.exit(main(sys.argv[1:]))"
    with begun(HYBRID, code, "apply", "dev", "--plan=plans/dev.plan") as process:
        while not (terraform.folder / "waiting").exists() and process.poll() is None:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate()

    assert (process.returncode, planned.exists(), project.is_dir()) == (1, True, True)
    assert out == "dev: interrupted in order\n"
    assert "not everything was applied" in err


def test_terraform_goes_on_when_nobody_listens(planned: Path, terraform: StandIn, project: Path) -> None:
    """As in ``hybrid apply ... | head -1``: stopped by that, it would leave its state locked."""
    terraform.order(apply={"lines": EVENTS * 50})
    read, write = os.pipe()
    os.close(read)

    run = subprocess.run(
        [sys.executable, "-u", "-m", "operations.entry", "hybrid", "apply", "dev", "--plan=plans/dev.plan"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )

    os.close(write)
    assert (run.returncode, run.stderr) == (141, b"")
    assert (planned.exists(), project.is_dir(), terraform.commands[-1]) == (True, True, "apply")


def test_no_room_to_tell_is_no_reason_to_stop(terraform: StandIn, tmp_path: Path) -> None:
    """Terraform is read to its end."""
    terraform.order(apply={"lines": EVENTS * 2})
    told: list[str] = []

    def tell(text: str) -> None:
        told.append(text)
        raise OSError(28, "No space left on device")

    Terraform(terraform.binary, tmp_path).apply(tmp_path / "plan", tell)

    assert len(told) == 1
