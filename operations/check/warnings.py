"""What is allowed and yet worth saying aloud, per environment."""

from __future__ import annotations

from collections.abc import Iterator

from environments.model.aws.management_service import MAINTENANCE_WARNING
from environments.model.aws.management_vpc import ManagementVpcConfig, NatGateways
from environments.model.environment import Environment

_ZONES_THAT_KEEP_A_QUORUM = 3


def warnings(environment: Environment) -> Iterator[str]:
    """Yield each warning as a sentence without a final period; no clock is read."""
    if environment.state.local:
        yield "its state lies on this machine only (.state/), fit for trying out: nobody else sees or locks it"
    if not environment.deletion_protection:
        yield "deletion_protection is off: Terraform destroys keys, networks and gateways without asking"
    aws = environment.aws
    if aws is None:
        return
    if isinstance(aws.management_vpc, ManagementVpcConfig):
        vpc = aws.management_vpc
        if len(vpc.zones) < _ZONES_THAT_KEEP_A_QUORUM:
            yield f"management_vpc has {len(vpc.zones)} of the three zones that survive the loss of one"
        if vpc.nat_gateways is NatGateways.SINGLE and len(vpc.zones) > 1:
            yield "a single NAT gateway serves all zones: when its zone is lost, none reaches the internet"
    if aws.management_service:
        yield MAINTENANCE_WARNING
