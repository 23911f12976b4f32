"""Worker nodes of one kind in an EKS cluster, with a launch template of their own.

Not stateful: a group that goes away drains its nodes first, and volumes stay.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/eks_node_group
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import Fn, ITerraformDependable, TerraformResourceLifecycle, Token
from cdktf_cdktf_provider_aws.data_aws_default_tags import DataAwsDefaultTags
from cdktf_cdktf_provider_aws.eks_node_group import (
    EksNodeGroup as EksNodeGroupResource,
)
from cdktf_cdktf_provider_aws.eks_node_group import (
    EksNodeGroupLaunchTemplate,
    EksNodeGroupScalingConfig,
    EksNodeGroupTaint,
    EksNodeGroupUpdateConfig,
)
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateBlockDeviceMappings,
    LaunchTemplateBlockDeviceMappingsEbs,
    LaunchTemplateMetadataOptions,
    LaunchTemplateMonitoring,
    LaunchTemplateTagSpecifications,
)
from constructs import Construct

from constructs_lib.aws.eks_node_role import EksNodeRole
from constructs_lib.aws.kms_key import EncryptionKey
from constructs_lib.naming import Kind
from estate.model.aws.eks_node_group import EksNodeGroupConfig

_ROOT_DEVICE: Final = "/dev/xvda"  # of Amazon Linux 2023


class EksNodeGroup(Construct):
    """Define a managed node group: private nodes, encrypted root volumes, IMDSv2 and no SSH.

    The number of nodes is left to whoever scales the group once it stands.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: EksNodeGroupConfig,
        name: str,
        role: EksNodeRole,
        volume_key: EncryptionKey | None,
        dependencies: Sequence[ITerraformDependable] = (),
    ) -> None:
        super().__init__(scope, id_)
        cluster = role.cluster
        full_name = cluster.site.named(name, Kind.LAUNCH_TEMPLATE)
        template = self._define_launch_template(config, full_name, volume_key.key_arn if volume_key else None)
        subnets = cluster.vpc.private_subnet_ids
        self._resource = EksNodeGroupResource(
            self,
            "Resource",
            cluster_name=cluster.name,
            node_group_name=name,
            node_role_arn=role.arn,
            # Said, because Terraform leaves nodes alone whose version nobody says.
            version=config.version or cluster.version,
            ami_type="AL2023_ARM_64_STANDARD" if config.is_arm else "AL2023_x86_64_STANDARD",
            capacity_type=config.capacity.upper(),
            instance_types=list(config.instance_types),
            subnet_ids=[subnets[zone] for zone in config.zones or subnets],
            launch_template=EksNodeGroupLaunchTemplate(
                id=template.id, version=Fn.tostring(template.latest_version)
            ),
            scaling_config=EksNodeGroupScalingConfig(
                desired_size=config.min_size,
                min_size=config.min_size,
                max_size=config.max_size,
            ),
            update_config=EksNodeGroupUpdateConfig(max_unavailable=config.max_unavailable),
            labels=dict(config.labels) or None,
            taint=[
                EksNodeGroupTaint(key=taint.key, value=taint.value, effect=taint.effect.value)
                for taint in config.taints
            ]
            or None,
            tags={"Name": full_name},
            depends_on=[*role.policies, *dependencies],
            lifecycle=TerraformResourceLifecycle(ignore_changes=["scaling_config[0].desired_size"]),
        )

    @property
    def resource(self) -> ITerraformDependable:
        """What to depend on."""
        return self._resource

    def _define_launch_template(
        self, config: EksNodeGroupConfig, name: str, volume_key_arn: str | None
    ) -> LaunchTemplate:
        # The provider's default tags end at the template: what is launched from it needs them said.
        default_tags = DataAwsDefaultTags(self, "DefaultTags").tags
        tags = Token.as_string_map(Fn.merge([default_tags, {"Name": name}]))
        return LaunchTemplate(
            self,
            "LaunchTemplate",
            name=name,
            # One hop: pods have roles of their own and are kept from the node's.
            metadata_options=LaunchTemplateMetadataOptions(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            monitoring=LaunchTemplateMonitoring(enabled=True),
            block_device_mappings=[
                LaunchTemplateBlockDeviceMappings(
                    device_name=_ROOT_DEVICE,
                    ebs=LaunchTemplateBlockDeviceMappingsEbs(
                        delete_on_termination="true",
                        encrypted="true",
                        kms_key_id=volume_key_arn,
                        volume_size=config.volume.size_gib,
                        volume_type=str(config.volume.volume_type),
                        iops=config.volume.iops,
                    ),
                )
            ],
            tag_specifications=[
                LaunchTemplateTagSpecifications(resource_type=resource_type, tags=tags)
                for resource_type in ("instance", "volume")
            ],
            update_default_version=True,
            tags={"Name": name},
        )
