"""Subnets with their secondary ranges, those of proxies, and the groups that may use them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    elsewhere,
    in_network,
    keyed,
    meant,
    region_of,
    said,
    unless,
)

TYPE: Final = "google_compute_subnetwork"
_NETWORK: Keys = ("google", "network")
_PATH: Keys = (*_NETWORK, "subnets")
_PROXIES: Keys = (*_NETWORK, "proxy_subnets")
_FOR_PROXIES: Final = frozenset({"REGIONAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER"})
_FOR_MACHINES: Final = frozenset({"", "PRIVATE", "PRIVATE_RFC_1918"})
_SECONDS: Final = {
    "INTERVAL_5_SEC": 5,
    "INTERVAL_30_SEC": 30,
    "INTERVAL_1_MIN": 60,
    "INTERVAL_5_MIN": 300,
    "INTERVAL_10_MIN": 600,
    "INTERVAL_15_MIN": 900,
}
_USE: Final = "roles/compute.networkUser"
_DEFAULT_LOGS: Final = {"sampling_percent": 10, "aggregation_seconds": 300}
_PAIR: Final = 2


def recognize_subnets(found: Found, draft: Draft) -> None:
    """Put the subnets of the network."""
    logs: dict[str, Mapping[str, int]] = {}
    for subnet in in_network(found, draft, TYPE):
        purpose = subnet.text("purpose")
        if purpose in _FOR_PROXIES:
            _put_proxies(draft, subnet)
        elif purpose in _FOR_MACHINES:
            key = _put_subnet(found, draft, subnet)
            logs[key] = _flow_logs(draft, subnet)
        else:
            draft.leave(
                subnet,
                "",
                f"is for {purpose}, and a subnet here is for machines or for proxies of a region",
                "keep it in the other Terraform",
            )
    _put_flow_logs(draft, logs)


def _put_subnet(found: Found, draft: Draft, subnet: FoundObject) -> str:
    key, name = keyed(draft, _PATH, subnet.text("name"))
    ranges = dict(_ranges(found, draft, subnet))
    draft.put(
        (*_PATH, key),
        said(
            name=name,
            cidr=subnet.text("ip_cidr_range") or None,
            **ranges,
            region=elsewhere(region_of(subnet), draft),
            network_users=_users(found, subnet) or None,
        ),
        subnet,
    )
    if subnet.text("stack_type") not in {"", "IPV4_ONLY"}:
        draft.leave(subnet, "stack_type", "has IPv6, which nothing here knows", "leave IPv6 out first")
    return key


def _put_proxies(draft: Draft, subnet: FoundObject) -> None:
    key, name = keyed(draft, _PROXIES, subnet.text("name"), entity="proxies")
    draft.put(
        (*_PROXIES, key),
        said(
            name=name,
            cidr=subnet.text("ip_cidr_range") or None,
            region=elsewhere(region_of(subnet), draft),
            role=unless(subnet.text("role").lower() or "active", "active"),
        ),
        subnet,
    )


def _ranges(found: Found, draft: Draft, subnet: FoundObject) -> Iterator[tuple[str, str]]:
    """The ranges of pods and services, and their names where these would be others."""
    by_name = {
        str(one.get("range_name")): str(one.get("ip_cidr_range"))
        for one in subnet.blocks("secondary_ip_range")
    }
    names = _of_a_cluster(found, subnet) or _by_their_names(by_name)
    taken = [name for name in names if name in by_name]
    if len(taken) == _PAIR:
        for field, name in zip(("pods", "services"), taken, strict=True):
            yield field, by_name.pop(name)
            if name != field:
                yield f"{field}_name", name
    if by_name:
        draft.leave(
            subnet,
            "secondary_ip_range",
            f"has the ranges {', '.join(sorted(by_name))} besides, and a subnet here has those of one cluster",
            "move what uses them to a subnet of its own first: an apply would take them off the subnet, which Google "
            "refuses while they are used",
        )


def _of_a_cluster(found: Found, subnet: FoundObject) -> tuple[str, str] | None:
    """Names of the ranges that the first cluster in the subnet says are of its pods and services."""
    for cluster in found.of("google_container_cluster"):
        if meant(found, cluster.text("subnetwork"), cluster, TYPE) is subnet:
            policy = ("ip_allocation_policy", 0)
            pods = cluster.text(*policy, "cluster_secondary_range_name")
            services = cluster.text(*policy, "services_secondary_range_name")
            if pods and services:
                return pods, services
    return None


def _by_their_names(ranges: Mapping[str, str]) -> tuple[str, str]:
    """Names of two ranges of which one says that it is for pods, and the other for services."""
    pods = [name for name in ranges if "pod" in name]
    services = [name for name in ranges if "service" in name or "svc" in name]
    return (pods[0], services[0]) if len(pods) == len(services) == 1 and pods != services else ("", "")


def _users(found: Found, subnet: FoundObject) -> list[str]:
    return [
        member.text("member").removeprefix("group:")
        for member in found.of("google_compute_subnetwork_iam_member")
        if member.text("role") == _USE
        and member.text("member").startswith("group:")
        and meant(found, member.text("subnetwork"), member, TYPE) is subnet
    ]


def _flow_logs(draft: Draft, subnet: FoundObject) -> Mapping[str, int]:
    if not subnet.blocks("log_config"):
        return {"sampling_percent": 0}
    share: Any = subnet.at("log_config", 0, "flow_sampling")
    percent = 50.0 if share is None else float(share) * 100
    if percent != round(percent):
        draft.leave(
            subnet,
            "log_config",
            f"logs {percent} % of the flows, and a share here is whole",
            "nothing: it is rounded",
        )
    interval = subnet.text("log_config", 0, "aggregation_interval")
    return {"sampling_percent": round(percent), "aggregation_seconds": _SECONDS.get(interval, 5)}


def _put_flow_logs(draft: Draft, logs: Mapping[str, Mapping[str, int]]) -> None:
    """Once for the network where all subnets log alike, by subnet elsewhere; nothing where it is the default."""
    alike = [*logs.values()]
    if alike and all(one == alike[0] for one in alike):
        if alike[0] != _DEFAULT_LOGS:
            draft.put((*_NETWORK, "flow_logs"), _without_defaults(alike[0]))
        return
    for key, one in logs.items():
        if one != _DEFAULT_LOGS:
            draft.put((*_PATH, key, "flow_logs"), _without_defaults(one))


def _without_defaults(logs: Mapping[str, int]) -> dict[str, int]:
    return {key: value for key, value in logs.items() if value != _DEFAULT_LOGS[key]}
