"""The one instance of a management service, kept alive by an auto scaling group.

A data volume stands in one zone and the instance with it: a lost zone is waited out. Left out:
snapshots of the volume, which the organization's backup plan makes by its tags.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group
"""

from __future__ import annotations

from typing import Final

from cdktf import Fn, TerraformResourceLifecycle, Token
from cdktf_cdktf_provider_aws.autoscaling_group import (
    AutoscalingGroup,
    AutoscalingGroupInstanceRefresh,
    AutoscalingGroupInstanceRefreshPreferences,
    AutoscalingGroupLaunchTemplate,
    AutoscalingGroupTag,
)
from cdktf_cdktf_provider_aws.data_aws_default_tags import DataAwsDefaultTags
from cdktf_cdktf_provider_aws.ebs_volume import EbsVolume
from cdktf_cdktf_provider_aws.launch_template import (
    LaunchTemplate,
    LaunchTemplateBlockDeviceMappings,
    LaunchTemplateBlockDeviceMappingsEbs,
    LaunchTemplateIamInstanceProfile,
    LaunchTemplateMetadataOptions,
    LaunchTemplateMonitoring,
    LaunchTemplateTagSpecifications,
)
from constructs import Construct

from constructs_lib.aws.management_service.service import Service

# EC2 looks the newest image up at each launch, so a plan asks nobody and never shows a new one.
# https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
_NEWEST_UBUNTU: Final = (
    "resolve:ssm:/aws/service/canonical/ubuntu/server/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id"
)
_UBUNTU_ROOT_DEVICE: Final = "/dev/sda1"


def define_data_volume(
    scope: Construct, service: Service, *, zone: str, kms_key_arn: str, prevent_destroy: bool
) -> EbsVolume:
    """Define the volume that the service keeps its etcd on; the instance attaches it by itself.

    Stateful.
    """
    config = service.config.data_volume
    return EbsVolume(
        scope,
        "DataVolume",
        availability_zone=zone,
        encrypted=True,
        kms_key_id=kms_key_arn,
        size=config.size_gib,
        type=str(config.volume_type),
        iops=config.iops,
        tags=service.tags("data"),
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )


def define_launch_template(
    scope: Construct,
    service: Service,
    *,
    profile_arn: str,
    key_name: str,
    security_group_id: str,
    root_key_arn: str | None,
    user_data: str,
) -> LaunchTemplate:
    """Define what the instance is started from."""
    config, root = service.config, service.config.root_volume
    # The provider's default tags end at the template: what is launched from it needs them said.
    default_tags = DataAwsDefaultTags(scope, "DefaultTags").tags
    tags = Token.as_string_map(Fn.merge([default_tags, service.tags("management")]))
    return LaunchTemplate(
        scope,
        "LaunchTemplate",
        name=service.name("management"),
        image_id=config.ami_id or _NEWEST_UBUNTU,
        instance_type=config.instance_type,
        key_name=key_name,
        vpc_security_group_ids=[security_group_id],
        iam_instance_profile=LaunchTemplateIamInstanceProfile(arn=profile_arn),
        # Two hops: the service's own containers need the instance's role.
        metadata_options=LaunchTemplateMetadataOptions(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=2
        ),
        monitoring=LaunchTemplateMonitoring(enabled=True),
        block_device_mappings=[
            LaunchTemplateBlockDeviceMappings(
                device_name=_UBUNTU_ROOT_DEVICE,
                ebs=LaunchTemplateBlockDeviceMappingsEbs(
                    delete_on_termination="true",
                    encrypted="true",
                    kms_key_id=root_key_arn,
                    volume_size=root.size_gib,
                    volume_type=str(root.volume_type),
                    iops=root.iops,
                ),
            )
        ],
        tag_specifications=[
            LaunchTemplateTagSpecifications(resource_type=resource_type, tags=tags)
            for resource_type in ("instance", "volume")
        ],
        update_default_version=True,
        user_data=Fn.base64encode(_argument(user_data)),
        tags=service.tags("management"),
    )


def define_group(
    scope: Construct,
    service: Service,
    *,
    template: LaunchTemplate,
    subnet_id: str,
    target_group_arn: str,
    service_linked_role_arn: str | None,
) -> AutoscalingGroup:
    """Define the group that always has exactly one instance, replaced when its template changes."""
    return AutoscalingGroup(
        scope,
        "Resource",
        name=service.name("management"),
        min_size=1,
        max_size=1,
        desired_capacity=1,
        vpc_zone_identifier=[subnet_id],
        target_group_arns=[target_group_arn],
        # Not the load balancer's: an instance that waits for its agent would be replaced for ever.
        health_check_type="EC2",
        launch_template=AutoscalingGroupLaunchTemplate(
            id=template.id, version=Fn.tostring(template.latest_version)
        ),
        # The old instance goes first, because the data volume can be at one only.
        instance_refresh=AutoscalingGroupInstanceRefresh(
            strategy="Rolling",
            preferences=AutoscalingGroupInstanceRefreshPreferences(min_healthy_percentage=0),
        ),
        service_linked_role_arn=service_linked_role_arn,
        # Groups do not take the provider's default tags; instances have theirs from the template.
        tag=[
            AutoscalingGroupTag(key=key, value=value, propagate_at_launch=False)
            for key, value in sorted(service.naming.labels(service.tags("management")).items())
        ],
    )


def _argument(text: str) -> str:
    """Escape a text with tokens for a Terraform function; `Fn.raw_string` loses tokens and backslashes."""
    return text.replace("\\", "\\\\").replace('"', '\\"')
