"""Rules on the addresses at which private networks reach Google's APIs."""

from __future__ import annotations

from collections.abc import Iterator

from estate.facts.google.served import Served
from estate.facts.vmware.hosts import hosts, service_of
from estate.model.environment import Environment
from estate.model.google.private_access import PrivateGoogleAccess
from estate.model.rules import Violation, rule


@rule(on=Environment)
def restricted_address_serves_clusters_on_vmware(environment: Environment) -> Iterator[Violation]:
    """The address of Google's APIs serves every name that clusters on VMware call.

    https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/firewall-rules has the names.
    """
    network = environment.google and environment.google.network
    vmware = environment.vmware
    if not network or not vmware or not vmware.admin_cluster:
        return
    if network.private_google_access is not PrivateGoogleAccess.RESTRICTED:
        return
    served = Served.by_restricted()
    services = {service_of(host, vmware.location) for host in hosts(vmware.location)}
    lost = sorted(service for service in services if service and served.lacks(service))
    if lost:
        yield Violation(
            ("google", "network", "private_google_access"),
            f"must be private with clusters on VMware, got restricted, which does not serve {', '.join(lost)} by "
            f"Google's list of {served.updated} ({served.source}); say private",
        )
