"""The secrets: encrypted and uploaded by people, as the document shows, and never seen by Terraform."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

from cdktf import TerraformStack

from constructs_lib.aws.management_service.ciphertexts import Ciphertext
from estate.derived.share import Share
from estate.reading.estate_loader import load_estate
from operations.project import ROOT
from stacks.context import StackContext
from stacks.sections.aws import AwsSection
from tests.constructs_lib.aws.management_service.defined import synthesized
from tests.example import ENVIRONMENTS
from tests.synth import Synthesized, synthesize

DOCUMENT = ROOT / "docs" / "gke-on-aws.md"

AWS = """#!/bin/sh
echo "$*" >> calls
case "$1 $2" in "kms encrypt") case "$*" in *$REFUSED*) exit 1 ;; *) echo AQICAHh= ;; esac ;; esac
"""


def sandbox(tmp_path: Path) -> Synthesized:
    """The stack that the document's commands are written for."""
    estate = load_estate(ENVIRONMENTS)
    environment = estate.environments["sandbox"]
    config = environment.aws
    assert config

    def define(stack: TerraformStack) -> None:
        AwsSection(StackContext(stack, environment, estate.organization, Share()), config=config)

    return synthesize(tmp_path, define)


def run(tmp_path: Path, mark: str, refused: str = "nothing") -> list[str]:
    """Run the document's commands below a mark, and return the calls of `aws`; KMS refuses one text."""
    found = re.search(rf"<!-- {mark} -->\n```console\n(.*?)```\n", DOCUMENT.read_text("utf-8"), re.DOTALL)
    assert found
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/aws").write_text(AWS)
    (tmp_path / "bin/aws").chmod(0o755)
    environment = {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "REFUSED": refused}
    subprocess.run(
        ["sh", "-c", re.sub(r"^\$ ", "", found[1], flags=re.MULTILINE)],
        cwd=tmp_path,
        env=environment,
        check=True,
    )
    return (tmp_path / "calls").read_text().splitlines()


def named(resources: dict[str, dict[str, Any]], part: str) -> dict[str, Any]:
    """The one resource whose name has a part."""
    (found,) = (body for name, body in resources.items() if part in name)
    return found


def test_the_readme_uploads_what_the_instance_waits_for(tmp_path: Path) -> None:
    """Key, bucket, names and encryption context are those of the stack."""
    stack = sandbox(tmp_path)
    alias = named(stack.resources("aws_kms_alias"), "secrets")["name"]
    bucket = stack.one("aws_s3_bucket")["bucket"]
    user_data = stack.one("aws_launch_template")["user_data"]
    agent = re.findall(r'AGENT_KEY=\\"([^"]+)\\"', user_data)
    names = re.findall(r'CIPHERTEXTS=\\"([^"]+)\\"', user_data)

    calls = run(tmp_path, "upload")

    assert names == [" ".join(Ciphertext)]
    encrypt = "--query CiphertextBlob --output text"
    assert calls == [
        call
        for name in names[0].split()
        for call in (
            f"kms encrypt --key-id {alias} --plaintext fileb://{name} --encryption-context purpose={name} {encrypt}",
            f"s3 cp {name}.ciphertext s3://{bucket}/ciphertexts/{name}",
        )
    ] + [f"s3 cp gke-aws-node-agent s3://{bucket}/{agent[0]}"]


def test_the_readme_uploads_nothing_that_kms_refused(tmp_path: Path) -> None:
    """An empty object in the place of a good one would stop the service at its next start."""
    calls = run(tmp_path, "upload", refused="purpose=node-key")

    assert [call.rsplit("/")[-1] for call in calls if call.startswith("s3 cp")] == [
        "management-service-key",
        "connect-agent-key",
        "root-ca-key",
        "gke-aws-node-agent",
    ]


def test_the_readme_replaces_the_instance(tmp_path: Path) -> None:
    """The old one goes first, as in the group itself: the data volume can be at one only."""
    group = sandbox(tmp_path).one("aws_autoscaling_group")["name"]

    assert run(tmp_path, "refresh") == [
        f"autoscaling start-instance-refresh --auto-scaling-group-name {group} "
        "--preferences MinHealthyPercentage=0"
    ]


def test_terraform_has_no_part_in_the_secrets(tmp_path: Path) -> None:
    """An apply that forgot a variable would empty the object: no variable, no object, names only."""
    stack = synthesized(tmp_path)

    assert "variable" not in stack.json
    assert [body["key"] for body in stack.resources("aws_s3_object").values()] == ["management.yaml"]
