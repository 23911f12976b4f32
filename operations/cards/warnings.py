"""What is allowed and yet worth saying aloud, per environment."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.aws.management_service import MAINTENANCE_WARNING
from estate.model.aws.management_vpc import ManagementVpcConfig, NatGateways
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.vmware.vcenter import HOSTS_TO_SPREAD_OVER
from estate.model.vmware.vmware import VmwareConfig
from operations.cards.eks import eks_warnings
from operations.cards.fleet import fleet_warnings
from operations.cards.google import google_warnings
from operations.cards.sharing import sharing_warnings
from operations.cards.vpn import vpn_warnings
from operations.cards.vsphere import vsphere_warnings

_ZONES_THAT_KEEP_A_QUORUM = 3


def all_warnings(estate: Estate, name: str) -> Iterator[str]:
    """Yield the warnings of one environment, those about what it shares with others last."""
    yield from warnings(estate.environments[name])
    yield from sharing_warnings(estate, name)


def warnings(environment: Environment) -> Iterator[str]:
    """Yield each warning as a sentence without a final period; no clock is read."""
    if environment.state.local:
        yield "its state lies on this machine only (.state/), fit for trying out: nobody else sees or locks it"
    if not environment.deletion_protection:
        yield "deletion_protection is off: Terraform destroys keys, networks and gateways without asking"
    if environment.vmware:
        yield from _vmware(environment.vmware, protected=environment.deletion_protection)
    yield from vsphere_warnings(environment)
    yield from google_warnings(environment)
    yield from fleet_warnings(environment)
    yield from vpn_warnings(environment)
    yield from eks_warnings(environment)
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


def _vmware(vmware: VmwareConfig, *, protected: bool) -> Iterator[str]:
    clusters = ", ".join(sorted(vmware.user_clusters))
    if vmware.user_clusters and not protected:
        yield (
            f"deletion_protection is off: destroying a user cluster ({clusters}) destroys its nodes, its etcd, "
            "the volumes that no retain policy keeps, and its membership"
        )
    for key in sorted(vmware.user_clusters):
        hosts = vmware.vcenter_of(key).hosts
        if hosts is not None and hosts < HOSTS_TO_SPREAD_OVER:
            yield (
                f"user cluster {key} has {hosts} of the {HOSTS_TO_SPREAD_OVER} physical hosts that keep its nodes "
                "apart: losing one may stop its control plane"
            )
    if vmware.admin_cluster and not vmware.admin_cluster.addresses:
        yield "vmware.admin_cluster says no addresses: a user cluster that takes one of them is not noticed"
