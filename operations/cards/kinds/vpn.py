"""The VPNs of an environment together: one Cloud Router, and the keys of all tunnels."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.vpn.keys import secrets
from estate.facts.google.transit import ASK, Transit
from estate.model.vpn.vpn import VpnConfig
from operations.cards.card import Card, Entity, Feature, Step, Turn, Weight, certain, row


def _summary(entity: Entity[VpnConfig]) -> str:
    vpn = entity.config
    transit = ""
    if vpn.onprem and vpn.aws:
        joined = "passes traffic" if vpn.transit else "passes no traffic"
        by = ", by a hub" if vpn.transit_by.hub else ""
        transit = f", {joined} between onprem and aws{by}"
    return f"AS {vpn.asn}{transit}"


def _warnings(entity: Entity[VpnConfig]) -> Iterator[tuple[Weight, str]]:
    vpn = entity.config
    if vpn.transit and vpn.transit_by.advertised:
        told = "each side is told of the other's ranges also when that side is gone"
        if vpn.transit_by.hub:
            yield (
                Weight.TOLD,
                f"vpn.transit_by: both is the step of a move, and {told}; say hub once it was applied",
            )
        else:
            yield (
                Weight.FRAGILE,
                f"vpn.transit goes by advertisements: {told}; a hub tells what there is, and hybrid prerequisites "
                f"{entity.environment.environment} has the order of the move",
            )


def _move(entity: Entity[VpnConfig]) -> Iterator[Step]:
    """Transit by advertisements goes over to a hub in two applies, and neither side is told less between them."""
    vpn, name = entity.config, entity.environment.environment
    google = certain(entity.environment.google)
    if not (vpn.transit and vpn.transit_by.advertised):
        return
    known = google.region in Transit.between_sites().regions
    router = f"ROUTER --region {google.region} --project {google.host_project.id}"
    asked = (
        ""
        if known
        else f"ask whether {google.region} transfers data between sites, and say transit_location_checked; "
    )
    yield Step(
        Turn.AFTER,
        f"move transit to a hub: {asked}say transit_by: both, give the rights that are printed here then, and apply, "
        "which makes a hub with a spoke a VPN and changes nothing else; see that the sessions advertise the other side's ranges; say transit_by: hub and "
        "apply, which takes these out of the sessions' own lists, as hybrid review says of each",
        (
            *(() if known else (ASK,)),
            f"hybrid plan {name}",
            f"gcloud compute routers get-status {router}",
        ),
    )


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
    yield from _move(entity)


CARD = Card(
    path="vpn",
    models=(VpnConfig,),
    noun="Cloud Router",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    constructs={"Vpn": "VPN"},
    feature=Feature("vpn", "google_compute_ha_vpn_gateway.*"),
)
