"""What ``hybrid check`` prints."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from estate.model.estate import Estate
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vpn.vpn import VpnConfig
from estate.reading.problems import Problem
from operations.cards.contents import contents
from operations.cards.notes import notes
from operations.cards.warnings import all_warnings
from operations.check.addresses import address_plans
from operations.check.cloud_addresses import HEADERS as CLOUD_HEADERS
from operations.check.cloud_addresses import cloud_rows
from operations.check.failures import HEADERS, failure_rows, vpn_json
from operations.check.offers import HEADERS as OFFERED
from operations.check.offers import offer_rows, offers
from operations.console import print_table, say
from operations.placeholders import each as each_placeholder
from operations.texts.counting import count


def print_report(estate: Estate, names: Sequence[str]) -> None:
    """Print a table of each named environment's contents, with warnings beneath."""
    for name in names:
        environment = estate.environments[name]
        rows = [(content.path, content.entity, content.summary) for content in contents(estate, name)]
        print_table(f"{name}", ("path", "what", "summary"), rows)
        _print_offers(estate, name)
        _print_addresses(name, environment.vmware)
        _print_failures(name, environment.vpn)
        for warning in all_warnings(estate, name):
            say(f"warning: {name}: {warning}", style="yellow")
        for placeholder in each_placeholder(estate, name):
            say(f"warning: {name}: {placeholder}", style="yellow")
    for note in notes(estate):
        say(f"note: {note}", style="cyan")
    say(f"{count(len(names), 'environment is', 'environments are')} valid", style="bold green")


def print_addresses(estate: Estate, names: Sequence[str]) -> None:
    """Print who uses which address of every user cluster's subnet, and what clusters in clouds take of theirs."""
    for name in names:
        _print_addresses(name, estate.environments[name].vmware)
        rows = cloud_rows(estate.environments[name])
        if rows:
            print_table(
                f"{name}: what clusters in clouds take at their largest, while they update",
                CLOUD_HEADERS,
                rows,
            )
    if not any(vmware.user_clusters for name in names if (vmware := estate.environments[name].vmware)):
        say("no user cluster on VMware, so no addresses of one")


def print_failures(estate: Estate, names: Sequence[str]) -> None:
    """Print what is left of every VPN when one part fails."""
    for name in names:
        _print_failures(name, estate.environments[name].vpn)
    if not any(vpn.peerings for name in names if (vpn := estate.environments[name].vpn)):
        say("no VPN, so none that fails")


def _print_addresses(name: str, vmware: VmwareConfig | None) -> None:
    for key, plan in address_plans(vmware) if vmware else ():
        rows = [(str(row.addresses), row.who) for row in plan.used]
        free = ", ".join(map(str, plan.free)) or "none"
        print_table(
            f"{name}: addresses of user cluster {key} in {plan.cidr}",
            ("addresses", "who"),
            [*rows, (f"free: {plan.free_count}", free)],
        )


def _print_offers(estate: Estate, name: str) -> None:
    rows = offer_rows(estate.organization, estate.environments[name])
    if rows:
        print_table(f"{name}: what workloads find in each cluster", OFFERED, rows)


def _print_failures(name: str, vpn: VpnConfig | None) -> None:
    for key, peering in vpn.peerings.items() if vpn else ():
        print_table(f"{name}: when one part of VPN {key} fails", HEADERS, failure_rows(peering))


def _phase(vmware: VmwareConfig | None) -> str | None:
    return vmware.phase.value if vmware else None


def _addresses_json(vmware: VmwareConfig | None) -> dict[str, Any]:
    return {
        key: {
            "cidr": plan.cidr,
            "used": [{"addresses": str(row.addresses), "who": row.who} for row in plan.used],
            "free": list(map(str, plan.free)),
            "free_count": plan.free_count,
        }
        for key, plan in (address_plans(vmware) if vmware else ())
    }


def report_json(estate: Estate, names: Sequence[str]) -> str:
    """The same for machines: environments by name with what is printed of each, notes, no problems."""
    environments: dict[str, Any] = {
        name: {
            "contents": [asdict(content) for content in contents(estate, name)],
            "phase": _phase(estate.environments[name].vmware),
            "clusters": [asdict(one) for one in offers(estate.organization, estate.environments[name])],
            "addresses": _addresses_json(estate.environments[name].vmware),
            "vpn": vpn_json(estate.environments[name].vpn),
            "warnings": list(all_warnings(estate, name)),
            "placeholders": [asdict(one) for one in estate.placeholders_of([name])],
        }
        for name in names
    }
    return json.dumps({"environments": environments, "notes": list(notes(estate)), "problems": []}, indent=2)


def problems_json(problems: Sequence[Problem]) -> str:
    """What is wrong, for machines: no environments, and each problem with its place."""
    return json.dumps({"environments": {}, "problems": [asdict(problem) for problem in problems]}, indent=2)
