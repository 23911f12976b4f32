"""The ground of an environment, made by a person with real Terraform, and its state moved into the bucket that it makes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.deploy.conftest import NewWorkplace
from tests.deploy.workplace import ENVIRONMENT, Workplace, sandbox_aws

pytestmark = pytest.mark.deploy

BUCKET = "kl-sandbox-tfstate"
GITHUB = {"repository": "kl/estate", "repository_id": 22, "owner_id": 11}


@dataclass(frozen=True)
class Ground(Workplace):
    """A folder in which a person applies an environment's ground."""

    @property
    def stack(self) -> Path:
        """Where Terraform runs."""
        return self.folder / "cdktf.out" / "stacks" / f"{ENVIRONMENT}-bootstrap"

    def keep_state_in(self, backend: dict[str, Any]) -> None:
        """Lay an override file beside the stack that names another backend."""
        document = {"terraform": {"backend": backend}}
        (self.stack / "backend_override.tf.json").write_text(json.dumps(document), "utf-8")

    def in_bucket(self) -> dict[str, Any]:
        """The backend of the stack, as the emulated S3 is reached."""
        said = json.loads((self.stack / "cdk.tf.json").read_text("utf-8"))["terraform"]["backend"]["s3"]
        return {"s3": {**said, "use_path_style": True, "skip_credentials_validation": True}}


@pytest.fixture
def ground(new_workplace: NewWorkplace) -> Ground:
    """An environment that has nothing yet but an account."""
    place = new_workplace("ground")
    work = Ground(place.folder, place.tools, place.aws)
    aws = sandbox_aws()
    organization = {"name": "kl", "domain": "example.com", "promotion": [ENVIRONMENT]}
    work.write_document("organization.yaml", organization)
    work.write_document(
        f"{ENVIRONMENT}.yaml",
        {
            "environment": ENVIRONMENT,
            "state": {"s3": {"bucket": BUCKET, "region": aws["region"]}},
            "bootstrap": {"github": GITHUB},
            "aws": {"region": aws["region"], "account_id": aws["account_id"]},
        },
    )
    work.synth()
    return work


def test_the_ground_is_made_and_its_state_moves_into_it(ground: Ground) -> None:
    """From a first state on somebody's machine; nothing is left to do, before and after it has moved."""
    ground.keep_state_in({"local": {"path": "first.tfstate"}})
    ground.terraform("init", "-input=false")
    ground.apply()
    ground.assert_plan_is_empty()
    first = json.loads((ground.stack / "first.tfstate").read_text("utf-8"))["resources"]

    ground.keep_state_in(ground.in_bucket())
    ground.terraform("init", "-input=false", "-migrate-state", "-force-copy")
    ground.assert_plan_is_empty()

    key = f"{ENVIRONMENT}-bootstrap/terraform.tfstate"
    s3, kms, iam = (ground.aws.client(one) for one in ("s3", "kms", "iam"))
    moved = json.loads(s3.get_object(Bucket=BUCKET, Key=key)["Body"].read())["resources"]
    assert moved == first
    # Uploaded without a word about encryption, so that it is encrypted by the bucket's key.
    head = s3.head_object(Bucket=BUCKET, Key=key)
    alias = kms.describe_key(KeyId="alias/kl-sandbox-state")["KeyMetadata"]
    assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", alias["Arn"])
    assert s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert set(s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values()) == {True}
    outputs = json.loads(ground.terraform("output", "-json"))
    roles = {who: outputs[f"aws_role_{who}"]["value"] for who in ("reader", "writer")}
    boundaries = {
        iam.get_role(RoleName=arn.rpartition("/")[2])["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"]
        for arn in roles.values()
    }
    account = ground.aws.account_id
    assert boundaries == {f"arn:aws:iam::{account}:policy/{ENVIRONMENT}-pipeline-boundary"}
    refused = ground.terraform("destroy", "-input=false", "-auto-approve", exit_code=1)
    assert "Instance cannot be destroyed" in refused


def test_a_bucket_that_commands_made_is_taken_over(ground: Ground) -> None:
    """The other way: the bucket is there before the stack, which imports it with its versioning."""
    s3 = ground.aws.client("s3")
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": ground.aws.region})
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    made = json.loads((ground.stack / "cdk.tf.json").read_text("utf-8"))["resource"]
    entries = [
        {"to": f"{type_}.{name}", "id": BUCKET}
        for type_ in ("aws_s3_bucket", "aws_s3_bucket_versioning")
        for name in made[type_]
    ]
    ground.write_document(f"refactoring/{ENVIRONMENT}-bootstrap.yaml", {"import": entries})
    ground.synth()
    ground.keep_state_in(ground.in_bucket())
    ground.terraform("init", "-input=false")

    plan = ground.plan()

    assert sorted(plan.imports.values()) == [BUCKET, BUCKET]
    assert {action for actions in plan.actions.values() for action in actions} == {"create", "update"}
