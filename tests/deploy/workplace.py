"""A folder as a person has it: environment files, what synth makes of them, local state."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from operations.placeholders import VARIABLE
from tests.deploy.emulated_aws import EmulatedAws
from tests.deploy.in_process import hybrid
from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain
from tests.example import ENVIRONMENTS

Document = dict[str, Any]

# Terraform waits up to 20 minutes for something that AWS refuses to delete.
_PATIENCE_SECONDS = 420

# Characters of a failed command's output; what went wrong stands at its end.
_SHOWN = 8_000

ENVIRONMENT = "sandbox"
"""The only environment in the folder."""


def sandbox_aws() -> Document:
    """The ``aws`` section of this repository's sandbox."""
    document: Document = yaml.safe_load((ENVIRONMENTS / "sandbox.yaml").read_text("utf-8"))
    aws: Document = document["aws"]
    return aws


@dataclass(frozen=True)
class Workplace:
    """Runs the project's commands and Terraform's in one folder.

    Attributes:
        folder: holds ``environments``, ``cdktf.out`` and ``.state``.
        tools: Terraform and its provider.
        aws: the account that everything is deployed to.
        variables: environment variables beside those that every command gets.
    """

    folder: Path
    tools: Toolchain
    aws: EmulatedAws
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def stack(self) -> Path:
        """Where Terraform runs."""
        return self.folder / "cdktf.out" / "stacks" / ENVIRONMENT

    @property
    def state(self) -> Path:
        """The state file of local state."""
        return self.folder / ".state" / ENVIRONMENT / "terraform.tfstate"

    @property
    def _plan_file(self) -> Path:
        return self.folder / "plan"

    @property
    def environments(self) -> Path:
        """The folder of the environment files."""
        return self.folder / "environments"

    def copy(self, folder: Path) -> Workplace:
        """The same files in another folder, for a test that changes them; the account is shared."""
        shutil.copytree(self.folder, folder, symlinks=True)
        return replace(self, folder=folder)

    def write(self, aws: Document, *, deletion_protection: bool) -> None:
        """Write the environment with this ``aws`` section and nothing else, and its organization."""
        organization = {"name": "kl", "domain": "example.com", "promotion": [ENVIRONMENT]}
        self.write_document("organization.yaml", organization)
        self.write_document(
            f"{ENVIRONMENT}.yaml",
            {
                "environment": ENVIRONMENT,
                "state": {"local": {}},
                "deletion_protection": deletion_protection,
                "aws": aws,
            },
        )

    def edit(self, change: Callable[[Document], Any]) -> None:
        """Change the environment's ``aws`` section."""
        path = self.environments / f"{ENVIRONMENT}.yaml"
        document = json.loads(path.read_text("utf-8"))
        change(document["aws"])
        path.write_text(json.dumps(document, indent=2), "utf-8")

    def write_refactoring(self, entries: Document) -> None:
        """Write the environment's import, moved and removed entries."""
        self.write_document(f"refactoring/{ENVIRONMENT}.yaml", entries)

    def write_document(self, name: str, document: Document) -> None:
        """Write a file below the folder of the environment files."""
        path = self.environments / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, and quotes every string: an account id may begin with zero.
        path.write_text(json.dumps(document, indent=2), "utf-8")

    def hybrid(self, *arguments: str, exit_code: int = 0) -> str:
        """Run the project's command in this process, which has loaded all that it needs, and return what it printed."""
        ended, out, err = hybrid(self.folder, self.environment, *arguments)
        return _said(("hybrid", *arguments), ended, exit_code, out, err)

    def synth(self) -> None:
        """Synthesize, and lay the override file beside the stack that selects the provider at hand."""
        self.hybrid("synth", ENVIRONMENT)
        self.lay_override()

    def lay_override(self) -> None:
        """Lay the override file beside the stack, where synth leaves it alone."""
        (self.stack / "override.tf.json").write_text(json.dumps(self.tools.override, indent=2), "utf-8")

    def init(self) -> None:
        """Synthesize and run ``terraform init``."""
        self.synth()
        self.terraform("init", "-input=false")

    def terraform(self, *arguments: str, exit_code: int = 0) -> str:
        """Run Terraform in the stack's folder, and return what it printed."""
        return self.run(self.tools.binary, f"-chdir={self.stack}", *arguments, exit_code=exit_code)

    def plan(self, *, refresh: bool = True) -> Plan:
        """What Terraform would change; without a refresh, what an edit alone does."""
        self.terraform("plan", "-input=false", f"-refresh={str(refresh).lower()}", f"-out={self._plan_file}")
        return Plan(json.loads(self.terraform("show", "-json", str(self._plan_file))))

    def apply_plan(self) -> None:
        """Apply what the last :meth:`plan` said."""
        self.terraform("apply", "-input=false", str(self._plan_file))

    def apply(self) -> None:
        """Apply the stack."""
        self.terraform("apply", "-input=false", "-auto-approve")

    def assert_plan_is_empty(self) -> None:
        """Fail with the plan when anything is left to do."""
        self.terraform("plan", "-input=false", "-detailed-exitcode")

    def run(self, *command: str, exit_code: int = 0) -> str:
        """Run a command in the folder, and return what it printed to standard output."""
        ended = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        return _said(command, ended.returncode, exit_code, ended.stdout, ended.stderr)

    @property
    def environment(self) -> dict[str, str]:
        """What every command gets to know: nothing of this machine's clouds, credentials and Terraform."""
        # NODE_OPTIONS is what this test process gave its own Node; what commands do is measured where they have a test.
        foreign = ("AWS_", "TF_", "HYBRID_", "CDKTF_", "NODE_OPTIONS", "COVERAGE_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        return {
            **kept,
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            **self.aws.environment,
            VARIABLE: "emulator",
            **self.tools.environment(self.folder),
            **self.variables,
        }


def _said(command: Sequence[str], ended: int, exit_code: int, out: str, err: str) -> str:
    """What a command printed to standard output; to both where it was to fail. Fails where it ended otherwise."""
    said = f"{out}\n{err}"
    assert ended == exit_code, f"{' '.join(command)} ended with {ended}: {said[-_SHOWN:]}"
    return out if exit_code == 0 else said
