"""A forger of plans, who has Terraform and what plans an environment: its key that seals, its variables."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from operations.plans.key_ring import KeyRing
from operations.plans.sealed_plan import StoredPlan, read_about, seal
from tests.operations.pipeline.conftest import git

SECRET = "hunter2-hunter2-hunter2"  # noqa: S105 - good nowhere


def stack(folder: Path, name: str, **resources: Any) -> dict[str, Any]:
    """A stack whose state is in a file."""
    return {
        "terraform": {"backend": {"local": {"path": str(folder / f"{name}.tfstate")}}},
        "variable": {"key": {"sensitive": True, "type": "string"}},
        "resource": {
            "terraform_data": {
                "kept": {"input": "kept", "lifecycle": {"prevent_destroy": True}},
                "secret": {"input": "${var.key}"},
                **resources,
            }
        },
    }


@dataclass
class Estate:
    """An estate with two environments, applied, of which dev is to be changed.

    Attributes:
        folder: where it stands.
        binary: Terraform.
        ring: all keys.
    """

    folder: Path
    binary: str
    ring: KeyRing

    @property
    def plan(self) -> Path:
        """The sealed plan of dev."""
        return self.folder / "plans" / "dev.plan"

    @property
    def state(self) -> dict[str, Any]:
        """Inputs in the state of dev."""
        found = json.loads((self.folder / "dev.tfstate").read_text())["resources"]
        return {one["name"]: one["instances"][0]["attributes"]["input"]["value"] for one in found}

    def code(self, name: str = "dev", **resources: Any) -> None:
        """Change what is synthesized, and commit."""
        path = self.folder / "cdktf.out" / "stacks" / name / "cdk.tf.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(stack(self.folder, name, **resources)))
        (self.folder / "environments.txt").write_text(json.dumps(resources))
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-qm", "change", "--allow-empty")

    def terraform(
        self, *words: str, edit: Callable[[Path], None] | None = None, key: str = SECRET
    ) -> StoredPlan:
        """What a forger plans in a copy of the stack of dev."""
        copy = self.folder.parent / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder / "cdktf.out" / "stacks" / "dev", copy)
        if edit:
            edit(copy)
        self.run(copy, "init", "-input=false", "-reconfigure")
        self.run(copy, "plan", "-input=false", "-lock=false", "-out=p", *words, key=key)
        return StoredPlan(
            (copy / "p").read_bytes(), self.run(copy, "show", "-json", "p").encode(), self.lock(copy)
        )

    @staticmethod
    def lock(folder: Path) -> bytes:
        """The lock file in a folder."""
        path = folder / ".terraform.lock.hcl"
        return path.read_bytes() if path.is_file() else b""

    def run(self, folder: Path, *words: str, key: str = SECRET) -> str:
        """Run Terraform in a folder, with a value of the stack's variable."""
        environment = {**os.environ, "TF_VAR_key": key}
        command = [self.binary, f"-chdir={folder}", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    def forge(self, stored: StoredPlan, environment: str = "dev", /, **about: Any) -> None:
        """Seal something as a plan of dev, with what the file itself tells to everybody, and stolen keys."""
        true = read_about(self.plan)
        seal(self.plan, replace(true, **{"changes": True, **about}), stored, self.ring.sealing(environment))


def without_protection(copy: Path) -> None:
    """Take ``prevent_destroy`` out of a copy of the code."""
    path = copy / "cdk.tf.json"
    path.write_text(path.read_text().replace('"prevent_destroy": true', '"prevent_destroy": false'))


def exchanged(stored: StoredPlan, **members: bytes) -> StoredPlan:
    """The same plan with other members in its archive, by name with dots and slashes as given."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(stored.plan)) as old, zipfile.ZipFile(packed, "w") as new:
        found = {**{name: old.read(name) for name in old.namelist()}, **members}
        for name, data in found.items():
            new.writestr(name, data)
    return replace(stored, plan=packed.getvalue())
