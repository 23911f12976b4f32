"""The fleet and who is in it.

https://docs.cloud.google.com/kubernetes-engine/fleet-management/docs
"""

from __future__ import annotations

from collections.abc import Iterator

from operations.policy.finding import Level
from operations.policy.rules.rule import Broken, Rule
from operations.policy.stacks import Place, Resource, Stacks, reference, resources

_REGISTERS_ITSELF = ("google_gkeonprem_vmware_cluster", "google_container_attached_cluster")
_REGISTERED_BY_A_BLOCK = ("google_container_cluster", "google_container_attached_cluster")
_CLUSTERS = frozenset(_REGISTERS_ITSELF + _REGISTERED_BY_A_BLOCK)


def _one_fleet(stacks: Stacks) -> Iterator[Broken]:
    seen: dict[str, Place] = {}
    for fleet in resources(stacks, "google_gke_hub_fleet"):
        project = str(fleet.body.get("project"))
        other = seen.setdefault(project, fleet.place)
        if other != fleet.place:
            yield (
                fleet.place,
                f"project {project} has its fleet in stack {other.stack} already, and has only one; "
                "make that environment the owner of the host project",
            )


def _no_second_membership(stacks: Stacks) -> Iterator[Broken]:
    names = {cluster.body.get("name") for cluster in resources(stacks, *_REGISTERS_ITSELF)}
    for membership in resources(stacks, "google_gke_hub_membership"):
        name = membership.body.get("membership_id")
        if name in names:
            yield membership.place, f"cluster {name} registers itself; take this second membership out"


def _every_cluster_is_a_member(stacks: Stacks) -> Iterator[Broken]:
    for cluster in resources(stacks, *_REGISTERED_BY_A_BLOCK):
        if not any(block.get("project") for block in cluster.blocks("fleet")):
            yield (
                cluster.place,
                "is in no fleet, so neither teams' access nor fleet policies reach it; name the fleet's project",
            )


def _bindings_lead_somewhere(stacks: Stacks) -> Iterator[Broken]:
    names = {cluster.body.get("name") for cluster in resources(stacks, *_CLUSTERS)}
    scopes = {scope.body.get("scope_id") for scope in resources(stacks, "google_gke_hub_scope")}
    for stack in stacks:
        present = {resource.place.address for resource in stack}
        for binding in stack.resources("google_gke_hub_membership_binding"):
            yield from _dangling(binding, "membership_id", names, present)
            yield from _dangling(binding, "scope", scopes, present)


def _dangling(binding: Resource, key: str, known: set[str | None], present: set[str]) -> Iterator[Broken]:
    value = str(binding.body.get(key))
    if value.rpartition("/")[2] not in known and reference(value) not in present:
        yield binding.place, f"{key} {value} is nothing that is made here; name a cluster or scope that is"


RULES = (
    Rule("HYB_FLEET_ONE", Level.HIGH, "A project has one fleet, in one stack", _one_fleet),
    Rule(
        "HYB_FLEET_SELF_REGISTERED",
        Level.HIGH,
        "A cluster that registers itself gets no membership beside its own",
        _no_second_membership,
    ),
    Rule(
        "HYB_FLEET_MEMBER", Level.HIGH, "GKE and attached clusters are in a fleet", _every_cluster_is_a_member
    ),
    Rule(
        "HYB_FLEET_BINDING",
        Level.HIGH,
        "A membership binding leads from a scope to a cluster, and both are made here",
        _bindings_lead_somewhere,
    ),
)
