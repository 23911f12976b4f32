"""Synthesizes a few AWS resources in a fresh interpreter; run by test_same_result.

Prints what a programme sees: the bytes, the provider's root, and the module that jsii takes each namespace's types from.
"""

from __future__ import annotations

import json
import sys
import tempfile
from typing import Any

LAZY = sys.argv[1] == "lazy"
if LAZY:
    from fastsynth import activation
    from fastsynth.status import Status

    assert activation.install() == Status(python=True, node=True, reason=None)
    import cdktf_cdktf_provider_aws as aws

    DIR = dir(aws)
else:
    from tests.fastsynth.plain_root import plain_root

    aws, DIR = plain_root("cdktf_cdktf_provider_aws")

from cdktf import App, Fn, TerraformOutput, TerraformStack, Testing  # noqa: E402 - after install()
from jsii import _reference_map  # noqa: E402 - after install()


def define(stack: TerraformStack) -> None:
    """A provider with a nested list, references, functions, blocks, lists, a data source, an output."""
    aws.provider.AwsProvider(
        stack,
        "aws",
        region="eu-west-1",
        assume_role=[aws.provider.AwsProviderAssumeRole(role_arn="arn:aws:iam::012345678901:role/x")],
    )
    vpc = aws.vpc.Vpc(stack, "vpc", cidr_block="10.0.0.0/16", tags={"Name": "a_b"})
    subnets = [
        aws.subnet.Subnet(stack, f"subnet-{n}", vpc_id=vpc.id, cidr_block=Fn.cidrsubnet(vpc.cidr_block, 8, n))
        for n in range(3)
    ]
    group = aws.security_group.SecurityGroup(
        stack,
        "group",
        vpc_id=vpc.id,
        ingress=[
            aws.security_group.SecurityGroupIngress(
                from_port=22, to_port=22, protocol="tcp", cidr_blocks=["198.51.100.0/24"]
            )
        ],
    )
    group.add_override("egress", [{"from_port": 0, "to_port": 0, "protocol": "-1"}])
    ami = aws.data_aws_ami.DataAwsAmi(
        stack,
        "ami",
        owners=["amazon"],
        filter=[aws.data_aws_ami.DataAwsAmiFilter(name="name", values=["al2023-*"])],
    )
    instance = aws.instance.Instance(
        stack,
        "instance",
        ami=ami.id,
        subnet_id=subnets[0].id,
        vpc_security_group_ids=[group.id],
        root_block_device={"encrypted": True},
        depends_on=[group],
    )
    bucket = aws.s3_bucket.S3Bucket(stack, "bucket", lifecycle={"prevent_destroy": True})
    aws.s3_bucket_versioning.S3BucketVersioningA(
        stack,
        "versioning",
        bucket=bucket.id,
        versioning_configuration=aws.s3_bucket_versioning.S3BucketVersioningVersioningConfiguration(
            status="Enabled"
        ),
    )
    TerraformOutput(stack, "address", value=instance.private_ip)


def observe() -> dict[str, Any]:
    """What a programme sees of the provider and of its own stack."""
    with tempfile.TemporaryDirectory() as folder:
        stack = TerraformStack(Testing.stub_version(App(outdir=folder, stack_traces=False)), "stack")
        define(stack)
        return {
            "json": Testing.synth(stack),
            "dir": [name for name in DIR if name not in {"__dir__", "__getattr__"}],
            "all": aws.__all__,
        }


if __name__ == "__main__":
    seen = observe()
    seen["modules"] = _reference_map._submodule_fqn_map  # noqa: SLF001
    print(json.dumps(seen))
