"""GKE on AWS's management service, previous generation.

Left out: the product's own binaries and releases, which its licence keeps at Google's; somebody uploads
the agent into the bucket. User clusters, which the service makes. A proxy (see the model).

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/concepts/architecture
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cdktf_cdktf_provider_aws.iam_service_linked_role import IamServiceLinkedRole
from cdktf_cdktf_provider_aws.key_pair import KeyPair
from constructs import Construct

from constructs_lib.aws.account import AwsAccount
from constructs_lib.aws.bastion import Bastion
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.aws.management_service.bootstrap_bucket import BootstrapBucket, define_bootstrap_bucket
from constructs_lib.aws.management_service.ciphertexts import Ciphertext
from constructs_lib.aws.management_service.cluster_policies import (
    control_plane_statements,
    node_pool_statements,
)
from constructs_lib.aws.management_service.documents import (
    DOCUMENT_KEY,
    KEYS_FOLDER,
    ClusterExampleIds,
    cluster_example,
    management_document,
)
from constructs_lib.aws.management_service.instance import (
    define_data_volume,
    define_group,
    define_launch_template,
)
from constructs_lib.aws.management_service.load_balancer import define_load_balancer
from constructs_lib.aws.management_service.management_policy import management_statements
from constructs_lib.aws.management_service.policy import PolicyScope
from constructs_lib.aws.management_service.roles import define_role
from constructs_lib.aws.management_service.security_groups import define_security_groups
from constructs_lib.aws.management_service.service import Service
from constructs_lib.aws.management_service.user_data import AGENT_PREFIX, agent_key, user_data
from constructs_lib.aws.management_vpc import Vpc
from constructs_lib.naming import Naming
from estate.model.aws.management_service import ManagementServiceConfig


class ManagementService(Construct):
    """Define bucket, roles, groups, load balancer, data volume and the one instance of the service.

    Stateful. The data volume holds the service's etcd, the bucket what it starts from, and the load
    balancer its address. The keys are told which roles use them, by their own verbs.

    It needs from outside, in the bucket: the agent and one object for each Ciphertext. Its instance
    waits for them.
    """

    def __init__(  # noqa: PLR0913 - the entity has many neighbours
        self,
        scope: Construct,
        id_: str,
        *,
        config: ManagementServiceConfig,
        naming: Naming,
        account: AwsAccount,
        vpc: Vpc,
        keys: Mapping[str, EncryptionKey],
        prevent_destroy: bool = True,
    ) -> None:
        """Define the service.

        Args:
            scope: the parent.
            id_: id in it.
            config: the settings.
            naming: names of the environment.
            account: where it stands.
            vpc: its network.
            keys: KMS keys by their key in aws.kms_keys, those that config names among them.
            prevent_destroy: whether Terraform refuses to destroy what holds data or the address.
        """
        super().__init__(scope, id_)
        self._service = service = Service(config=config, naming=naming, account=account)
        self._vpc, self._keys = vpc, keys
        self._zone = config.zone or min(vpc.private_subnet_ids)

        self._groups = define_security_groups(Construct(self, "SecurityGroups"), service, vpc)
        self._key_pair = KeyPair(
            self,
            "KeyPair",
            key_name=service.name("keypair"),
            public_key=config.key_pair.public_key,
            tags=service.tags("keypair"),
        )
        roles = Construct(self, "Roles")
        self._management = define_role(Construct(roles, "Management"), service, "management")
        self._control_plane = define_role(Construct(roles, "ControlPlane"), service, "controlplane")
        self._node_pool = define_role(Construct(roles, "NodePool"), service, "nodepool")
        self._bucket = define_bootstrap_bucket(
            Construct(self, "BootstrapBucket"), service, prevent_destroy=prevent_destroy
        )
        self._data_volume = define_data_volume(
            self,
            service,
            zone=self._zone,
            kms_key_arn=self._data_volume_key.key_arn,
            prevent_destroy=prevent_destroy,
        )
        balancer, targets = define_load_balancer(
            Construct(self, "LoadBalancer"), service, vpc, prevent_destroy=prevent_destroy
        )
        self._define_policies()
        self._let_roles_use_keys()
        self._define_instance(targets.arn)

        self.cluster_id: Final[str] = service.cluster_id
        self.dns_name: Final[str] = balancer.dns_name
        self.bootstrap_bucket: Final[str] = self._bucket.bucket.bucket
        self.agent_key: Final[str] = agent_key(config.version)
        self.cluster_example: Final[str] = self._cluster_example()

    def allow_ssh_from(self, bastion: Bastion) -> None:
        """Let the bastion's people log in to the service's instance and to the clusters' nodes."""
        self._groups.allow_ssh_from(bastion.security_group_id)

    @property
    def _secrets_key(self) -> EncryptionKey:
        return self._keys[self._service.config.secrets_key]

    @property
    def _database_key(self) -> EncryptionKey:
        return self._keys[self._service.config.database_key]

    @property
    def _data_volume_key(self) -> EncryptionKey:
        config = self._service.config
        return self._keys[config.data_volume.kms_key or config.database_key]

    def _define_policies(self) -> None:
        vpc, clusters = self._vpc, (self._control_plane, self._node_pool)
        scope = PolicyScope(
            account=self._service.account,
            cluster_id=self._service.cluster_id,
            cluster_tag=self._service.cluster_tag,
            vpc_id=vpc.vpc_id,
            private_subnet_ids=tuple(vpc.private_subnet_ids.values()),
            public_subnet_ids=tuple(vpc.public_subnet_ids.values()),
            bucket_arn=self._bucket.bucket.arn,
            agent_prefix=AGENT_PREFIX,
            data_volume_arn=self._data_volume.arn,
            key_pair_name=self._key_pair.key_name,
            secrets_key_arn=self._secrets_key.key_arn,
            database_key_arn=self._database_key.key_arn,
            data_volume_key_arn=self._data_volume_key.key_arn,
            management_profile_arn=self._management.profile.arn,
            cluster_role_arns=tuple(cluster.role.arn for cluster in clusters),
            cluster_profile_arns=tuple(cluster.profile.arn for cluster in clusters),
        )
        self._management.allow(management_statements(scope))
        self._control_plane.allow(control_plane_statements(scope))
        self._node_pool.allow(node_pool_statements(scope))

    def _let_roles_use_keys(self) -> None:
        management, control_plane = self._management.role.arn, self._control_plane.role.arn
        self._secrets_key.grant_encrypt_decrypt(management)
        self._secrets_key.grant_decrypt(control_plane)
        self._secrets_key.grant_decrypt(self._node_pool.role.arn)
        self._database_key.grant_encrypt_decrypt(management)
        self._database_key.grant_encrypt_decrypt(control_plane)
        # To attach an encrypted volume takes a grant for EBS.
        self._data_volume_key.grant_use(management)

    def _define_instance(self, target_group_arn: str) -> None:
        service, config = self._service, self._service.config
        root_key_arn = service_linked_role_arn = None
        if config.root_volume.kms_key:
            root_key = self._keys[config.root_volume.kms_key]
            # One of our own: the account's common one may not exist yet, and a key policy cannot name it then.
            service_linked_role = IamServiceLinkedRole(
                self,
                "ServiceLinkedRole",
                aws_service_name="autoscaling.amazonaws.com",
                custom_suffix=service.cluster_id,
                tags=service.tags("autoscaling"),
            )
            root_key.grant_use(service_linked_role.arn)
            root_key_arn, service_linked_role_arn = root_key.key_arn, service_linked_role.arn
        template = define_launch_template(
            self,
            service,
            profile_arn=self._management.profile.arn,
            key_name=self._key_pair.key_name,
            security_group_id=self._groups.management.id,
            root_key_arn=root_key_arn,
            user_data=user_data(self._settings()),
        )
        define_group(
            self,
            service,
            template=template,
            subnet_id=self._vpc.private_subnet_ids[self._zone],
            target_group_arn=target_group_arn,
            service_linked_role_arn=service_linked_role_arn,
        )

    def _settings(self) -> dict[str, str]:
        """Put the document into the bucket, and say where all is; another document is another instance."""
        config, bucket = self._service.config, self._bucket
        document = bucket.put_text("Document", DOCUMENT_KEY, self._document(bucket))
        return {
            "REGION": self._service.account.region,
            "CLUSTER_ID": self._service.cluster_id,
            "BUCKET": bucket.bucket.bucket,
            "DOCUMENT": f"{KEYS_FOLDER}/{DOCUMENT_KEY}",
            "DOCUMENT_VERSION": document.version_id,
            "AGENT_KEY": agent_key(config.version),
            "AGENT_SHA256": config.agent_sha256 or "",
            "DATA_VOLUME_ID": self._data_volume.id,
            "SECRETS_KEY_ARN": self._secrets_key.key_arn,
            "CIPHERTEXTS": " ".join(Ciphertext),
        }

    def _document(self, bucket: BootstrapBucket) -> str:
        config = self._service.config
        return management_document(
            self._service,
            bucket=bucket.bucket.bucket,
            key_arns={name: key.key_arn for name, key in self._keys.items()},
            tags=config.labels,
        )

    def _cluster_example(self) -> str:
        return cluster_example(
            self._service,
            ClusterExampleIds(
                vpc_id=self._vpc.vpc_id,
                private_subnet_ids=self._vpc.private_subnet_ids,
                public_subnet_ids=self._vpc.public_subnet_ids,
                key_pair_name=self._key_pair.key_name,
                control_plane_profile=self._control_plane.profile.name,
                node_pool_profile=self._node_pool.profile.name,
                control_plane_group_id=self._groups.control_plane_group_id,
                node_pool_group_id=self._groups.node_pool_group_id,
                database_key_arn=self._database_key.key_arn,
            ),
        )
