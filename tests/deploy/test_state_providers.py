"""Real Terraform lays the provider that a state names, and a plan would run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from estate.reading.problems import InvalidInput
from operations.terraform.planning import initialize, plan_into
from operations.terraform.runner import Terraform, TerraformFailed
from tests.deploy.toolchain import CannotDeploy, terraform_binary

ADDRESS = "registry.evil.test/x/y"
STATE = {
    "version": 4,
    "terraform_version": "1.11.4",
    "serial": 1,
    "lineage": "one",
    "outputs": {},
    "resources": [
        {
            "mode": "managed",
            "type": "y_thing",
            "name": "t",
            "provider": f'provider["{ADDRESS}"]',
            "instances": [{"schema_version": 0, "attributes": {"id": "1"}, "sensitive_attributes": []}],
        }
    ],
}
STACK = {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}, "output": {"a": {"value": "x"}}}


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stack whose state names a provider that anybody may have written, and where Terraform gets it."""
    try:
        binary = terraform_binary()
    except CannotDeploy as reason:
        pytest.skip(str(reason))
    folder = tmp_path / "stack"
    folder.mkdir()
    (folder / "cdk.tf.json").write_text(json.dumps(STACK))
    (folder / "terraform.tfstate").write_text(json.dumps(STATE))
    mirror = tmp_path / "mirror"
    for platform in ("linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"):
        program = mirror / ADDRESS / "1.0.0" / platform / "terraform-provider-y"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        program.chmod(0o755)
    config = tmp_path / "terraform.rc"
    config.write_text(
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )
    monkeypatch.setenv("TF_CLI_CONFIG_FILE", str(config))
    monkeypatch.setenv("TERRAFORM_BINARY_NAME", binary)
    return folder


def test_a_provider_that_a_state_names_is_not_run(stack: Path, tmp_path: Path) -> None:
    """Before it is, and so with no credential of whoever plans; without the look it runs."""
    terraform = Terraform(terraform_binary(), stack)

    with pytest.raises(InvalidInput, match="its state has objects of"):
        initialize(terraform)

    assert not (tmp_path / "ran").exists()
    with pytest.raises(TerraformFailed):
        plan_into(tmp_path, terraform, lock=False)
    assert (tmp_path / "ran").exists()
