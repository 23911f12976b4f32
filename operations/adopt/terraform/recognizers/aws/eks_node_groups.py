"""Node groups of EKS clusters, with the launch templates that their nodes start from.

A group's role and launch template cannot be changed, and here all groups of a cluster share a role and each has a template
that is called like it. A group that has them is taken over; beside every other one a new group of the same shape is said,
so that the old one is emptied and taken out afterwards, by whoever made it.
https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html and the ForceNew attributes of
internal/service/eks/node_group.go of https://github.com/hashicorp/terraform-provider-aws (2026-11-30)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.eks_clusters import taken_clusters
from operations.adopt.terraform.recognizers.aws.kms_keys import key_named
from operations.adopt.terraform.recognizers.aws.objects import (
    CLUSTERS,
    OTHER_VPCS,
    VPC,
    free,
    in_vpc,
    is_ours,
    last_part,
    number,
    vpc_keys,
)
from operations.adopt.terraform.recognizers.aws.roles import leave_role, take_role

_KEY: Final = re.compile(r"[a-z]([-a-z0-9]{0,38}[a-z0-9])?")
_IMAGE: Final = "AL2023_"
_PLAIN_GIB: Final = 20
_RESERVED: Final = ("kubernetes.io/", "k8s.io/", "eks.amazonaws.com/")


def recognize_eks_node_groups(found: Found, draft: Draft) -> None:
    """Put the node groups of every cluster."""
    for key, cluster in taken_clusters(draft):
        for group in free(found, draft, "aws_eks_node_group"):
            if group.text("cluster_name") == cluster.text("name"):
                _put(found, draft, cluster, group, (*CLUSTERS, key))


def _put(found: Found, draft: Draft, cluster: FoundObject, group: FoundObject, path: Keys) -> None:
    template = _template(found, draft, group)
    name, to = group.text("node_group_name"), (*path, "node_groups")
    said = _said(found, draft, cluster, group, template)
    parts = draft.at(*path, "short_name") or str(path[-1])
    role = last_part(group.text("node_role_arn"))
    stays = (
        _KEY.fullmatch(name)
        and is_ours(draft, role, "eks", f"{parts}-nodes")
        and template
        and is_ours(draft, template.text("name"), "eks", f"{parts}-{name}")
    )
    if stays and template:
        key = draft.key(to, name)
        draft.put((*to, key), {**({"name": name} if key != name else {}), **said}, group, template)
        take_role(found, draft, path, group.text("node_role_arn"))
        return
    key = draft.key(to, f"{name[:37]}-2")
    draft.put((*to, key), said)
    for one in (group, *([template] if template else [])):
        draft.leave(
            one,
            "",
            "a group's role and launch template cannot be changed, and those here are called by the cluster",
            f"the first apply makes {'.'.join(map(str, (*to, key)))} of the same shape beside it; drain the old nodes, then "
            "destroy the group in the Terraform that made it",
        )
    leave_role(
        found,
        draft,
        group.text("node_role_arn"),
        "is that of nodes",
        "destroy it with the last group that has it",
    )


def _template(found: Found, draft: Draft, group: FoundObject) -> FoundObject | None:
    said = group.at("launch_template", 0) or {}
    wanted = {said.get("id"), said.get("name")} - {None, ""}
    return next(
        (
            one
            for one in free(found, draft, "aws_launch_template")
            if wanted & {one.text("id"), one.text("name")}
        ),
        None,
    )


def _said(
    found: Found, draft: Draft, cluster: FoundObject, group: FoundObject, template: FoundObject | None
) -> dict[str, Any]:
    """What the file says of a group but for its name."""
    types = group.texts("instance_types") or [template.text("instance_type") if template else ""]
    _leave_attributes(draft, group, template)
    vpc = vpc_keys(draft).get(in_vpc(cluster))
    labels = {key: value for key, value in (group.at("labels") or {}).items() if not _is_reserved(key)}
    version = group.text("version")
    fields = {
        "instance_types": [one for one in types if one] or None,
        "capacity": "spot" if group.text("capacity_type") == "SPOT" else None,
        "min_size": number(group, "scaling_config", 0, "min_size"),
        "max_size": number(group, "scaling_config", 0, "max_size"),
        "zones": _zones(draft, group, vpc),
        "version": version if version != cluster.text("version") else None,
        "max_unavailable": _unless_one(number(group, "update_config", 0, "max_unavailable")),
        "volume": _volume(found, draft, group, template) or None,
        "labels": dict(sorted(labels.items())) or None,
        "taints": list(_taints(group)) or None,
    }
    return {field: value for field, value in fields.items() if value is not None and value != ""}


def _unless_one(value: int | None) -> int | None:
    return None if value in {None, 0, 1} else value


def _zones(draft: Draft, group: FoundObject, vpc: str | None) -> list[str] | None:
    """The zones of a group; None for all, or where its subnets are none of the VPC's private ones."""
    existing = draft.at(*OTHER_VPCS, vpc) if vpc else draft.at(*VPC, "existing")
    zones = (existing or draft.at(*VPC) or {}).get("zones", {})
    of = (
        {one["private"]: zone for zone, one in zones.items()}
        if existing
        else {
            one.text("id"): zone
            for zone in zones
            for one in draft.origins.get((*VPC, "zones", zone, "private"), ())
            if one.type == "aws_subnet"
        }
    )
    found = sorted({of[one] for one in group.texts("subnet_ids") if one in of})
    return found if found and found != sorted(zones) else None


