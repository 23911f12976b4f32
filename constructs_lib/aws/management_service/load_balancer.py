"""The internal network load balancer in front of a management service.

Its DNS name is the service's address in everybody's kubeconfig. Left out: a certificate, because the
service ends TLS itself, and access logs, which AWS writes for listeners with TLS only.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb
"""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup, LbTargetGroupHealthCheck
from constructs import Construct

from constructs_lib.aws.management_service.service import Service
from constructs_lib.aws.management_vpc import Vpc
from constructs_lib.naming import Kind

_PORT = 443
# In seconds; there is one target, and nothing to drain to.
_DEREGISTRATION_DELAY = "30"


def define_load_balancer(
    scope: Construct, service: Service, vpc: Vpc, *, prevent_destroy: bool
) -> tuple[Lb, LbTargetGroup]:
    """Define the load balancer on port 443 of the private subnets, and the group its target joins.

    Stateful: another one has another DNS name.
    """
    # Not service.name: load balancers take 32 characters.
    name = service.naming.name("management", kind=Kind.LOAD_BALANCER)
    balancer = Lb(
        scope,
        "Resource",
        name=name,
        internal=True,
        load_balancer_type="network",
        subnets=[subnet_id for _, subnet_id in sorted(vpc.private_subnet_ids.items())],
        # Clients in all zones, the target in one.
        enable_cross_zone_load_balancing=True,
        enable_deletion_protection=prevent_destroy,
        tags=service.tags("management"),
        lifecycle=TerraformResourceLifecycle(prevent_destroy=prevent_destroy),
    )
    targets = LbTargetGroup(
        scope,
        "TargetGroup",
        name=name,
        port=_PORT,
        protocol="TCP",
        vpc_id=vpc.vpc_id,
        # With the client's address preserved, the instance could not reach itself through its own name.
        preserve_client_ip="false",
        deregistration_delay=_DEREGISTRATION_DELAY,
        health_check=LbTargetGroupHealthCheck(protocol="TCP", port="traffic-port"),
        tags=service.tags("management"),
    )
    LbListener(
        scope,
        "Listener",
        load_balancer_arn=balancer.arn,
        port=_PORT,
        protocol="TCP",
        default_action=[LbListenerDefaultAction(type="forward", target_group_arn=targets.arn)],
        tags=service.tags("management"),
    )
    return balancer, targets
