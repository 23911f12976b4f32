"""Add-ons of EKS clusters, and the roles that pods take on: of add-ons, of what is installed, of people's own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from estate.model.aws.eks_addons import ADDONS, AddonName
from estate.model.aws.eks_cluster import (
    LOAD_BALANCER_ACCOUNT,
    LOAD_BALANCER_PART,
    SCALER_ACCOUNT,
    SCALER_PART,
)
from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.aws.eks_clusters import taken_clusters
from operations.adopt.terraform.recognizers.aws.objects import CLUSTERS, free, is_ours, last_part
from operations.adopt.terraform.recognizers.aws.roles import leave_role, take_role, trusted_account

_PREFIX_DELEGATION: Final = {"ENABLE_PREFIX_DELEGATION", "WARM_PREFIX_TARGET"}
_OF_ADDONS: Final = frozenset(
    f"kube-system:{one.service_account}" for one in ADDONS.values() if one.service_account
)


def recognize_eks_addons(found: Found, draft: Draft) -> None:
    """Put what add-ons say, and the roles of service accounts."""
    for key, cluster in taken_clusters(draft):
        path = (*CLUSTERS, key)
        parts = draft.at(*path, "short_name") or key
        for addon in free(found, draft, "aws_eks_addon"):
            if addon.text("cluster_name") == cluster.text("name"):
                _put_addon(found, draft, addon, path, parts)
        issuer = cluster.text("identity", 0, "oidc", 0, "issuer").removeprefix("https://")
        for role in free(found, draft, "aws_iam_role"):
            trusted = trusted_account(role)
            if trusted and issuer and trusted[0] == issuer:
                _put_role(found, draft, role, path, f"{trusted[1]}:{trusted[2]}")


def _put_addon(found: Found, draft: Draft, addon: FoundObject, path: Keys, parts: str) -> None:
    name = addon.text("addon_name")
    if name not in set(AddonName):
        draft.leave(
            addon,
            "",
            f"{name} is none of the add-ons that a cluster here has: {', '.join(AddonName)}",
            "leave it with the Terraform that made it, or let Config Sync bring it",
        )
        return
    draft.takes(path, addon)
    if name == AddonName.METRICS_SERVER:
        draft.put((*path, "metrics_server"), True, addon)  # noqa: FBT003 - a value of the file
    _put_configuration(draft, addon, path)
    arn = addon.text("service_account_role_arn")
    if not arn:
        return
    if is_ours(draft, last_part(arn), "eks", f"{parts}-{name}"):
        take_role(found, draft, path, arn)
    else:
        leave_role(
            found,
            draft,
            arn,
            f"is that of the add-on {name}",
            "a role of the cluster's takes its place; destroy it afterwards",
        )


def _put_configuration(draft: Draft, addon: FoundObject, path: Keys) -> None:
    text = addon.text("configuration_values")
    if not text:
        return
    settings = _settings(text)
    env = settings.pop("env", {}) if addon.text("addon_name") == AddonName.VPC_CNI else {}
    delegation = env.get("ENABLE_PREFIX_DELEGATION") if isinstance(env, dict) else None
    if delegation in {"true", "false"}:
        draft.put((*path, "prefix_delegation"), delegation == "true", addon)
    others = sorted({*settings, *(f"env.{one}" for one in env if one not in _PREFIX_DELEGATION)})
    if others:
        takes = "the first apply takes it away" if delegation else "it stays as it is"
        draft.leave(
            addon,
            "configuration_values",
            f"{', '.join(others)}: add-ons here have no settings but prefix_delegation; {takes}",
            "see whether the cluster needs it",
        )


def _settings(text: str) -> dict[str, Any]:
    """Settings as JSON; those in YAML, which EKS takes too, are one thing that cannot be said."""
    try:
        settings = json.loads(text)
    except ValueError:
        return {"(in YAML)": text}
    return dict(settings) if isinstance(settings, Mapping) else {}


def _put_role(found: Found, draft: Draft, role: FoundObject, path: Keys, subject: str) -> None:
    """Put a role that one service account of the cluster takes on."""
    parts, name = draft.at(*path, "short_name") or str(path[-1]), role.text("name")
    installed = {
        f"kube-system:{SCALER_ACCOUNT}": (SCALER_PART, "scaler", "cluster_autoscaler", "other"),
        f"kube-system:{LOAD_BALANCER_ACCOUNT}": (LOAD_BALANCER_PART, "load_balancer_controller", True, None),
    }
    if subject in _OF_ADDONS:
        if role not in _of(draft, path):
            leave_role(
                found,
                draft,
                name,
                "is that of an add-on",
                "a role of the cluster's takes its place; destroy it afterwards",
            )
        return
    if subject in installed:
        part, field, ours, theirs = installed[subject]
        own = is_ours(draft, name, "eks", f"{parts}-{part}")
        draft.put((*path, field), ours if own else theirs, *([role] if own else []))
        if own:
            take_role(found, draft, path, name)
            return
    prefix = re.fullmatch(
        rf"[a-z0-9]+-{re.escape(draft.environment)}-eks-{re.escape(parts)}-pod-([-a-z0-9]+)", name
    )
    if prefix:
        _put_pod_role(found, draft, role, (*path, "pod_roles", prefix[1]), subject)
    else:
        leave_role(
            found,
            draft,
            name,
            f"is taken on by {subject}",
            "leave it with the Terraform that made it, it goes on working; to have one of the file's, say it under pod_roles "
            "and change the service account's annotation",
        )


def _put_pod_role(found: Found, draft: Draft, role: FoundObject, path: Keys, subject: str) -> None:
    namespace, _, account = subject.partition(":")
    policies = [
        one.text("policy_arn")
        for one in free(found, draft, "aws_iam_role_policy_attachment")
        if one.text("role") == role.text("name")
    ]
    draft.put(path, {"namespace": namespace, "service_account": account, "policies": sorted(policies)}, role)
    take_role(found, draft, path, role.text("name"))


def _of(draft: Draft, path: Keys) -> set[FoundObject]:
    return set(draft.origins.get(path, ()))
