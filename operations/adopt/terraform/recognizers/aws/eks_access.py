"""Who comes to the API of an EKS cluster: from where, and as which identity of AWS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.eks_clusters import taken_clusters
from operations.adopt.terraform.recognizers.aws.objects import (
    CLUSTERS,
    free,
    is_ours,
    last_part,
    number,
    short,
)

_ADMINISTRATOR: Final = "AmazonEKSClusterAdminPolicy"
_HTTPS: Final = 443
_RULES: Final = (
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_vpc_security_group_egress_rule",
)


def recognize_eks_access(found: Found, draft: Draft) -> None:
    """Put from where the clusters' APIs are reached, and who administers them."""
    for key, cluster in taken_clusters(draft):
        path = (*CLUSTERS, key)
        _put_administrators(found, draft, cluster, path)
        _put_public(draft, cluster, path)
        ranges = sorted(set(_private_ranges(found, draft, cluster, path)))
        draft.put((*path, "endpoint", "private_from"), list(map(str, ranges)) or None, cluster)
        _leave_membership(found, draft, cluster)


def _leave_membership(found: Found, draft: Draft, cluster: FoundObject) -> None:
    """Leave the fleet's half of an attached cluster: who installs Google's agent is one of the administrators, and not said."""
    issuer = cluster.text("identity", 0, "oidc", 0, "issuer")
    for one in free(found, draft, "google_container_attached_cluster"):
        if issuer and one.text("oidc_config", 0, "issuer_url") == issuer:
            draft.leave(
                one,
                "",
                "which of the cluster's administrators installs Google's agent stands in no state",
                "write attach, and access.installer in place of that administrator, and import the membership by hand",
            )


def _put_administrators(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    name = cluster.text("name")
    of_cluster = [
        one
        for one in free(found, draft, "aws_eks_access_policy_association")
        if one.text("cluster_name") == name
    ]
    administrators = {
        one.text("principal_arn"): one
        for one in of_cluster
        if last_part(one.text("policy_arn")) == _ADMINISTRATOR
        and one.text("access_scope", 0, "type") == "cluster"
    }
    to = (*path, "access", "administrators")
    for entry in free(found, draft, "aws_eks_access_entry"):
        arn = entry.text("principal_arn")
        if entry.text("cluster_name") != name:
            continue
        if arn in administrators and entry.text("type") in {"", "STANDARD"}:
            draft.put((*to, draft.key(to, short(draft, last_part(arn)))), arn, entry, administrators.pop(arn))
            if groups := entry.texts("kubernetes_groups"):
                draft.leave(
                    entry,
                    "kubernetes_groups",
                    f"{', '.join(groups)}: who administers needs no group of Kubernetes here",
                    "bind what those groups may do to people's own groups, who come by the Connect gateway",
                )
            continue
        nodes = entry.text("type").startswith(("EC2", "FARGATE", "HYBRID"))
        draft.leave(
            entry,
            "",
            "EKS makes the entries of its nodes by itself"
            if nodes
            else "an access entry here administers the whole cluster",
            "leave it with the Terraform that made it"
            + ("" if nodes else "; people of teams come by the Connect gateway"),
        )
    for one in free(found, draft, "aws_eks_access_policy_association"):
        if one.text("cluster_name") == name and one not in _taken(draft, path):
            draft.leave(
                one,
                "",
                "gives less than the whole cluster, or to an entry that no state has",
                "leave it with the Terraform that made it; people of teams come by the Connect gateway",
            )


def _taken(draft: Draft, path: Keys) -> set[FoundObject]:
    return {one for of, several in draft.origins.items() if of[: len(path)] == path for one in several}


def _put_public(draft: Draft, cluster: FoundObject, path: Keys) -> None:
    if cluster.at("vpc_config", 0, "endpoint_public_access") is not True:
        return
    cidrs = cluster.texts("vpc_config", 0, "public_access_cidrs")
    if "0.0.0.0/0" in cidrs or not cidrs:
        draft.leave(
            cluster,
            "vpc_config.public_access_cidrs",
            "the API is open to the whole internet, and here to ranges that are named: the first apply closes the public "
            "endpoint",
            "list the ranges that people and pipelines come from in endpoint.public_from before",
        )
        return
    draft.put((*path, "endpoint", "public_from"), sorted(cidrs), cluster)


def _private_ranges(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> Iterator[IPv4Network]:
    """The ranges that the cluster's further security groups let in, whatever form their rules have."""
    ids = cluster.texts("vpc_config", 0, "security_group_ids")
    for group in free(found, draft, "aws_security_group"):
        if group.text("id") not in ids:
            continue
        own = is_ours(draft, group.text("name"), "eks", f"{draft.at(*path, 'short_name') or path[-1]}-api")
        rules = [
            one for one in free(found, draft, *_RULES) if one.text("security_group_id") == group.text("id")
        ]
        for origin, rule in ((group, block) for block in group.blocks("ingress")):
            yield from _ranges(draft, origin, rule, own=own)
        for one in rules:
            if one.text("type") != "egress" and not one.type.endswith("egress_rule"):
                yield from _ranges(draft, one, _as_block(one), own=own)
        if own:
            draft.takes(path, group)
            continue
        for one in (group, *rules):
            draft.leave(
                one,
                "",
                "the name of a security group cannot be changed, and the one of a cluster's API is called by the environment here",
                "the first apply makes one of endpoint.private_from in its place; destroy this one when nothing stands in it",
            )


def _as_block(rule: FoundObject) -> Mapping[str, Any]:
    """A rule that is an object of its own, in the form of one inside a group."""
    cidrs = rule.texts("cidr_blocks") or [rule.text("cidr_ipv4")]
    groups = [rule.text("source_security_group_id") or rule.text("referenced_security_group_id")]
    return {
        "from_port": number(rule, "from_port"),
        "to_port": number(rule, "to_port"),
        "protocol": rule.text("protocol") or rule.text("ip_protocol"),
        "cidr_blocks": [one for one in cidrs if one],
        "security_groups": [one for one in groups if one],
    }


def _ranges(
    draft: Draft, origin: FoundObject, rule: Mapping[str, Any], *, own: bool
) -> Iterator[IPv4Network]:
    everything = rule.get("protocol") == "-1"
    lowest, highest = rule.get("from_port"), rule.get("to_port")
    has = isinstance(lowest, int) and isinstance(highest, int) and lowest <= _HTTPS <= highest
    if not everything and not has:
        return
    for cidr in rule.get("cidr_blocks") or ():
        yield IPv4Network(cidr)
    for group in rule.get("security_groups") or () if not own else ():
        draft.leave(
            origin,
            "ingress.security_groups",
            f"lets in what stands in {group}, and here the bastion and ranges come to the API",
            "add the ranges of what stands there to endpoint.private_from; nodes always reach it",
        )
