"""The workflows: valid, pinned, with few rights, and made of this project's own commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from operations.artifacts.estate_stacks import HOSTED
from operations.cli import app
from operations.project import ROOT
from operations.toolchain import node_folder

FOLDER = ROOT / ".github"
WORKFLOWS = sorted((FOLDER / "workflows").glob("*.yml"))
ACTIONS = sorted((FOLDER / "actions").glob("*/action.yml"))
COMMAND = re.compile(r"(make|\.venv/bin/hybrid)( [^|;&`\n]*?)?( >> \"\$GITHUB_(OUTPUT|STEP_SUMMARY)\")?")
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
RIGHTS = {
    # By job: what GitHub's token may, beyond reading the repository.
    "review.check": {},
    "review.policy": {},
    "review.plan": {"id-token": "write"},
    "review.review": {"pull-requests": "write"},
    "apply.reviewed": {"actions": "read", "pull-requests": "read"},
    "apply.apply": {"actions": "read", "id-token": "write"},
    "drift.check": {},
    "drift.plan": {"id-token": "write"},
    "drift.report": {"issues": "write"},
}
OWN_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository"

Document = dict[str, Any]


def read(path: Path) -> Document:
    """A workflow or action; YAML 1.1 reads its `on` as true."""
    document: dict[str | bool, Any] = yaml.safe_load(path.read_text("utf-8"))
    return {("on" if key is True else str(key)): value for key, value in document.items()}


def jobs() -> Iterator[tuple[str, Document]]:
    """Every job, by workflow and name."""
    for path in WORKFLOWS:
        for name, job in read(path)["jobs"].items():
            yield f"{path.stem}.{name}", job


def steps() -> Iterator[tuple[str, Document]]:
    """Every step of every job and action."""
    for name, job in jobs():
        yield from ((name, step) for step in job["steps"])
    for path in ACTIONS:
        yield from ((path.parent.name, step) for step in read(path)["runs"]["steps"])


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
        line.strip().removeprefix("- ")
        for path in (*WORKFLOWS, *ACTIONS)
        for line in path.read_text("utf-8").splitlines()
        if "uses:" in line and "uses: $/" not in line
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
    known |= {f"make {target}" for target in targets} | {"make -C"}
    assert [command for command in commands if " ".join(command.split()[:2]) not in known] == []


def test_no_text_from_outside_is_in_a_shell_line() -> None:
    """Neither in a condition that a shell reads; expressions come by variables."""
    assert [step["run"] for _, step in steps() if "run" in step and "${{" in step["run"]] == []
    bad = re.compile(r"github\.(head_ref|event\.(?!pull_request\.(number|base\.sha|head\.repo\.full_name)))")
    texts = {path.name: bad.findall(path.read_text("utf-8")) for path in (*WORKFLOWS, *ACTIONS)}
    assert {name: found for name, found in texts.items() if found} == {}


def test_every_job_has_exactly_the_rights_that_it_needs() -> None:
    """None by default; a new one is written down here."""
    assert [read(path)["permissions"] for path in WORKFLOWS] == [{}] * len(WORKFLOWS)
    assert {name: job["permissions"] for name, job in jobs()} == {
        name: {"contents": "read", **rights} for name, rights in RIGHTS.items()
    }


def test_checkouts_keep_no_token() -> None:
    """What runs afterwards has none of the repository's."""
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]

    assert checkouts
    assert {step["with"]["persist-credentials"] for step in checkouts} == {False}


def test_pull_requests_of_forks_get_nothing() -> None:
    """Plans read state, which holds secrets; the event that would hand them to forks is used nowhere."""
    reviewing = {name: job["if"] for name, job in jobs() if name.startswith("review.")}

    assert [name for name, condition in reviewing.items() if OWN_REPOSITORY not in condition] == []
    assert [path.name for path in WORKFLOWS if "pull_request_target" in read(path)["on"]] == []
    assert read(FOLDER / "workflows" / "review.yml")["on"] == {"pull_request": {"branches": ["main"]}}


def test_secrets_and_identities_stand_in_protected_environments() -> None:
    """A job without one gets neither."""
    holding = {
        name
        for name, job in jobs()
        if "secrets." in yaml.safe_dump(job) or job["permissions"].get("id-token") or "vars.AWS" in str(job)
    }

    assert {name for name, job in jobs() if "environment" in job} == holding
    assert {name: job["environment"] for name, job in jobs() if "environment" in job} == {
        "review.plan": "plan-${{ matrix.environment }}",
        "review.review": "review",
        "apply.apply": "${{ matrix.environment }}",
        "drift.plan": "drift-${{ matrix.environment }}",
        "drift.report": "drift",
    }


def test_secrets_reach_the_step_that_needs_them_only() -> None:
    """Never a whole job or workflow."""
    assert [name for name, job in jobs() if "secrets." in str(job.get("env", ""))] == []
    assert ["env" in read(path) for path in WORKFLOWS] == [False] * len(WORKFLOWS)


def test_jobs_end_and_take_turns() -> None:
    """A time for each; one at a time for what touches a state, and an apply is never broken off."""
    assert [name for name, job in jobs() if not 1 <= job.get("timeout-minutes", 0) <= 360] == []
    groups = {name: job["concurrency"] for name, job in jobs() if "matrix" in str(job.get("strategy"))}
    assert set(groups) == {"review.plan", "apply.apply", "drift.plan"}
    assert [name for name, group in groups.items() if "${{ matrix.stack }}" not in group["group"]] == []
    assert groups["apply.apply"]["cancel-in-progress"] is False
    strategy = dict(jobs())["apply.apply"]["strategy"]
    assert (strategy["max-parallel"], strategy["fail-fast"]) == (1, True)


def test_runners_are_hosted_or_come_from_the_list_of_stacks() -> None:
    """And their release is named."""
    assert {job["runs-on"] for _, job in jobs()} == {HOSTED, "${{ matrix.runner }}"}


def test_sealed_plans_alone_are_uploaded_and_not_for_long() -> None:
    """Anybody who may read the repository may download an artifact."""
    uploads = [
        step["with"] for _, step in steps() if step.get("uses", "").startswith("actions/upload-artifact@")
    ]

    assert {upload["path"] for upload in uploads} == {"plans/${{ matrix.stack }}.plan"}
    assert [upload for upload in uploads if not 1 <= upload["retention-days"] <= 4] == []
    assert {upload["if-no-files-found"] for upload in uploads} == {"error"}
