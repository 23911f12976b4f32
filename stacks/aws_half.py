"""The AWS half of an environment's stack: its constructs, how they connect, what they put out."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.kms_key import EncryptionKey, ExistingKmsKey, KmsKey
from constructs_lib.aws.management_service.management_service import ManagementService
from constructs_lib.aws.management_vpc import ExistingVpc, ManagementVpc, Vpc
from constructs_lib.naming import Naming
from estate.model.aws.aws import AwsConfig
from estate.model.aws.kms_key import ExistingKmsKeyConfig
from estate.model.aws.management_vpc import ExistingVpcConfig


@dataclass(frozen=True)
class AwsHalf:
    """Defines what one aws section describes.

    Attributes:
        stack: the environment's stack.
        config: the section.
        naming: names of the environment.
        prevent_destroy: whether Terraform refuses to destroy what holds data or identity.
    """

    stack: TerraformStack
    config: AwsConfig
    naming: Naming
    prevent_destroy: bool

    @property
    def account(self) -> AwsAccount:
        """Where it all stands."""
        return AwsAccount(account_id=self.config.account_id, region=self.config.region)

    def define(self) -> Vpc | None:
        """Define every entity of the section, connect them, and put out what people need.

        Returns:
            The VPC, for what joins it to others; None where there is none.
        """
        vpc = self._vpc()
        keys = self._kms_keys()
        bastion = self._bastion(vpc)
        service = self._management_service(vpc, keys)
        if self.config.eks_clusters and vpc:
            # Here, because the classes that it takes from the binding take their time to load.
            from stacks.eks_half import EksHalf

            EksHalf(
                stack=self.stack,
                naming=self.naming,
                account=self.account,
                vpc=vpc,
                keys=keys,
                bastion=bastion,
                deployer=self.config.deployer,
                prevent_destroy=self.prevent_destroy,
            ).define(self.config.eks_clusters)
        if service and bastion:
            service.allow_ssh_from(bastion)
        if bastion:
            self._output(
                "bastion_tunnel", bastion.tunnel_script, "Script that opens the tunnel to the bastion's proxy"
            )
        if service:
            self._output(
                "cluster_example",
                service.cluster_example,
                "An AWSCluster and its AWSNodePools, to fill in and apply",
            )
        return vpc

    def _vpc(self) -> Vpc | None:
        config = self.config.management_vpc
        if config is None:
            return None
        if isinstance(config, ExistingVpcConfig):
            return ExistingVpc(config)
        return ManagementVpc(
            self.stack,
            "ManagementVpc",
            config=config,
            naming=self.naming,
            account=self.account,
            prevent_destroy=self.prevent_destroy,
        )

    def _kms_keys(self) -> dict[str, EncryptionKey]:
        namespace = Construct(self.stack, "KmsKeys")
        return {
            key: ExistingKmsKey(config)
            if isinstance(config, ExistingKmsKeyConfig)
            else KmsKey(
                namespace,
                key,
                config=config,
                naming=self.naming,
                account=self.account,
                key=key,
                prevent_destroy=self.prevent_destroy,
            )
            for key, config in self.config.kms_keys.items()
        }

    def _bastion(self, vpc: Vpc | None) -> Bastion | None:
        if self.config.bastion is None or vpc is None:
            return None
        return Bastion(
            self.stack,
            "Bastion",
            config=self.config.bastion,
            vpc=vpc,
            naming=self.naming,
            prevent_destroy=self.prevent_destroy,
        )

    def _management_service(
        self, vpc: Vpc | None, keys: dict[str, EncryptionKey]
    ) -> ManagementService | None:
        config = self.config.management_service
        if config is None or vpc is None:
            return None
        if self.config.deployer:
            # EBS encrypts a new volume in the name of whoever makes it.
            keys[config.data_volume.kms_key or config.database_key].grant_use(self.config.deployer)
        return ManagementService(
            self.stack,
            "ManagementService",
            config=config,
            naming=self.naming,
            account=self.account,
            vpc=vpc,
            keys=keys,
            prevent_destroy=self.prevent_destroy,
        )

    def _output(self, name: str, value: str, description: str) -> None:
        TerraformOutput(
            self.stack, name, value=value, description=f"{description}: terraform output -raw {name}"
        )
