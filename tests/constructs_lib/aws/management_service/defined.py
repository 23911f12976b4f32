"""A management service in a VPC and with keys that exist, so that their ids are plain values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cdktf import TerraformOutput, TerraformStack

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.kms_key import ExistingKmsKey
from constructs_lib.aws.management_service.management_service import ManagementService
from constructs_lib.aws.management_vpc import ExistingVpc
from constructs_lib.naming import Naming
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.aws.management_service import ManagementServiceConfig
from estate.model.aws.management_vpc import ExistingVpcConfig
from tests.model.aws.test_management_service import MINIMAL
from tests.synth import Synthesized, synthesize

ACCOUNT = AwsAccount(account_id="012345678901", region="eu-west-1")
NAMING = Naming(organization="kl", environment="sandbox")
KEY_ARNS = {
    name: f"arn:aws:kms:eu-west-1:012345678901:key/{name}" for name in ("secrets", "database", "disks")
}
VPC = ExistingVpc(
    ExistingVpcConfig.model_validate(
        {
            "existing": {
                "vpc_id": "vpc-00000000",
                "cidr": "10.0.0.0/16",
                "zones": {
                    f"eu-west-1{zone}": {"private": f"subnet-{zone * 8}", "public": f"subnet-{zone * 9}"}
                    for zone in "cab"
                },
            }
        }
    )
)


def define(stack: TerraformStack, *, prevent_destroy: bool = True, **config: Any) -> ManagementService:
    """Define the service, with the output that the stack makes of it."""
    service = ManagementService(
        stack,
        "Service",
        config=ManagementServiceConfig.model_validate({**MINIMAL, **config}),
        naming=NAMING,
        account=ACCOUNT,
        vpc=VPC,
        keys={
            name: ExistingKmsKey(ExistingKmsKeyConfig.model_validate({"existing": {"key_arn": arn}}))
            for name, arn in KEY_ARNS.items()
        },
        prevent_destroy=prevent_destroy,
    )
    TerraformOutput(stack, "cluster_example", value=service.cluster_example)
    return service


def synthesized(tmp_path: Path, **options: Any) -> Synthesized:
    """Synthesize a stack with the service in it."""
    return synthesize(tmp_path, lambda stack: define(stack, **options))


def readable(value: Any) -> Any:
    """Values with each reference to a resource of the service as <path.attribute>, without hashes."""
    text = re.sub(r"\$\{aws_\w+\.Service_(?:(\w+?)_)?[0-9A-F]{8}\.(\w+)\}", r"<\1.\2>", json.dumps(value))
    text = re.sub(r"\b(?:data\.)?aws_\w+\.Service_(\w+?)_[0-9A-F]{8}\.(\w+)", r"<\1.\2>", text)
    return json.loads(text.replace("<.", "<"))


def named(resources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Resources by their path in the service, without hashes, references readable."""
    return {
        re.sub(r"^Service_(?:(\w+)_)?[0-9A-F]{8}$", r"\1", name): readable(body)
        for name, body in resources.items()
    }
