"""The security groups of a management service: its instance, control planes, node pools.

The groups of control planes and pools name each other, so their rules are resources of their own; the
instance's group has its rules inside, where one added by hand shows up as drift. The product adds
groups of its own to each user cluster.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/aws/previous-generation/reference/security-groups
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cdktf_cdktf_provider_aws.security_group import (
    SecurityGroup,
    SecurityGroupEgress,
    SecurityGroupIngress,
)
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from constructs_lib.aws.management_service.service import Service
from constructs_lib.aws.management_vpc import Vpc
from constructs_lib.naming import Kind

_ANYWHERE: Final = "0.0.0.0/0"
_SSH, _HTTP, _HTTPS = 22, 80, 443
_ETCD, _ETCD_EVENTS, _KONNECTIVITY, _KUBELET, _HEALTH = 2380, 2381, 8132, 10250, 11872


@dataclass(frozen=True)
class _Group:
    """A group whose rules are resources of their own."""

    scope: Construct
    group: SecurityGroup
    service: Service

    def let_in(
        self, id_: str, name: str, port: int | None, *, cidr: str | None = None, group_id: str | None = None
    ) -> None:
        """Define an ingress rule; all protocols and ports without a port."""
        VpcSecurityGroupIngressRule(
            self.scope,
            id_,
            security_group_id=self.group.id,
            description=name,
            ip_protocol="-1" if port is None else "tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4=cidr,
            referenced_security_group_id=group_id,
            tags={**self.service.config.labels, "Name": name},
        )

    def let_out(
        self, id_: str, name: str, port: int | None, *, cidr: str | None = None, group_id: str | None = None
    ) -> None:
        """Define an egress rule; all protocols and ports without a port."""
        VpcSecurityGroupEgressRule(
            self.scope,
            id_,
            security_group_id=self.group.id,
            description=name,
            ip_protocol="-1" if port is None else "tcp",
            from_port=port,
            to_port=port,
            cidr_ipv4=cidr,
            referenced_security_group_id=group_id,
            tags={**self.service.config.labels, "Name": name},
        )


@dataclass(frozen=True)
class SecurityGroups:
    """The three groups, and who may log in to what is in them.

    Attributes:
        management: group of the service's own instance.
    """

    management: SecurityGroup
    _management_ingress: tuple[SecurityGroupIngress, ...]
    _control_plane: _Group
    _node_pool: _Group

    @property
    def control_plane_group_id(self) -> str:
        """Id of the group of control plane nodes."""
        return self._control_plane.group.id

    @property
    def node_pool_group_id(self) -> str:
        """Id of the group of worker nodes."""
        return self._node_pool.group.id

    def allow_ssh_from(self, security_group_id: str) -> None:
        """Open port 22 of all three groups to what is in another group."""
        self.management.put_ingress(
            [
                *self._management_ingress,
                SecurityGroupIngress(
                    description="SSH from the bastion",
                    protocol="tcp",
                    from_port=_SSH,
                    to_port=_SSH,
                    security_groups=[security_group_id],
                ),
            ]
        )
        for nodes in (self._control_plane, self._node_pool):
            nodes.let_in("SshFromBastion", "SSH from the bastion", _SSH, group_id=security_group_id)


def define_security_groups(scope: Construct, service: Service, vpc: Vpc) -> SecurityGroups:
    """Define the groups and what passes between them; nobody can log in before `allow_ssh_from`."""
    ingress = SecurityGroupIngress(
        description="API of the service, from the VPC",
        protocol="tcp",
        from_port=_HTTPS,
        to_port=_HTTPS,
        cidr_blocks=[str(vpc.cidr)],
    )
    egress = [
        SecurityGroupEgress(
            description=description, protocol="tcp", from_port=port, to_port=port, cidr_blocks=[_ANYWHERE]
        )
        for port, description in ((_HTTP, "Package archive"), (_HTTPS, "Google Cloud, AWS, clusters"))
    ]
    management = SecurityGroup(
        scope,
        "Management",
        name=service.name("management", Kind.SECURITY_GROUP),
        description="Management service of GKE on AWS",
        vpc_id=vpc.vpc_id,
        ingress=[ingress],
        egress=egress,
        tags=service.tags("management"),
    )
    control_plane = _define_group(
        Construct(scope, "ControlPlane"),
        service,
        vpc,
        "controlplane",
        "Control planes of GKE on AWS clusters",
    )
    node_pool = _define_group(
        Construct(scope, "NodePool"), service, vpc, "nodepool", "Node pools of GKE on AWS clusters"
    )
    _define_control_plane_rules(control_plane, node_pool.group.id, str(vpc.cidr))
    _define_node_pool_rules(node_pool, control_plane.group.id)
    return SecurityGroups(management, (ingress,), control_plane, node_pool)


def _define_group(scope: Construct, service: Service, vpc: Vpc, key: str, description: str) -> _Group:
    group = SecurityGroup(
        scope,
        "Resource",
        name=service.name(key, Kind.SECURITY_GROUP),
        description=description,
        vpc_id=vpc.vpc_id,
        tags=service.tags(key),
    )
    return _Group(scope, group, service)


def _define_control_plane_rules(group: _Group, nodes_id: str, vpc_cidr: str) -> None:
    # The whole VPC, as versions below 1.26 want it: clients come through a load balancer.
    group.let_in("ApiFromVpc", "Kubernetes API from the VPC", _HTTPS, cidr=vpc_cidr)
    group.let_in("HealthFromVpc", "Health checks of load balancers", _HEALTH, cidr=vpc_cidr)
    group.let_in("KonnectivityFromNodes", "Konnectivity agents", _KONNECTIVITY, group_id=nodes_id)
    for id_, name, port in (("Etcd", "etcd", _ETCD), ("EtcdEvents", "etcd for events", _ETCD_EVENTS)):
        group.let_in(f"{id_}FromReplicas", name, port, group_id=group.group.id)
        group.let_out(f"{id_}ToReplicas", name, port, group_id=group.group.id)
    group.let_out("KubeletToNodes", "Kubelets", _KUBELET, group_id=nodes_id)
    group.let_out("HttpAnywhere", "Package archive", _HTTP, cidr=_ANYWHERE)
    group.let_out("HttpsAnywhere", "Google Cloud and AWS", _HTTPS, cidr=_ANYWHERE)


def _define_node_pool_rules(group: _Group, control_plane_id: str) -> None:
    group.let_in("KubeletFromControlPlane", "Kubelet", _KUBELET, group_id=control_plane_id)
    group.let_in("AllFromNodes", "Between pods", None, group_id=group.group.id)
    # What workloads may talk to is for network policies and the networks around to say.
    group.let_out("AllAnywhere", "Workloads", None, cidr=_ANYWHERE)
