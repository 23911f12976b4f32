"""Verbs that plan or apply, asked to end: Terraform ends in order, and nothing stays in plain."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from operations.cli import main
from tests.operations.pipeline.stand_in import StandIn
from tests.warm.programs import HYBRID, Program, begun

INT, TERM, HUP, KILL = signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL
_QUICK = """
import sys
from operations import children, entry
from operations.terraform import runner
children._LAST_SECONDS = runner._PATIENCE_SECONDS = runner._PATIENCE_OF_AN_APPLY_SECONDS = float(sys.argv.pop(1))
entry.hybrid(sys.argv[1:])
"""


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder of the test's own."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", None)
    return folder


@contextmanager
def running(terraform: StandIn, *words: str, patience_seconds: float = 60) -> Iterator[Program]:
    """A verb in a process of its own, whose Terraform waits to be interrupted."""
    (terraform.folder / "waiting").unlink(missing_ok=True)
    with begun(HYBRID, _QUICK, str(patience_seconds), *words) as process:
        while not (terraform.folder / "waiting").exists():
            assert process.poll() is None
            time.sleep(0.02)
        yield process


def is_there(pid: int) -> bool:
    """Whether a process lives; one that nobody has waited for does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return False


@pytest.mark.parametrize(
    ("words", "number", "code"),
    [
        (["plan", "dev"], INT, 130),
        (["plan", "dev"], TERM, 143),
        (["plan", "dev"], HUP, 129),
        (["drift", "dev"], TERM, 143),
        (["review", "dev"], HUP, 129),
    ],
    ids=["plan-INT", "plan-TERM", "plan-HUP", "drift-TERM", "review-HUP"],
)
def test_terraform_ends_in_order_and_the_plan_is_gone(
    project: Path, terraform: StandIn, plain: Path, words: list[str], number: signal.Signals, code: int
) -> None:
    """It was there a moment before; who works for Terraform ends with it."""
    terraform.order(plan={"wait": 1, "exit": 3, "leaves": True})
    with running(terraform, *words) as process:
        before = [path.name for path in plain.rglob("plan")]
        process.send_signal(number)
        process.communicate()

    assert (before, process.returncode, list(plain.iterdir())) == (["plan"], code, [])
    assert json.loads((terraform.folder / "came").read_text()) == [INT]
    assert not is_there(int((terraform.folder / "left").read_text()))
    assert not list(project.glob("plans/*.plan"))


def test_terraform_that_goes_on_is_ended(project: Path, terraform: StandIn, plain: Path) -> None:
    """INT, and TERM when its time is over."""
    terraform.order(plan={"wait": 2, "exit": 1})
    with running(terraform, "plan", "dev", patience_seconds=0.3) as process:
        process.send_signal(TERM)
        process.communicate()

    assert (process.returncode, list(plain.iterdir()), project.is_dir()) == (143, [], True)
    assert json.loads((terraform.folder / "came").read_text()) == [INT, TERM]


@pytest.mark.parametrize("number", [TERM, HUP], ids=lambda one: one.name)
def test_an_apply_ends_in_order(
    project: Path, terraform: StandIn, plain: Path, number: signal.Signals
) -> None:
    """Told once, though it is asked twice; what was done is told, the plan is gone."""
    assert main(["plan", "dev"]) == 0
    terraform.order(apply={"wait": 1, "exit": 1})
    with running(terraform, "apply", "dev", "--plan=plans/dev.plan") as process:
        process.send_signal(number)
        process.send_signal(TERM)
        _, err = process.communicate()

    assert (process.returncode, list(plain.iterdir()), project.is_dir()) == (1, [], True)
    assert "not everything was applied; the state says what was" in err
    assert json.loads((terraform.folder / "came").read_text()) == [INT]


def test_what_a_killed_plan_left_goes_with_the_next_command(
    project: Path, terraform: StandIn, plain: Path
) -> None:
    """Any verb will do; what a command uses that still runs stays, and what is nobody's."""
    terraform.order(plan={"wait": 1, "exit": 3})
    (plain / "hybrid-of-my-own").mkdir()
    with running(terraform, "plan", "dev") as killed:
        os.kill(killed.pid, KILL)
        killed.wait()
        left = [path.name for path in plain.rglob("plan")]
        with running(terraform, "plan", "dev") as living:
            before = sorted(path.name for path in plain.iterdir())
            code = main(["stacks"])
            after = sorted(path.name for path in plain.iterdir())
            living.send_signal(TERM)
            living.communicate()
        os.killpg(terraform.pids[1], KILL)

    assert (left, code, len(before), after, project.is_dir()) == (["plan"], 0, 2, before, True)
    assert [path.name for path in plain.iterdir()] == ["hybrid-of-my-own"]
