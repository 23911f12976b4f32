"""What comes into the network: rules of its firewall policy, and classic rules that fit among them.

A classic rule is another kind of object, which Google asks before a policy: what it lets in is said as an opening, the rule
itself goes once the opening stands. What the table cannot say (egress, refusals, tags) is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from estate.model.google.firewall import OWN_OPENINGS
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import in_network, last, meant, of_host, pin, said

_POLICY: Final = "google_compute_network_firewall_policy"
_ASSOCIATION: Final = "google_compute_network_firewall_policy_association"
_RULE: Final = "google_compute_network_firewall_policy_rule"
_CLASSIC: Final = "google_compute_firewall"
_PATH: Keys = ("google", "network", "firewall")
_ALLOWS: Keys = (*_PATH, "allows")
_PROTOCOLS: Final = {"1": "icmp", "6": "tcp", "17": "udp", "icmp": "icmp", "tcp": "tcp", "udp": "udp"}
_WHOLE_INTERNET: Final = "0.0.0.0/0"
_PRIORITIES: Final = range(1000, 60000)
_STEP: Final = 10
_LONGEST_WHY, _SHORTEST_WHY = 200, 5
_KEEP: Final = "keep it in the other Terraform"
_MORE_OF_A_MATCH: Final = (
    "src_fqdns",
    "src_region_codes",
    "src_threat_intelligences",
    "src_address_groups",
    "src_secure_tags",
    "src_networks",
    "dest_ip_ranges",
)


def recognize_firewall(found: Found, draft: Draft) -> None:
    """Put the openings of the network."""
    networks = draft.origins.get(("google", "network"), [])
    for association in of_host(found, draft, _ASSOCIATION):
        target = association.text("attachment_target")
        if any(meant(found, target, association, one.type) is one for one in networks):
            _put_policy(found, draft, association)
    taken = {one["priority"] for one in (draft.at(*_ALLOWS) or {}).values()}
    classic = sorted(
        in_network(found, draft, _CLASSIC), key=lambda one: (one.at("priority") or 1000, one.text("name"))
    )
    for rule in classic:
        free = next(priority for priority in _PRIORITIES[::_STEP] if priority not in taken)
        if _put_classic(draft, rule, free):
            taken.add(free)


def _put_policy(found: Found, draft: Draft, association: FoundObject) -> None:
    name = association.text("firewall_policy")
    policy = meant(found, name, association, _POLICY)
    draft.takes(_PATH, association, *([policy] if policy else []))
    pin(draft, "firewall", last(name))
    pin(draft, "firewall/association", association.text("name"))
    for rule in of_host(found, draft, _RULE):
        if last(rule.text("firewall_policy")) == last(name):
            _put_rule(draft, rule)


def _put_rule(draft: Draft, rule: FoundObject) -> None:
    name = rule.text("rule_name")
    if rule.text("action") == "deny" and rule.text("direction") == "INGRESS" and _refuses_everybody(rule):
        draft.takes(_PATH, rule)
        if rule.at("enable_logging") is not True:
            draft.put((*_PATH, "log_denied"), False)  # noqa: FBT003 - the value that the file says
        return
    if name in OWN_OPENINGS and rule.text("action") == "allow":
        draft.takes(_PATH, rule)
        return
    priority = rule.at("priority")
    why = _why_no_opening(rule) or _why_none_of(rule.blocks("match"))
    if not why and priority not in _PRIORITIES:
        why = f"has priority {priority}, and openings have {_PRIORITIES[0]} to {_PRIORITIES[-1]}"
    cluster = None
    if not why and rule.texts("target_service_accounts"):
        cluster = _cluster(draft, rule.texts("target_service_accounts"))
        why = "" if cluster else "is for machines of accounts that are no cluster's nodes"
    match: Sequence[Mapping[str, Any]] = rule.blocks("match") or [{}]
    ports = _ports(match[0].get("layer4_configs"), "ip_protocol")
    sources = rule.texts("match", 0, "src_ip_ranges")
    _put_opening(draft, rule, name or f"rule-{priority}", priority, sources, ports, cluster, why)


def _refuses_everybody(rule: FoundObject) -> bool:
    protocols = rule.blocks("match", 0, "layer4_configs")
    return rule.texts("match", 0, "src_ip_ranges") == [_WHOLE_INTERNET] and [
        one.get("ip_protocol") for one in protocols
    ] == ["all"]


def _why_no_opening(rule: FoundObject) -> str:
    """Why a rule of either kind is none that lets in; "" where it is one."""
    if rule.text("direction") not in {"", "INGRESS"}:
        return "is for what goes out, which is free here"
    if rule.at("disabled") is True:
        return "is switched off"
    if rule.at("target_secure_tags") or rule.at("target_tags") or rule.at("source_tags"):
        return "is for machines with tags, and an opening is for a cluster's nodes or for all machines"
    if rule.at("source_service_accounts"):
        return "is for what machines of an account send, and an opening says ranges"
    return ""


def _why_none_of(matches: Sequence[Mapping[str, Any]]) -> str:
    more = [key for key in _MORE_OF_A_MATCH for match in matches if match.get(key)]
    return f"says {', '.join(more)}, and an opening knows ranges and ports" if more else ""


def _put_classic(draft: Draft, rule: FoundObject, priority: int) -> bool:
    why = _why_no_opening(rule)
    if not why and rule.blocks("deny"):
        why = "refuses something, and here everything is refused that no opening lets in"
    cluster = None
    accounts = rule.texts("target_service_accounts")
    if not why and accounts:
        cluster = _cluster(draft, accounts)
        why = "" if cluster else "is for machines of accounts that are no cluster's nodes"
    ports = _ports(rule.at("allow"), "protocol")
    put = _put_opening(
        draft, rule, rule.text("name"), priority, rule.texts("source_ranges"), ports, cluster, why
    )
    if put:
        draft.leave(
            rule,
            "",
            f"is a classic rule: {'.'.join(map(str, put))} lets in the same",
            "destroy it with the other Terraform once the opening is applied, and not before",
        )
    return bool(put)


def _put_opening(  # noqa: PLR0913, PLR0917 - what an opening is made of
    draft: Draft,
    rule: FoundObject,
    name: str,
    priority: int,
    sources: Sequence[str],
    ports: Sequence[str] | None,
    cluster: str | None,
    why: str,
) -> Keys | None:
    """Say an opening; where it has no place, list the rule, and return None."""
    if not why and rule.text("action") not in {"", "allow"}:
        why = "refuses something or hands it on, and here everything is refused that no opening lets in"
    if not why and ports is None:
        why = "lets in protocols other than tcp, udp and icmp"
    if not why and (not sources or _WHOLE_INTERNET in sources):
        why = "lets the whole internet in"
    if why:
        draft.leave(rule, "", why, _KEEP)
        return None
    reason = " ".join(rule.text("description").split())[:_LONGEST_WHY]
    if len(reason) < _SHORTEST_WHY:
        reason = f"taken over from firewall rule {name}"
    path = (*_ALLOWS, draft.key(_ALLOWS, name))
    draft.put(
        path,
        said(priority=priority, sources=list(sources), ports=ports, cluster=cluster, why=reason),
        rule,
    )
    return path


def _ports(blocks: object, protocol_key: str) -> list[str] | None:
    """Protocols with their ports as an opening says them; None where one has no place."""
    found: list[str] = []
    for block in blocks if isinstance(blocks, list) else ():
        protocol = _PROTOCOLS.get(str(block.get(protocol_key)).lower())
        if protocol is None:
            return None
        ports = block.get("ports") or []
        found += list(_with_ports(protocol, ports))
    return found or None


def _with_ports(protocol: str, ports: Sequence[object]) -> Iterator[str]:
    yield from (f"{protocol}:{port}" for port in ports) if ports else (protocol,)


def _cluster(draft: Draft, accounts: Sequence[str]) -> str | None:
    """The cluster whose nodes have the one account that is named."""
    for key in draft.at("google", "gke_clusters") or {}:
        emails = [
            one.text("email") for one in draft.origins.get(("google", "gke_clusters", key, "account_id"), [])
        ]
        if [*accounts] == emails:
            return str(key)
    return None
