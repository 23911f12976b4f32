"""What an environment's management service of GKE on AWS is joined to; imports its construct where there is one."""

from __future__ import annotations

from collections.abc import Mapping

from cdktf import TerraformOutput

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.aws.management_vpc import Vpc
from estate.model.aws.aws import AwsConfig
from stacks.context import StackContext

_OUTPUT = "cluster_example"


class ManagementServiceSection:
    """Define the management service, let the bastion in, and put out the example of a cluster.

    Args:
        context: the stack.
        config: the aws section; nothing is defined where it has no service.
        account: the account.
        vpc: where it stands.
        keys: KMS keys by their key in the section.
        bastion: the way into the VPC, None when there is none.
    """

    def __init__(
        self,
        context: StackContext,
        *,
        config: AwsConfig,
        account: AwsAccount,
        vpc: Vpc,
        keys: Mapping[str, EncryptionKey],
        bastion: Bastion | None,
    ) -> None:
        service_config = config.management_service
        if service_config is None:
            return
        # Here, because the classes that it takes from the binding take their time to load.
        from constructs_lib.aws.management_service.management_service import ManagementService

        if config.deployer:
            # EBS encrypts a new volume in the name of whoever makes it.
            keys[service_config.data_volume.kms_key or service_config.database_key].grant_use(config.deployer)
        service = ManagementService(
            context.stack,
            "ManagementService",
            config=service_config,
            naming=context.naming,
            account=account,
            vpc=vpc,
            keys=keys,
            prevent_destroy=context.prevent_destroy,
        )
        TerraformOutput(
            context.stack,
            _OUTPUT,
            value=service.cluster_example,
            description=(
                f"An AWSCluster and its AWSNodePools, to fill in and apply: terraform output -raw {_OUTPUT}"
            ),
        )
        if bastion:
            service.allow_ssh_from(bastion)
