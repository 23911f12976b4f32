"""Cloud NAT: a gateway with its router in each region, and the addresses that are reserved for it."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    in_network,
    key_beside,
    meant,
    pin,
    region_of,
    said,
    unless,
)

_GATEWAY: Final = "google_compute_router_nat"
_ROUTER: Final = "google_compute_router"
_ADDRESS: Final = "google_compute_address"
_PATH: Keys = ("google", "network", "nat")


def recognize_nat(found: Found, draft: Draft) -> None:
    """Put what the gateways of all regions have in common; the first one of a region counts."""
    by_region: dict[str, FoundObject] = {}
    for router in in_network(found, draft, _ROUTER):
        for gateway in _gateways(found, router):
            region = region_of(gateway) or region_of(router)
            if _has_place(found, draft, gateway, router, by_region.get(region)):
                by_region[region] = gateway
                draft.takes(_PATH, gateway, router)
                pin(draft, f"nat-{region}", gateway.text("name"))
                pin(draft, f"nat-{region}/router", router.text("name"))
    if not by_region:
        return
    first, *others = by_region.values()
    settings = _settings(first)
    for other in others:
        for key in sorted({*settings, *_settings(other)}):
            if _settings(other).get(key) != settings.get(key):
                draft.leave(
                    other,
                    _ATTRIBUTES[key],
                    "differs from that of another region, and all gateways here are set up alike",
                    f"nothing, where that of {first.address} is right everywhere",
                )
    draft.put(_PATH, settings)
    for gateway in by_region.values():
        _put_addresses(found, draft, gateway, first)


_ATTRIBUTES: Final = {
    "min_ports_per_machine": "min_ports_per_vm",
    "max_ports_per_machine": "max_ports_per_vm",
    "logs": "log_config",
}


def _gateways(found: Found, router: FoundObject) -> list[FoundObject]:
    return [one for one in found.of(_GATEWAY) if meant(found, one.text("router"), one, _ROUTER) is router]


def _has_place(
    found: Found, draft: Draft, gateway: FoundObject, router: FoundObject, before: FoundObject | None
) -> bool:
    tunnels = found.of("google_compute_vpn_tunnel")
    shared = any(meant(found, one.text("router"), one, _ROUTER) is router for one in tunnels)
    why = ""
    if before is not None:
        why = f"is a second gateway in its region, beside {before.address}"
    elif shared:
        why = "is at the router of a VPN, and a gateway here has a router of its own"
    if gateway.text("type") == "PRIVATE":
        why = "is between private networks, which nothing here does"
    if why:
        draft.leave(
            gateway,
            "",
            why,
            "keep it in the other Terraform, and leave its region's subnets to one of the two",
        )
    return not why


def _settings(gateway: FoundObject) -> dict[str, Any]:
    ports = {}
    if gateway.at("enable_dynamic_port_allocation"):
        ports["max_ports_per_machine"] = unless(gateway.at("max_ports_per_vm") or 4096, 4096)
    return said(
        min_ports_per_machine=unless(gateway.at("min_ports_per_vm") or 64, 64),
        **ports,
        logs="all" if gateway.text("log_config", 0, "filter") == "ALL" else None,
    )


def _put_addresses(found: Found, draft: Draft, gateway: FoundObject, first: FoundObject) -> None:
    """Keys are those of the first gateway's addresses; another region's have the same, and so the same names."""
    path = (*_PATH, "addresses")
    keys: list[str] = draft.at(*path) or []
    for position, reference in enumerate(gateway.texts("nat_ips")):
        address = meant(found, reference, gateway, _ADDRESS)
        if address is None:
            draft.leave(
                gateway,
                f"nat_ips.{position}",
                f"is an address that no state has, {reference}",
                "give the state that has it too, or reserve another before the gateway loses it",
            )
            continue
        name = address.text("name")
        known = [key for key in keys if _name(draft, key) == name]
        if gateway is first:
            key = key_beside(keys, name.removeprefix(f"{draft.organization}-{draft.environment}-nat-"))
            keys.append(key)
            draft.put(path, keys, address)
            pin(draft, f"nat-{key}/address", name)
        elif known:
            draft.takes(path, address)
        else:
            draft.leave(
                address,
                "name",
                "has a name that no address of the first region has, and a name here is one in every region",
                "keep it in the other Terraform until those who let it in have let another one in",
            )


def _name(draft: Draft, key: str) -> str:
    named = draft.at("google", "names", f"nat-{key}/address")
    return str(named or f"{draft.organization}-{draft.environment}-nat-{key}")
