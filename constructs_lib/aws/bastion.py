"""The way from outside into the private subnets of a VPC.

Left out: detailed monitoring and an alarm, since the bastion keeps nothing and a replaced one is up
again in minutes; a customer managed key for its volume, on which no data lies.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance
"""

from __future__ import annotations

import hashlib
import json
from ipaddress import IPv4Network
from typing import Final

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.data_aws_ami import DataAwsAmi, DataAwsAmiFilter
from cdktf_cdktf_provider_aws.eip import Eip
from cdktf_cdktf_provider_aws.eip_association import EipAssociation
from cdktf_cdktf_provider_aws.iam_instance_profile import IamInstanceProfile
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.instance import Instance, InstanceMetadataOptions, InstanceRootBlockDevice
from cdktf_cdktf_provider_aws.key_pair import KeyPair
from cdktf_cdktf_provider_aws.security_group import (
    SecurityGroup,
    SecurityGroupEgress,
    SecurityGroupIngress,
)
from constructs import Construct

from constructs_lib.aws.bastion_scripts import USER_DATA, session_manager_tunnel_script, ssh_tunnel_script
from constructs_lib.aws.management_vpc import Vpc
from constructs_lib.naming import Kind, Naming
from estate.model.aws.bastion import BastionAccess, BastionConfig

_CANONICAL = "099720109477"  # https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/
_SSH_PORT = 22


