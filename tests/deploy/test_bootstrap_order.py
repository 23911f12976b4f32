"""What `hybrid bootstrap --first local` prints, walked by Terraform from nothing to an empty plan, cut off on the way."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from operations.project import stack_path
from tests.deploy.conftest import NewWorkplace
from tests.deploy.workplace import ENVIRONMENT, Workplace, sandbox_aws

pytestmark = pytest.mark.deploy

BUCKET = "kl-sandbox-tfstate"
STACK = f"{ENVIRONMENT}-bootstrap"


@pytest.fixture(scope="module", name="work")
def workplace(new_workplace: NewWorkplace) -> Workplace:
    """An environment of nothing but its ground."""
    work = new_workplace("bootstrap-order")
    aws = sandbox_aws()
    work.write({key: aws[key] for key in ("region", "account_id")}, deletion_protection=True)
    path = work.environments / f"{ENVIRONMENT}.yaml"
    document = json.loads(path.read_text("utf-8"))
    document["state"] = {"s3": {"bucket": BUCKET, "region": aws["region"]}}
    document["bootstrap"] = {"github": {"repository": "kl/estate", "repository_id": 4711, "owner_id": 815}}
    path.write_text(json.dumps(document), "utf-8")
    return work


def printed(work: Workplace) -> list[dict[str, Any]]:
    """The tasks of the stack, as a machine reads them."""
    said = json.loads(work.hybrid("bootstrap", ENVIRONMENT, "--first", "local", "--format", "json"))
    tasks: list[dict[str, Any]] = said["bootstrap"]["parts"][1]["tasks"]
    return tasks


def shell(work: Workplace, command: str) -> subprocess.CompletedProcess[str]:
    """Run one printed command as a person does, with the provider at hand."""
    if command.startswith("hybrid "):
        work.hybrid(*command.split()[1:])
        stack = stack_path(work.folder / "cdktf.out", STACK)
        said = json.loads((stack / "cdk.tf.json").read_text("utf-8"))["terraform"]["backend"]["s3"]
        # As the emulated S3 is reached; before the order's own override by its name, which thus takes its place.
        backend = {"s3": {**said, "use_path_style": True, "skip_credentials_validation": True}}
        override = {
            **work.tools.override,
            "terraform": {"required_providers": work.tools.required, "backend": backend},
        }
        (stack / "a_override.tf.json").write_text(json.dumps(override), "utf-8")
        return subprocess.CompletedProcess(command, 0, "", "")
    unasked = command.replace(" apply ", " apply -input=false ").replace(" plan ", " plan -input=false ")
    return subprocess.run(
        ["bash", "-c", unasked],
        cwd=work.folder,
        env=work.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=420,
    )


def walked(work: Workplace, commands: list[str]) -> None:
    """Run commands, each of which has to go well."""
    for command in commands:
        ended = shell(work, command)
        assert ended.returncode == 0, f"{command}: {ended.stdout[-3000:]}{ended.stderr[-3000:]}"


def versions(work: Workplace) -> list[str]:
    """Objects in the bucket of states."""
    listed = work.aws.client("s3").list_objects_v2(Bucket=BUCKET)
    return [one["Key"] for one in listed.get("Contents", [])]


def test_the_order_leads_from_nothing_to_a_state_in_its_own_bucket(work: Workplace) -> None:
    """Each step taken up again after it was cut off; nothing is left on this machine, and nothing to do."""
    apply, move, clear = printed(work)

    # Cut off between the plan and the apply, and then in the middle of the way over.
    walked(work, apply["commands"][:-1])
    walked(work, apply["commands"])
    walked(work, apply["seen"])
    walked(work, move["commands"][:-1])
    walked(work, move["commands"])
    walked(work, move["seen"])
    assert f"{STACK}/terraform.tfstate" in versions(work)
    walked(work, clear["commands"])
    walked(work, clear["seen"])

    assert not (work.folder / ".state" / STACK).exists()
    # Whoever comes after finds the same, on a machine that has seen none of it.
    walked(work, [apply["commands"][0], f"terraform -chdir=cdktf.out/stacks/{STACK} init -reconfigure"])
    walked(work, [f"terraform -chdir=cdktf.out/stacks/{STACK} plan -detailed-exitcode"])


def test_a_way_over_that_is_done_is_not_begun_again(work: Workplace) -> None:
    """Without the folder the move stops at its first command, before anything is written over."""
    _, move, _ = printed(work)

    assert shell(work, move["commands"][0]).returncode != 0
    assert not list(stack_path(work.folder / "cdktf.out", STACK).glob("backend_override*"))
