"""The VPNs of an environment together: one Cloud Router, and the keys of all tunnels."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.vpn.keys import secrets
from estate.model.vpn.vpn import VpnConfig
from operations.cards.card import Card, Entity, Feature, Step, Turn, row


def _summary(entity: Entity[VpnConfig]) -> str:
    vpn = entity.config
    transit = ""
    if vpn.onprem and vpn.aws:
        joined = "passes traffic" if vpn.transit else "passes no traffic"
        transit = f", {joined} between onprem and aws"
    return f"AS {vpn.asn}{transit}"


def _steps(entity: Entity[VpnConfig]) -> Iterator[Step]:
    # Every tunnel has a key, and every VPN a tunnel.
    variables = ", ".join(f"TF_VAR_{secret.variable}" for secret in secrets(entity.environment))
    yield Step(
        Turn.BEFORE,
        "make a key of its own for each of these variables, keep them where your pipeline keeps secrets, export "
        f"them wherever Terraform plans or applies, and give the on-prem team theirs: {variables}",
        ("LC_ALL=C tr -dc A-Za-z1-9 </dev/urandom | head -c 48; echo",),
    )
    if entity.config.onprem:
        name = entity.environment.environment
        yield Step(
            Turn.BEFORE,
            "have the on-prem firewalls let through what is used, at both ends of the tunnels",
            (f"hybrid firewall {name} --format markdown",),
        )
        yield Step(
            Turn.AFTER,
            "give the on-prem team what its devices are set up with: addresses, AS numbers, tunnels",
            (f"terraform -chdir=cdktf.out/stacks/{name} output -raw vpn_onprem",),
        )
        google = entity.environment.google
        if google and google.network and google.network.inbound_dns:
            yield Step(
                Turn.AFTER,
                f"have the name servers of the data centers forward Google's domains to what this prints: hybrid firewall {name} "
                "lists them",
                (f"terraform -chdir=cdktf.out/stacks/{name} output -raw dns_forwarders",),
            )


CARD = Card(
    path="vpn",
    models=(VpnConfig,),
    noun="Cloud Router",
    rows=row(_summary),
    steps=_steps,
    constructs={"Vpn": "VPN"},
    feature=Feature("vpn", "google_compute_ha_vpn_gateway.*"),
)