class Bastion(Construct):
    """Define an instance in a public subnet with a proxy on its loopback, behind SSH or Session Manager.

    Stateful. Its public address stands in other people's firewalls and is kept; the instance behind it
    holds nothing and is replaced when its start-up script or key changes. A newer image never replaces
    it. SSH rules stand in the security group itself, so that one added by hand shows up as drift; other
    groups name this one as a source with rules of their own.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: BastionConfig,
        vpc: Vpc,
        naming: Naming,
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        self._access = config.access
        self._naming = naming
        self._tags = {"Name": naming.name("bastion")}
        self._ssh_cidrs: set[IPv4Network] = set()

        self._security_group = self._define_security_group(vpc)
        for cidr in config.allowed_ssh_cidrs:
            self.allow_ssh_from(cidr)
        address = Eip(
            self,
            "Address",
            domain="vpc",
            tags=self._tags,
            lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
        )
        zone = config.zone or min(vpc.public_subnet_ids)
        instance = self._define_instance(config, vpc.public_subnet_ids[zone])
        EipAssociation(
            self, "AddressAssociation", allocation_id=address.allocation_id, instance_id=instance.id
        )

        self.security_group_id: Final[str] = self._security_group.id
        self.public_ip: Final[str] = address.public_ip
        self.instance_id: Final[str] = instance.id
        self.tunnel_script: Final[str] = (
            ssh_tunnel_script(public_ip=self.public_ip, instance_id=self.instance_id)
            if config.access is BastionAccess.SSH
            else session_manager_tunnel_script(region=zone[:-1], instance_id=self.instance_id)
        )

    def allow_ssh_from(self, cidr: IPv4Network) -> None:
        """Open port 22 to a range; twice is once.

        Raises:
            ValueError: people come in by Session Manager, which opens no port.
        """
        if self._access is not BastionAccess.SSH:
            raise ValueError(
                f"bastion.access must be ssh to allow {cidr}, got {self._access}; session_manager opens no port"
            )
        self._ssh_cidrs.add(cidr)
        ingress = SecurityGroupIngress(
            description="SSH",
            protocol="tcp",
            from_port=_SSH_PORT,
            to_port=_SSH_PORT,
            cidr_blocks=[str(allowed) for allowed in sorted(self._ssh_cidrs)],
        )
        self._security_group.put_ingress([ingress])

    def _define_security_group(self, vpc: Vpc) -> SecurityGroup:
        def to(cidr: str, port: int, description: str) -> SecurityGroupEgress:
            return SecurityGroupEgress(
                description=description, protocol="tcp", from_port=port, to_port=port, cidr_blocks=[cidr]
            )

        return SecurityGroup(
            self,
            "SecurityGroup",
            name=self._naming.name("bastion", kind=Kind.SECURITY_GROUP),
            description="Bastion",
            vpc_id=vpc.vpc_id,
            # Written out as empty: left out, rules that somebody adds by hand would go unnoticed.
            ingress=[],
            egress=[
                to("0.0.0.0/0", 80, "Package archive"),
                to("0.0.0.0/0", 443, "What the proxy forwards to, AWS"),
                to(str(vpc.cidr), _SSH_PORT, "SSH to instances of the VPC"),
            ],
            tags=self._tags,
        )

    def _define_instance(self, config: BastionConfig, subnet_id: str) -> Instance:
        key_pair = profile = None
        if config.public_key:  # with access: ssh, and only then
            key_pair = KeyPair(
                self,
                "KeyPair",
                key_name=self._key_name(config.public_key),
                public_key=config.public_key,
                tags=self._tags,
            )
        else:
            profile = self._define_session_manager_profile()
        return Instance(
            self,
            "Resource",
            ami=config.ami_id or self._newest_image().id,
            instance_type=config.instance_type,
            subnet_id=subnet_id,
            vpc_security_group_ids=[self._security_group.id],
            key_name=key_pair.key_name if key_pair else None,
            iam_instance_profile=profile.name if profile else None,
            metadata_options=InstanceMetadataOptions(
                http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
            ),
            root_block_device=InstanceRootBlockDevice(
                encrypted=True, volume_type="gp3", volume_size=config.root_volume_gib
            ),
            # By the minute: five minutes are long for whoever waits to log in.
            user_data=USER_DATA,
            # Start-up scripts run once an instance: changed in place they would change nothing.
            user_data_replace_on_change=True,
            tags=self._tags,
            lifecycle=TerraformResourceLifecycle(ignore_changes=None if config.ami_id else ["ami"]),
        )

    def _key_name(self, public_key: str) -> str:
        # A running instance never hears of another key under the same name, so the name follows the key.
        algorithm, key = public_key.split(" ")[:2]
        return self._naming.name("bastion", hashlib.sha256(f"{algorithm} {key}".encode()).hexdigest()[:8])

    def _newest_image(self) -> DataAwsAmi:
        return DataAwsAmi(
            self,
            "Image",
            owners=[_CANONICAL],
            most_recent=True,
            filter=[
                DataAwsAmiFilter(
                    name="name", values=["ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-amd64-server-*"]
                ),
                DataAwsAmiFilter(name="virtualization-type", values=["hvm"]),
            ],
        )

    def _define_session_manager_profile(self) -> IamInstanceProfile:
        name = self._naming.name("bastion", kind=Kind.IAM)
        role = IamRole(
            self,
            "Role",
            name=name,
            assume_role_policy=_policy({"Principal": {"Service": "ec2.amazonaws.com"}}, ["sts:AssumeRole"]),
            tags=self._tags,
        )
        # Not the AWS managed policy AmazonSSMManagedInstanceCore: it also reads every parameter of the
        # account. These actions know no resource to name.
        # https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
        IamRolePolicy(
            self,
            "RolePolicy",
            name="session-manager",
            role=role.name,
            policy=_policy(
                {"Resource": "*"},
                [
                    "ssm:UpdateInstanceInformation",
                    "ssmmessages:CreateControlChannel",
                    "ssmmessages:CreateDataChannel",
                    "ssmmessages:OpenControlChannel",
                    "ssmmessages:OpenDataChannel",
                ],
            ),
        )
        return IamInstanceProfile(self, "InstanceProfile", name=name, role=role.name, tags=self._tags)


def _policy(to: dict[str, object], actions: list[str]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **to, "Action": actions}]})
