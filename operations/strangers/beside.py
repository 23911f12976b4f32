"""Lists of an object that other objects of the same plan fill, and what in them none of these made.

A route table lists its routes, whoever made them. A table's own routes are objects of the plan, read at the
same time; a route that none of them is, somebody added beside the code. What goes from such a list goes
without a word: where it was one of the code, that object says so itself.

The lists are those of types that are synthesized here, read from the providers' sources (AWS 6.25.0, Google
6.50.0).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from operations.strangers.same import is_empty, same

Json = Mapping[str, Any]

_ROUTE = {"cidr_block": "destination_cidr_block", "ipv6_cidr_block": "destination_ipv6_cidr_block"}
"""What a table calls an attribute of a route, and what the route itself does."""

_ALL_PROTOCOLS = "-1"

_REPEATED = {
    ("aws_s3_bucket", "policy"): "aws_s3_bucket_policy",
    (
        "aws_s3_bucket",
        "server_side_encryption_configuration",
    ): "aws_s3_bucket_server_side_encryption_configuration",
    ("aws_s3_bucket", "versioning"): "aws_s3_bucket_versioning",
    ("aws_s3_bucket", "lifecycle_rule"): "aws_s3_bucket_lifecycle_configuration",
}
"""What a bucket repeats of an object of its own, which says itself when somebody changes it."""


class Beside:
    """The objects of a plan that others list, as they are."""

    def __init__(self) -> None:
        self._objects: dict[str, list[Json]] = {}

    def see(self, type_: str, values: Any) -> None:
        """Remember an object, if any list could have it."""
        if type_ in FILLING and isinstance(values, Mapping):
            self._objects.setdefault(type_, []).append(values)

    def of(self, type_: str, key: str, owner: Any) -> list[Json]:
        """The objects of a type that name their owner so."""
        return [one for one in self._objects.get(type_, ()) if not is_empty(owner) and one.get(key) == owner]

    def left(self, type_: str, attribute: str, before: Json, after: Any) -> Any:
        """A list as if only strangers had changed it; as it is where it cannot be read.

        Args:
            type_: resource type of the object that lists.
            attribute: its list.
            before: the object's attributes as the state has them.
            after: the list as it is.
        """
        old = before.get(attribute)
        if (type_, attribute) in _REPEATED:
            return old if self.of(_REPEATED[type_, attribute], "bucket", before.get("id")) else after
        if not isinstance(after, list) or not all(isinstance(item, (str, dict)) for item in after):
            return after
        there = old if isinstance(old, list) else []
        find = _LISTED[type_, attribute]
        added = [item for item in after if item not in there]
        strange = [item for item in added if find(self, before, item)]
        return [*there, *strange] if strange else old


def _route(beside: Beside, table: Json, item: Json) -> bool:
    def made(route: Json) -> bool:
        return all(
            route.get(_ROUTE.get(name, name)) == value for name, value in item.items() if not is_empty(value)
        )

    return not any(made(route) for route in beside.of("aws_route", "route_table_id", table.get("id")))


def _inline_policy(beside: Beside, role: Json, item: Json) -> bool:
    own = beside.of("aws_iam_role_policy", "role", role.get("name"))
    return not any(one.get("name") == item.get("name") for one in own)


def _managed_policy(beside: Beside, role: Json, item: Any) -> bool:
    own = beside.of("aws_iam_role_policy_attachment", "role", role.get("name"))
    return not any(one.get("policy_arn") == item for one in own)


def _node_pool(beside: Beside, cluster: Json, item: Json) -> bool:
    own = [
        pool
        for key in ("id", "name", "self_link")
        for pool in beside.of("google_container_node_pool", "cluster", cluster.get(key))
    ]
    return not any(same(pool.get("name"), item.get("name")) for pool in own)


def _rule(direction: str) -> Callable[[Beside, Json, Any], bool]:
    def find(beside: Beside, group: Json, item: Json) -> bool:
        own = beside.of(f"aws_vpc_security_group_{direction}_rule", "security_group_id", group.get("id"))
        made = {
            _opening(rule, rule.get("ip_protocol"), peer) for rule in own for peer in _peers_of_rule(rule)
        }
        wanted = {_opening(item, item.get("protocol"), peer) for peer in _peers_of_item(item, group)}
        return not wanted or not wanted <= made

    return find


def _opening(rule: Json, protocol: Any, peer: str) -> tuple[Any, ...]:
    # With every protocol there is no port, which one spelling calls 0 and the other leaves out.
    ports = (None, None) if protocol == _ALL_PROTOCOLS else (rule.get("from_port"), rule.get("to_port"))
    return (protocol, *ports, peer)


def _peers_of_rule(rule: Json) -> Iterator[str]:
    for name in ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"):
        if not is_empty(rule.get(name)):
            yield str(rule[name])


def _peers_of_item(item: Json, group: Json) -> Iterator[str]:
    for name in ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"):
        yield from map(str, item.get(name) or ())
    if item.get("self"):
        yield str(group.get("id"))


_LISTED: Mapping[tuple[str, str], Callable[[Beside, Json, Any], bool]] = {
    ("aws_route_table", "route"): _route,
    ("aws_security_group", "ingress"): _rule("ingress"),
    ("aws_security_group", "egress"): _rule("egress"),
    ("aws_iam_role", "inline_policy"): _inline_policy,
    ("aws_iam_role", "managed_policy_arns"): _managed_policy,
    ("google_container_cluster", "node_pool"): _node_pool,
}
"""By type and list: whether an item is none that the code made."""

TOLD = frozenset([*_LISTED, *_REPEATED])
"""Attributes, with their types, that other objects fill."""

FILLING = frozenset(
    [
        "aws_route",
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule",
        "aws_iam_role_policy",
        "aws_iam_role_policy_attachment",
        "google_container_node_pool",
        *_REPEATED.values(),
    ]
)
"""Types whose objects stand in a list of another one."""
