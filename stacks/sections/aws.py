"""What an environment has in AWS: its constructs, how they connect, what they put out."""

from __future__ import annotations

from typing import Final

from cdktf import TerraformOutput
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.ebs_encryption import EbsEncryption
from constructs_lib.aws.kms_key import EncryptionKey, ExistingKmsKey, KmsKey
from constructs_lib.aws.management_vpc import ClusterVpc, ExistingVpc, ManagementVpc, Vpc
from constructs_lib.aws.other_vpc import OtherVpc
from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.aws.management_vpc import ExistingVpcConfig
from stacks.context import StackContext
from stacks.sections.management_service import ManagementServiceSection  # until 2027-03-17


class AwsSection:
    """Define every entity of the aws section, connect them, and put out what people need.

    Attributes:
        vpc: the VPC, for what joins it to others; None where there is none.
    """

    def __init__(self, context: StackContext, *, config: AwsConfig) -> None:
        account = AwsAccount(account_id=config.account_id, region=config.region)
        vpc = _vpc(context, config, account)
        keys = _kms_keys(context, config, account)
        if config.ebs_encryption_by_default:
            EbsEncryption(context.stack, "EbsEncryption", config=config)
        bastion = _bastion(context, config, vpc) if vpc else None
        if vpc:  # until 2027-03-17
            ManagementServiceSection(context, config=config, account=account, vpc=vpc, keys=keys, bastion=bastion)  # until 2027-03-17  # fmt: skip
        if config.eks_clusters:
            # Here, because the classes that it takes from the binding take their time to load.
            from stacks.sections.eks import EksSection

            EksSection(
                context,
                config=config,
                account=account,
                vpcs=_vpcs_of_clusters(config, vpc),
                keys=keys,
                bastion=bastion,
            )
        self.vpc: Final[Vpc | None] = vpc


def _vpc(context: StackContext, config: AwsConfig, account: AwsAccount) -> Vpc | None:
    if config.management_vpc is None:
        return None
    if isinstance(config.management_vpc, ExistingVpcConfig):
        return ExistingVpc(config.management_vpc)
    return ManagementVpc(
        context.stack,
        "ManagementVpc",
        config=config.management_vpc,
        naming=context.naming,
        account=account,
        prevent_destroy=context.prevent_destroy,
    )


def _vpcs_of_clusters(config: AwsConfig, vpc: Vpc | None) -> dict[str | None, ClusterVpc]:
    """The VPCs by what clusters call them: nothing for the management VPC."""
    found: dict[str | None, ClusterVpc] = {key: OtherVpc(one) for key, one in config.existing_vpcs.items()}
    return {**found, None: vpc} if vpc else found


def _kms_keys(context: StackContext, config: AwsConfig, account: AwsAccount) -> dict[str, EncryptionKey]:
    namespace = Construct(context.stack, "KmsKeys")
    return {
        key: ExistingKmsKey(kms_key)
        if isinstance(kms_key, ExistingKmsKeyConfig)
        else KmsKey(
            namespace,
            key,
            config=kms_key,
            naming=context.naming,
            account=account,
            key=key,
            prevent_destroy=context.prevent_destroy,
        )
        for key, kms_key in config.kms_keys.items()
    }


def _bastion(context: StackContext, config: AwsConfig, vpc: Vpc) -> Bastion | None:
    if config.bastion is None:
        return None
    bastion = Bastion(
        context.stack,
        "Bastion",
        config=config.bastion,
        vpc=vpc,
        naming=context.naming,
        prevent_destroy=context.prevent_destroy,
    )
    _output(
        context,
        "bastion_tunnel",
        bastion.tunnel_script,
        "Script that opens the tunnel to the bastion's proxy",
    )
    return bastion


def _output(context: StackContext, name: str, value: str, description: str) -> None:
    TerraformOutput(
        context.stack, name, value=value, description=f"{description}: terraform output -raw {name}"
    )
