"""The workflows: valid, pinned, with few rights, and made of this project's own commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer.main

from operations.artifacts.estate_stacks import HOSTED
from operations.cli import app
from operations.github.review_runs import REVIEWING
from operations.github.runs import JUDGING, TITLE
from operations.github.verdict import JOBS
from operations.project import ROOT
from operations.toolchain import node_folder
from tests.workflows.files import ACTIONS, FOLDER, OURS, WORKFLOWS, jobs, read, steps

COMMAND = re.compile(r"(make|\.venv/bin/hybrid)( [^|;&`\n]*?)?( >> \"\$GITHUB_(OUTPUT|STEP_SUMMARY)\")?")
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")


def validate(*files: Path) -> list[str]:
    """What GitHub's language service finds."""
    ended = subprocess.run(
        [str(node_folder() / "node"), str(Path(__file__).with_name("validate.mjs")), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_github_takes_them() -> None:
    """By its own schemas and its own reading of expressions."""
    assert validate(*WORKFLOWS, *ACTIONS) == []


def test_what_github_would_refuse_is_found(tmp_path: Path) -> None:
    """The check above can fail."""
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    text = (FOLDER / "workflows" / "apply.yml").read_text("utf-8")
    broken = folder / "apply.yml"
    broken.write_text(
        text.replace("needs: reviewed", "needs: nobody").replace("actions: read", "actions: reed")
    )

    found = [line.partition(": ")[2] for line in validate(broken)]

    assert "Unexpected value 'reed'" in found
    assert any("nobody" in line for line in found)


def test_actionlint_finds_nothing() -> None:
    """Where it is installed; what it knows beyond the above is untrusted text in shell lines."""
    actionlint = shutil.which("actionlint")
    if actionlint is None:
        pytest.skip("no actionlint: it is not on PATH")

    ended = subprocess.run(
        [actionlint, "-no-color", *map(str, WORKFLOWS)], capture_output=True, text=True, check=False
    )

    assert (ended.stdout + ended.stderr, ended.returncode) == ("", 0)


def test_actions_are_pinned_by_commit() -> None:
    """A tag can be moved to other code; the version behind the commit is for people."""
    lines = [
        line
        for path in (*WORKFLOWS, *ACTIONS)
        for line in re.findall(r"^ +(?:- )?(uses: .+)$", path.read_text("utf-8"), re.MULTILINE)
        if not line.startswith(f"uses: {OURS}")
    ]

    assert lines
    assert [line for line in lines if not PINNED.fullmatch(line)] == []
    assert len({line.partition("@")[0] for line in lines}) == len(set(lines)), "one action, two versions"


def test_every_step_is_a_command_that_runs_on_a_laptop() -> None:
    """Every one is hybrid or make, whose targets and verbs there are."""
    commands = [step["run"] for _, step in steps() if "run" in step]
    verbs = typer.main.get_command(app)
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert [command for command in commands if not COMMAND.fullmatch(command)] == []
    known = {f".venv/bin/hybrid {verb}" for verb in verbs.commands}  # type: ignore[attr-defined]
    known |= {f"make {target}" for target in targets}
    assert [command for command in commands if " ".join(command.split()[:2]) not in known] == []


def test_judge_waits_for_the_run_that_its_commands_ask_for() -> None:
    """By name, which any workflow may have; by file, once it runs; and the apply finds it by its own name."""
    judge = read(ROOT / JUDGING)

    assert judge["on"]["workflow_run"]["workflows"] == [read(ROOT / REVIEWING)["name"]]
    run = "${{{{ github.event.workflow_run.{} }}}}"
    assert judge["run-name"] == TITLE.format(
        head=run.format("head_sha"), repository=run.format("head_repository.id")
    )


def test_no_check_passes_by_not_running() -> None:
    """The last job runs whatever became of the others, and looks at each of them."""
    judging = read(ROOT / JUDGING)["jobs"]
    verdict = judging["verdict"]

    assert set(verdict["needs"]) == set(judging) - {"verdict"} == set(JOBS)
    condition = "${{ always() && github.event.workflow_run.conclusion != 'skipped' }}"
    assert verdict["if"] == condition
    assert judging["begin"]["if"] == condition.replace("always() && ", "")
    assert verdict["steps"][-1]["env"]["HYBRID_NEEDS"] == "${{ toJSON(needs) }}"
    assert verdict["steps"][-1]["run"] == ".venv/bin/hybrid github verdict"
    assert [step for step in verdict["steps"] if "continue-on-error" in step] == []
    assert judging["review"]["if"] == "${{ !cancelled() && needs.begin.result == 'success' }}"
    assert "if" not in judging["policy"]


def test_the_comment_is_written_for_the_commit_that_was_judged() -> None:
    """Two runs for two commits go on side by side, and the older one may end last."""
    (comment,) = [step for _, step in steps() if " github comment " in step.get("run", "")]

    assert comment["env"]["HYBRID_HEAD"] == "${{ needs.begin.outputs.head }}"


def test_no_job_that_judges_is_run_again_alone() -> None:
    """It would rest on what an earlier attempt found; the verdict asks by the outputs that it is given."""
    judging = read(ROOT / JUDGING)["jobs"]
    asking = {
        name
        for name, job in judging.items()
        for step in job["steps"]
        if step.get("run") == ".venv/bin/hybrid github attempt"
        and step["env"] == {"HYBRID_BEGUN": "${{ needs.begin.outputs.attempt }}"}
    }

    assert judging["begin"]["outputs"]["attempt"] == "${{ github.run_attempt }}"
    assert asking == {"approvals", "plan", "policy", "review"}


def test_pipelines_install_what_hybrid_runs_with_and_nothing_else() -> None:
    """No tool of developers, no script of a package, nothing that is built on the way."""
    set_up = {step["run"] for _, step in steps() if step.get("run", "").startswith("make")}

    assert set_up == {"make runtime"}
    names = set(
        re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements-runtime.lock").read_text("utf-8"), re.MULTILINE)
    )
    assert names & {"pytest", "moto", "mypy", "ruff", "boto3", "hypothesis", "grpcio"} == set()
    lines = (ROOT / "requirements-runtime.lock").read_text("utf-8").splitlines()
    every = set((ROOT / "requirements.lock").read_text("utf-8").splitlines())
    # The same versions and hashes as the suite runs with.
    assert [line for line in lines if line not in every] == []


def test_jobs_end_and_take_turns() -> None:
    """A time for each; one at a time for what touches a state, and an apply is never broken off."""
    assert [name for name, job in jobs() if not 1 <= job.get("timeout-minutes", 0) <= 360] == []
    # Of what is judged the newest counts, and plans that nobody applies take no lock.
    groups = {name: job["concurrency"] for name, job in jobs() if "concurrency" in job and "strategy" in job}
    assert set(groups) == {"apply.apply", "drift.plan"}
    assert [name for name, group in groups.items() if "${{ matrix.stack }}" not in group["group"]] == []
    assert groups["apply.apply"]["cancel-in-progress"] is False
    strategy = dict(jobs())["apply.apply"]["strategy"]
    assert (strategy["max-parallel"], strategy["fail-fast"]) == (1, True)


def test_runners_are_hosted_or_come_from_the_list_of_stacks() -> None:
    """And their release is named."""
    assert {job["runs-on"] for _, job in jobs()} == {HOSTED, "${{ matrix.runner }}"}
