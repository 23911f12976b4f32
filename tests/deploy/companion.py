"""One environment's companion stack, synthesized into a folder of its own for real Terraform."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from estate.reading.estate_loader import load_estate
from stacks.app import synthesize
from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain

# Whatever this machine knows of Terraform and of vCenters.
_FOREIGN = ("TF_", "VSPHERE_", "GOVC_")
_PATIENCE_SECONDS = 300


@dataclass(frozen=True)
class Companion:
    """Runs Terraform in the stack's folder.

    Attributes:
        folder: holds ``environments``, ``cdktf.out`` and ``.state``.
        tools: Terraform and the provider.
        user: whom to log in to vCenter as.
        password: and how.
    """

    folder: Path
    tools: Toolchain
    user: str = "nobody"
    password: str = field(default="is-asked", repr=False)

    @property
    def stack(self) -> Path:
        """Where Terraform runs."""
        return self.folder / "cdktf.out" / "stacks" / "dev-vsphere"

    def synth(self, vmware: dict[str, Any]) -> None:
        """Write the environment with this on-prem section, and synthesize it."""
        environments = self.folder / "environments"
        environments.mkdir(exist_ok=True)
        (environments / "organization.yaml").write_text(
            "{name: kl, domain: example.com, promotion: [dev]}", "utf-8"
        )
        host_project = {"id": "kl-dev-host", "number": 123456789012}
        document = {
            "environment": "dev",
            "state": {"local": {}},
            "deletion_protection": False,
            "google": {"host_project": host_project, "region": "europe-north1"},
            "fleet": {},
            "vmware": vmware,
        }
        (environments / "dev.yaml").write_text(json.dumps(document, indent=2), "utf-8")
        synthesize(load_estate(environments), ["dev"], self.folder / "cdktf.out")
        # The registry's host differs between Terraform and OpenTofu; the version is the pinned one.
        found = {"vsphere": {"source": self.tools.source, "version": self.tools.version}}
        override = {"terraform": {"required_providers": found}}
        (self.stack / "override.tf.json").write_text(json.dumps(override), "utf-8")

    def terraform(self, *arguments: str, exit_code: int = 0) -> str:
        """Run Terraform in the stack's folder, and return what it printed."""
        ended = subprocess.run(
            [self.tools.binary, f"-chdir={self.stack}", *arguments],
            env={
                **{key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)},
                **self.tools.environment(self.folder),
                "VSPHERE_USER": self.user,
                "VSPHERE_PASSWORD": self.password,
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
        said = f"{ended.stdout}\n{ended.stderr}"
        assert ended.returncode == exit_code, said[-8000:]
        return said

    def plan(self) -> Plan:
        """What Terraform would change."""
        self.terraform("plan", "-input=false", "-parallelism=1", "-out=plan")
        shown = self.terraform("show", "-json", "plan")
        return Plan(json.loads(shown))

    def apply_plan(self) -> None:
        """Apply what the last :meth:`plan` said; one at a time, because vcsim loses updates otherwise."""
        self.terraform("apply", "-input=false", "-parallelism=1", "plan")