def _volume(
    found: Found, draft: Draft, group: FoundObject, template: FoundObject | None
) -> Mapping[str, Any]:
    ebs: Mapping[str, Any] = (template.at("block_device_mappings", 0, "ebs", 0) if template else None) or {}
    size = int(ebs.get("volume_size") or number(group, "disk_size") or _PLAIN_GIB)
    kind, key = str(ebs.get("volume_type") or "gp3"), str(ebs.get("kms_key_id") or "")
    said: dict[str, Any] = {}
    if kind != "gp3":
        said["volume_type"] = kind
    if size != _PLAIN_GIB:
        said["size_gib"] = max(size, _PLAIN_GIB)
    if ebs.get("iops") and kind != "gp2":
        said["iops"] = int(ebs["iops"])
    if key and "alias/aws/" not in key:
        said["kms_key"] = key_named(found, draft, key)
    return said


def _is_reserved(label: str) -> bool:
    """Whether a label is of a domain that Kubernetes or EKS keeps to itself, which a group's own may not be."""
    domain = label.rpartition("/")[0]
    return f"{domain}/".endswith(_RESERVED) if domain else False


def _taints(group: FoundObject) -> Iterator[dict[str, str]]:
    for one in group.blocks("taint"):
        yield {
            "key": str(one.get("key")),
            "value": str(one.get("value") or ""),
            "effect": str(one.get("effect")),
        }


def _leave_attributes(draft: Draft, group: FoundObject, template: FoundObject | None) -> None:
    if not group.text("ami_type").startswith(_IMAGE):
        draft.leave(
            group,
            "ami_type",
            f"is {group.text('ami_type') or 'not said'}, and nodes here start from EKS's Amazon Linux 2023",
            "see that what runs there needs no other image",
        )
    if reserved := sorted(key for key in group.at("labels") or {} if _is_reserved(key)):
        draft.leave(
            group,
            "labels",
            f"{', '.join(reserved)}: such labels are those of Kubernetes and EKS",
            "use a label of your own where pods ask for one",
        )
    if group.blocks("remote_access"):
        draft.leave(group, "remote_access", "nodes here have no SSH", "use kubectl debug")
    if number(group, "update_config", 0, "max_unavailable_percentage"):
        draft.leave(
            group,
            "update_config.max_unavailable_percentage",
            "an upgrade here takes a number of nodes away at once, one unless the file says otherwise",
            "say max_unavailable",
        )
    if template and "user_data" in template.hidden:
        draft.leave(
            template,
            "user_data",
            "nodes here start as EKS's image starts them",
            "bring what the script does by a DaemonSet, or by labels and taints of the group",
        )
