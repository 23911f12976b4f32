"""GitHub Actions, as far as this project's workflows need it: runs the shell steps of a job in a fresh checkout.

Expressions are looked up by their text in what the test gives, so a new one has to be given a meaning there; secrets
and variables in what the job's own environment holds. Artifacts are folders; signing in to a cloud and set-up are left
out, because the test's own environment has both.
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
_WHERE_THERE_IS = re.compile(r"\$\{\{ (.+) != '' \}\}")
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
        secrets: secrets and variables by environment, as ``secrets.NAME`` and ``vars.NAME``; "" is the repository.
        after_synth: is called with a checkout after its step that synthesizes.
    """

    repository: Path
    folder: Path
    environment: Mapping[str, str]
    expressions: dict[str, str]
    secrets: Mapping[str, Mapping[str, str]]
    after_synth: Callable[[Path], None]
    _jobs: int = field(default=0)

    def run(self, workflow: str, job: str, commit: str, **matrix: str) -> Result:
        """Run a job of a workflow at a commit, and give what became of it."""
        self._jobs += 1
        checkout = self.folder / f"{self._jobs}-{job}"
        self.check_out(checkout, commit)
        lay_stub(checkout / ".venv" / "bin" / "hybrid")
        document = yaml.safe_load((ROOT / ".github" / "workflows" / f"{workflow}.yml").read_text("utf-8"))
        told = document["jobs"][job]
        known = {**self.expressions, **{f"matrix.{name}": value for name, value in matrix.items()}}
        running = _Job(self, checkout, known, self.secrets[""])
        running.held = {
            **self.secrets[""],
            **self.secrets.get(running.resolve(told.get("environment", "")), {}),
        }
        for step in told["steps"]:
            running.step(step)
        outputs = told.get("outputs", {})
        # What was not reached has no value.
        known_outputs = {
            name: running.resolve(text)
            for name, text in outputs.items()
            if _EXPRESSION.findall(text)[0] in running.known
        }
        return Result(running.failed, known_outputs, running.said, checkout)

    def check_out(self, folder: Path, commit: str) -> None:
        """Make a checkout that nothing was done in."""
        subprocess.run(["git", "clone", "-q", "--no-checkout", str(self.repository), str(folder)], check=True)
        subprocess.run(
            ["git", "-C", str(folder), "-c", "advice.detachedHead=false", "checkout", "-q", commit],
            check=True,
        )

    def artifact(self, name: str) -> Path:
        """Where an artifact lies."""
        return self.folder / "artifacts" / name


@dataclass
class _Job:
    actions: Actions
    folder: Path
    known: dict[str, str]
    held: Mapping[str, str]
    failed: str = ""
    said: str = ""

    def resolve(self, text: Any) -> str:
        """The text with the values of its expressions; what the job's environment does not hold is empty."""
        return _EXPRESSION.sub(lambda found: self._value(found[1]), str(text))

    def _value(self, expression: str) -> str:
        held = re.fullmatch(r"(secrets|vars)\.\w+", expression)
        return self.held.get(expression, "") if held else self.known[expression]

    def step(self, step: Step) -> None:
        """Run a step, or what stands for it."""
        condition = step.get("if", "")
        wanted = _WHERE_THERE_IS.fullmatch(condition)
        if (self.failed and "!cancelled()" not in condition) or (wanted and not self._value(wanted[1])):
            return
        with_ = {name: self.resolve(value) for name, value in step.get("with", {}).items()}
        action = step.get("uses", "").partition("@")[0]
        if "run" in step:
            self._shell(step)
        elif action.startswith("$/"):
            self._own_action(action.removeprefix("$/"), with_, step.get("id", ""))
        elif action == "actions/upload-artifact":
            self._upload(with_)
        elif action == "actions/download-artifact":
            self._download(with_)
        elif "path" in with_:
            self.actions.check_out(self.folder / with_["path"], with_["ref"])
        else:
            assert action in {"actions/checkout", "hashicorp/setup-terraform"}, action

    def _own_action(self, path: str, given: Mapping[str, str], name: str) -> None:
        action = yaml.safe_load((ROOT / path / "action.yml").read_text("utf-8"))
        inputs = {name: one.get("default", "") for name, one in action.get("inputs", {}).items()}
        self.known |= {f"inputs.{name}": value for name, value in {**inputs, **given}.items()}
        for step in action["runs"]["steps"]:
            self.step(step)
        for output, told in action.get("outputs", {}).items():
            # What was not reached has no value.
            if (value := _EXPRESSION.findall(told["value"])[0]) in self.known:
                self.known[f"steps.{name}.outputs.{output}"] = self.known[value]

    def _upload(self, with_: Mapping[str, str]) -> None:
        target = self.actions.artifact(with_["name"])
        shutil.rmtree(target, ignore_errors=True)
        source = self.folder / with_["path"]
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            target.mkdir(parents=True)
            shutil.copy2(source, target)

    def _download(self, with_: Mapping[str, str]) -> None:
        pattern = with_.get("pattern", with_.get("name", ""))
        artifacts = self.actions.artifact("")
        found = [one for one in artifacts.iterdir() if fnmatch.fnmatch(one.name, pattern)]
        for artifact in found:
            place = self.folder / with_.get("path", ".")
            if with_.get("skip-decompress"):
                shutil.make_archive(str(place / artifact.name), "zip", artifact)
            else:
                shutil.copytree(artifact, place, dirs_exist_ok=True)

    def _shell(self, step: Step) -> None:
        name, output = step["name"], self.folder.with_suffix(".output")
        command = step["run"]
        if command == "make runtime":
            return
        output.write_text("")
        environment = {
            **self.actions.environment,
            **{key: self.resolve(value) for key, value in step.get("env", {}).items()},
            "GITHUB_OUTPUT": str(output),
        }
        code, said = shell(command, self.folder, environment, _PATIENCE_SECONDS)
        self.said += said
        if command == ".venv/bin/hybrid synth" and code == 0:
            self.actions.after_synth(self.folder)
        self.failed = self.failed or (name if code else "")
        if "id" in step:
            outcome = "failure" if code else "success"
            self.known[f"steps.{step['id']}.outcome == 'success'"] = json.dumps(outcome == "success")
            for line in output.read_text().splitlines():
                key, _, value = line.partition("=")
                self.known[f"steps.{step['id']}.outputs.{key}"] = value
