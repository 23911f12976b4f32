"""GitHub Actions, as far as this project's workflows need it: runs the shell steps of a job in a fresh checkout.

Expressions are looked up by their text in what the test gives, so a new one has to be given a meaning there.
Artifacts are folders; signing in to a cloud and set-up are left out, because the test's own environment has
both.
"""

from __future__ import annotations

import fnmatch
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from operations.project import ROOT
from tests.deploy.in_process import lay_stub, shell

_EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
_PATIENCE_SECONDS = 300
Step = dict[str, Any]


@dataclass
class Result:
    """What became of a job.

    Attributes:
        failed: name of the first step that failed, "" when none did.
        outputs: the job's outputs.
        said: what its steps printed.
        folder: its checkout.
    """

    failed: str
    outputs: Mapping[str, str]
    said: str
    folder: Path


@dataclass
class Actions:
    """Runs jobs for one repository.

    Attributes:
        repository: what jobs check out.
        folder: for their checkouts and artifacts.
        environment: of every step.
        expressions: the value of every expression that is not of a matrix or a step.
        after_synth: is called with a checkout after its step that synthesizes.
    """

    repository: Path
    folder: Path
    environment: Mapping[str, str]
    expressions: dict[str, str]
    after_synth: Callable[[Path], None]
    _jobs: int = field(default=0)

    def run(self, workflow: str, job: str, commit: str, **matrix: str) -> Result:
        """Run a job of a workflow at a commit, and give what became of it."""
        self._jobs += 1
        checkout = self.folder / f"{self._jobs}-{job}"
        self.check_out(checkout, commit)
        document = yaml.safe_load((ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text("utf-8"))
        known = {**self.expressions, **{f"matrix.{name}": value for name, value in matrix.items()}}
        running = _Job(self, checkout, known)
        for step in document["jobs"][job]["steps"]:
            running.step(step)
        outputs = document["jobs"][job].get("outputs", {})
        # What was not reached has no value.
        told = {
            name: running.resolve(text)
            for name, text in outputs.items()
            if _EXPRESSION.findall(text)[0] in running.known
        }
        return Result(running.failed, told, running.said, checkout)

    def check_out(self, folder: Path, commit: str) -> None:
        """Make a checkout that nothing was done in, where the command is run by this process."""
        subprocess.run(["git", "clone", "-q", "--no-checkout", str(self.repository), str(folder)], check=True)
        subprocess.run(
            ["git", "-C", str(folder), "-c", "advice.detachedHead=false", "checkout", "-q", commit],
            check=True,
        )
        lay_stub(folder / ".venv" / "bin" / "hybrid")

    def artifact(self, name: str) -> Path:
        """Where an artifact lies."""
        return self.folder / "artifacts" / name


@dataclass
class _Job:
    actions: Actions
    folder: Path
    known: dict[str, str]
    failed: str = ""
    said: str = ""

    def resolve(self, text: Any) -> str:
        """The text with the values of its expressions."""
        return _EXPRESSION.sub(lambda found: self.known[found[1]], str(text))

    def step(self, step: Step) -> None:
        """Run a step, or what stands for it."""
        if self.failed and "!cancelled()" not in step.get("if", ""):
            return
        with_ = {name: self.resolve(value) for name, value in step.get("with", {}).items()}
        action = step.get("uses", "").partition("@")[0]
        if "run" in step:
            self._shell(step)
        elif action == "$/.github/actions/prepare":
            prepare = yaml.safe_load((ROOT / action / "action.yml").read_text("utf-8"))
            for one in prepare["runs"]["steps"]:
                if "run" in one:
                    self.step(one)
        elif action == "actions/upload-artifact":
            target = self.actions.artifact(with_["name"])
            shutil.rmtree(target, ignore_errors=True)
            target.mkdir(parents=True)
            shutil.copy2(self.folder / with_["path"], target)
        elif action == "actions/download-artifact":
            pattern = with_.get("pattern", with_.get("name", ""))
            found = [one for one in self.actions.artifact("").iterdir() if fnmatch.fnmatch(one.name, pattern)]
            for artifact in found:
                shutil.copytree(artifact, self.folder / with_["path"], dirs_exist_ok=True)
        elif "ref" in with_:
            self.actions.check_out(self.folder / with_["path"], with_["ref"])
        else:
            assert action == "actions/checkout", action

    def _shell(self, step: Step) -> None:
        name, output = step["name"], self.folder.with_suffix(".output")
        command = step["run"]
        if command == "make setup":
            return
        # The only other target; its set-up is left out.
        command = command.replace("make -C base synth", "cd base && .venv/bin/hybrid synth")
        output.write_text("")
        environment = {
            **self.actions.environment,
            **{key: self.resolve(value) for key, value in step.get("env", {}).items()},
            "GITHUB_OUTPUT": str(output),
        }
        code, said = shell(command, self.folder, environment, _PATIENCE_SECONDS)
        self.said += said
        if "synth" in step["run"] and code == 0:
            self.actions.after_synth(self.folder)
        self.failed = self.failed or (name if code else "")
        if "id" in step:
            outcome = "failure" if code else "success"
            self.known[f"steps.{step['id']}.outcome == 'success'"] = json.dumps(outcome == "success")
            for line in output.read_text().splitlines():
                key, _, value = line.partition("=")
                self.known[f"steps.{step['id']}.outputs.{key}"] = value
