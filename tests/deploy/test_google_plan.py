"""The Google half of every environment, planned by real Terraform with the real provider, and no cloud.

A first plan asks Google nothing: the provider checks what it was given, and everything is to be created.
Left out: applying, for which nothing stands in, and the AWS half, which the other tests here deploy.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from estate.derived.vpn.keys import secrets
from estate.reading.estate_loader import load_estate
from operations.artifacts.stack_json import addresses, read_stack
from stacks.app import synthesize
from tests.deploy.plan import Plan
from tests.deploy.toolchain import Toolchain
from tests.example import ENVIRONMENTS, NAMES

pytestmark = pytest.mark.deploy

# Whatever this machine knows of Terraform and of Google Cloud.
_FOREIGN = ("TF_", "GOOGLE_", "GCLOUD_", "CLOUDSDK_")


@pytest.fixture(name="stacks", scope="module")
def google_stacks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stacks of this repository's environments without AWS, their state on this machine."""
    folder = tmp_path_factory.mktemp("google")
    files = folder / "environments"
    files.mkdir()
    (files / "organization.yaml").write_text((ENVIRONMENTS / "organization.yaml").read_text("utf-8"), "utf-8")
    for name in NAMES:
        document: dict[str, Any] = yaml.safe_load((ENVIRONMENTS / f"{name}.yaml").read_text("utf-8"))
        del document["aws"]
        document["vpn"].pop("aws", None)
        document["vpn"].pop("transit", None)
        document.get("dns", {}).pop("aws", None)
        (files / f"{name}.yaml").write_text(json.dumps({**document, "state": {"local": {}}}), "utf-8")
    synthesize(load_estate(files), NAMES, folder / "cdktf.out")
    return folder / "cdktf.out"


def _keys(name: str) -> dict[str, str]:
    environment = load_estate(ENVIRONMENTS).environments[name]
    return {
        f"TF_VAR_{secret.variable}": f"k{number}Vq8Zr5Tn2Xb7Wc4Mj1wqYt6"
        for number, secret in enumerate(secrets(environment))
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_first_plan_creates_everything(name: str, stacks: Path, google_tools: Toolchain) -> None:
    """The provider accepts every argument, and nothing is left out or in a circle."""

    def terraform(*arguments: str) -> str:
        ended = subprocess.run(
            [google_tools.binary, f"-chdir={stacks / 'stacks' / name}", *arguments],
            env={
                **{key: value for key, value in os.environ.items() if not key.startswith(_FOREIGN)},
                **google_tools.environment(stacks),
                "GOOGLE_OAUTH_ACCESS_TOKEN": "nobody-is-asked",
                **_keys(name),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert ended.returncode == 0, f"{ended.stdout}\n{ended.stderr}"[-8000:]
        return ended.stdout

    terraform("init", "-input=false")
    terraform("plan", "-input=false", "-out=plan")
    plan = Plan(json.loads(terraform("show", "-json", "plan")))

    assert plan.actions == dict.fromkeys(addresses(read_stack(stacks, name)), ("create",))
