"""The composition root: one stack an environment, in the order in which they are applied."""

from __future__ import annotations

import json
from pathlib import Path

from stacks.app import synthesize
from tests.example import ESTATE
from tests.model.access.estates import environment, estate, organization


def test_a_shared_host_project_is_applied_by_its_owner_first(tmp_path: Path) -> None:
    """`cdktf deploy` of both waits, where both are synthesized; Terraform alone knows nothing of it."""
    sharing = estate(
        organization(),
        environment("dev", project="kl-host", owner="prod"),
        environment("prod", project="kl-host"),
    )

    synthesize(sharing, ["dev", "prod"], tmp_path / "both")
    synthesize(sharing, ["dev"], tmp_path / "one")

    both = json.loads((tmp_path / "both/manifest.json").read_text())["stacks"]
    one = json.loads((tmp_path / "one/manifest.json").read_text())["stacks"]
    assert {name: stack["dependencies"] for name, stack in both.items()} == {"dev": ["prod"], "prod": []}
    assert {name: stack["dependencies"] for name, stack in one.items()} == {"dev": []}


def test_companions_stand_beside_and_wait_for_nobody(tmp_path: Path) -> None:
    """What needs vCenter, and what needs a private cluster; cdktf would begin them without a way there."""
    synthesize(ESTATE, ["sandbox", "test"], tmp_path)

    stacks = json.loads((tmp_path / "manifest.json").read_text())["stacks"]
    assert {name: stack["dependencies"] for name, stack in stacks.items()} == {
        name: [] for name in ("sandbox", "sandbox-vsphere", "test", "test-attach")
    }
