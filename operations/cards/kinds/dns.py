"""Which domains are answered where."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.dns import DnsConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, certain


def _rows(entity: Entity[DnsConfig]) -> Iterator[tuple[str, str]]:
    dns = entity.config
    onprem, aws = len(dns.onprem), len(dns.aws.domains) if dns.aws else 0
    yield "", f"asked elsewhere: {onprem} of the data centers' domains, {aws} of AWS's"
    for key, forward in sorted(dns.onprem.items()):
        yield f"onprem.{key}", f"{forward.domain} at {', '.join(map(str, forward.servers))}"
    for key, domain in sorted(dns.aws.domains.items()) if dns.aws else ():
        yield f"aws.domains.{key}", f"{domain} at {', '.join(map(str, certain(dns.aws).addresses.values()))}"


def _warnings(entity: Entity[DnsConfig]) -> Iterator[tuple[Weight, str]]:
    dns, vpn = entity.config, entity.environment.vpn
    if dns.onprem and (vpn is None or vpn.onprem is None):
        yield (
            Weight.BROKEN,
            "dns.onprem without vpn.onprem: whoever joins the data centers has to lead 35.199.192.0/19 back to the "
            "network, or no answer arrives",
        )
    if dns.onprem and vpn and vpn.aws and not vpn.transit:
        yield (
            Weight.TOLD,
            "AWS has no way to the name servers of dns.onprem without vpn.transit, and asks nobody there",
        )


def _steps(entity: Entity[DnsConfig]) -> Iterator[Step]:
    names, vpn = entity.config.aws, entity.environment.vpn
    if names is None:
        return
    domains = ", ".join(sorted(names.domains.values()))
    yield Step(
        Turn.AFTER,
        f"associate the private hosted zones of {domains} with the VPC, or nobody answers for them",
    )
    if vpn and vpn.transit:
        addresses = ", ".join(map(str, names.addresses.values()))
        yield Step(Turn.AFTER, f"have the name servers of the data centers forward {domains} to {addresses}")


CARD = Card(
    path="dns",
    models=(DnsConfig,),
    noun="names across sites",
    parts=("onprem", "aws"),
    rows=_rows,
    warnings=_warnings,
    steps=_steps,
    constructs={"Dns": "DNS"},
    collections={
        "Onprem": "forwarding zone",
        "Aws": "forwarding zone",
        "Rules": "resolver rule",
        "Kept": "resolver rule",
    },
)
