"""EKS clusters and their place in the fleet as attached clusters.

https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Stack, Stacks, reference, resources

_ATTACHED = "google_container_attached_cluster"
_PERSON = re.compile(r"arn:[\w-]+:iam::[0-9]{12}:(user/|root$)")


def _attached(stacks: Stacks) -> Iterator[Broken]:
    if not any(True for _ in resources(stacks, "google_gke_hub_fleet")):
        return
    attached = {cluster.body.get("name") for cluster in resources(stacks, _ATTACHED)}
    for cluster in resources(stacks, "aws_eks_cluster"):
        name = cluster.body.get("name")
        if name not in attached:
            yield cluster.place, f"{name} is not attached to the fleet; attach it, or no team gets there"


def _access_by_entries(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, "aws_eks_cluster"):
        [access] = cluster.blocks("access_config") or [{}]
        mode = access.get("authentication_mode")
        if mode != "API":
            yield (
                cluster.place,
                f"authentication_mode is {mode or 'not said'}, so a ConfigMap that no plan shows gives access; say API",
            )
        if access.get("bootstrap_cluster_creator_admin_permissions") is not False:
            yield (
                cluster.place,
                "whoever makes it stays its administrator without an entry; say "
                "bootstrap_cluster_creator_admin_permissions: false",
            )


def _entries_for_roles(stacks: Stacks) -> Iterator[Broken]:
    for entry in resources(stacks, "aws_eks_access_entry"):
        principal = str(entry.body.get("principal_arn"))
        if _PERSON.match(principal):
            yield entry.place, f"gives access to {principal}; name a role that people take on for a time"


def _names(stack: Stack) -> dict[str, str]:
    """Names of EKS clusters that a stack makes or reads, by address."""
    made = {r.place.address: str(r.body.get("name")) for r in stack.resources("aws_eks_cluster")}
    read = stack.body.get("data", {}).get("aws_eks_cluster", {})
    return made | {f"data.aws_eks_cluster.{key}": str(body.get("name")) for key, body in read.items()}


def _is_literal(value: object) -> bool:
    """Whether a file says a value itself, as of a cluster that no stack makes."""
    return isinstance(value, str) and value.startswith("https://") and "${" not in value


def _own_issuer(stacks: Stacks) -> Iterator[Broken]:
    here = {name for stack in stacks for name in _names(stack).values()}
    for stack in stacks:
        names = _names(stack)
        for cluster in stack.resources(_ATTACHED):
            name = cluster.body.get("name")
            for block in cluster.blocks("oidc_config") or [{}]:
                said = block.get("issuer_url")
                if _is_literal(said) and name not in here:
                    continue
                issuer = names.get(reference(said) or "")
                if issuer != name:
                    got = f"that of {issuer}" if issuer else "not read from an EKS cluster"
                    yield (
                        cluster.place,
                        f"issuer_url is {got}, so Google would trust another cluster's tokens; read it from {name}",
                    )


def _admin_groups(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _ATTACHED):
        if not any(block.get("admin_groups") for block in cluster.blocks("authorization")):
            yield cluster.place, "no group administers it, only users or nobody; name one in admin_groups"


def _logs(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, _ATTACHED):
        components = [
            component
            for block in cluster.blocks("logging_config", "component_config")
            for component in block.get("enable_components", [])
        ]
        if "SYSTEM_COMPONENTS" not in components:
            yield cluster.place, "sends no logs of its system; put SYSTEM_COMPONENTS into enable_components"


RULES = (
    Rule("HYB_EKS_ATTACHED", Level.MEDIUM, "EKS clusters beside a fleet are attached to it", _attached),
    Rule("HYB_EKS_ACCESS", Level.HIGH, "EKS clusters give access by access entries only", _access_by_entries),
    Rule(
        "HYB_EKS_ROLES",
        Level.HIGH,
        "Access entries are for roles, not for IAM users or root",
        _entries_for_roles,
    ),
    Rule(
        "HYB_ATTACHED_ISSUER",
        Level.HIGH,
        "An attached cluster's issuer is read from the EKS cluster of its name",
        _own_issuer,
    ),
    Rule("HYB_ATTACHED_GROUPS", Level.HIGH, "A group administers each attached cluster", _admin_groups),
    Rule("HYB_ATTACHED_LOGS", Level.MEDIUM, "Attached clusters send the logs of their system", _logs),
)
