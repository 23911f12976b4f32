"""What the on-prem team has to let through so that names are found, and what its name servers are told of AWS."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.names import asked_from_aws, own_vpc
from estate.derived.vpn.routes import from_onprem
from estate.model.dns import CLOUD_DNS, DNS_PORTS
from estate.model.environment import Environment
from operations.check.opening import Opening

_PORTS = ", ".join(DNS_PORTS)


def dns_openings(environment: Environment) -> Iterator[Opening]:
    """Yield who asks whom: Google Cloud and AWS the data centers, these AWS."""
    dns = environment.dns
    if dns is None:
        return
    servers = ", ".join(map(str, dns.servers()))
    if servers:
        domains = ", ".join(sorted(forward.domain for forward in dns.onprem.values()))
        yield Opening(str(CLOUD_DNS), servers, _PORTS, f"Cloud DNS asks for {domains}")
        vpc = own_vpc(environment)
        if vpc and asked_from_aws(environment):
            subnets = ", ".join(str(one.private) for _, one in sorted(vpc.zones.items()))
            yield Opening(subnets, servers, _PORTS, f"Route 53 asks for {domains}")
    if aws_forwarding(environment) and dns.aws:
        yield Opening(
            ", ".join(map(str, from_onprem(environment))),
            ", ".join(map(str, dns.aws.addresses.values())),
            _PORTS,
            f"name servers ask for {', '.join(sorted(dns.aws.domains.values()))}",
        )


def aws_forwarding(environment: Environment) -> str:
    """What name servers have to be told of AWS; empty where they have no way there, or nothing is answered."""
    names = environment.dns.aws if environment.dns else None
    if names is None or environment.vpn is None or not environment.vpn.transit:
        return ""
    return f"{', '.join(sorted(names.domains.values()))} to {', '.join(map(str, names.addresses.values()))}"
