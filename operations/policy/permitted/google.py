"""Who needs which role of Google Cloud, put to the members that the stacks add; whoever the owner of a host project
is, its stack counts.

Left out, because no stack holds them: roles that Google gives its own agents, roles of folders and the organization,
deny policies, and what a custom role allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from estate.facts.google.service_accounts import SERVICE_ACCOUNTS
from operations.policy.permitted.answer import NO, YES, Answer, any_of, unknown
from operations.policy.permitted.expressions import Expressions
from operations.policy.permitted.google_needs import (
    ACT_IN_HOST,
    ENCRYPT_BACKUPS,
    ENCRYPT_DISKS,
    ENCRYPT_SECRETS,
    REGISTER,
    RUN_NODES,
    SEND_TELEMETRY,
    SERVE_VMWARE,
    USE_SUBNET,
)
from operations.policy.permitted.need import Need
from operations.policy.rules.rule import Broken
from operations.policy.stacks import Place, Resource, Stack, Stacks, reference

_ON: Final = {
    "google_project_iam_member": ("project",),
    "google_compute_subnetwork_iam_member": ("project", "region", "subnetwork"),
    "google_kms_crypto_key_iam_member": ("crypto_key_id",),
    "google_kms_key_ring_iam_member": ("key_ring_id",),
}
"""Arguments that say what a member's role is on, by type."""


@dataclass(frozen=True)
class _Grant:
    """A role that a stack gives.

    Attributes:
        on: what it is on: a project, a subnet with its project and region, a key, a key ring.
        role: the role.
        member: who has it.
        condition: whether it holds under a condition only.
    """

    on: tuple[str, ...]
    role: str
    member: str
    condition: bool


class _Google:
    """The stacks, as one: what the members that they add come to."""

    def __init__(self, stacks: Stacks) -> None:
        self.views = [_View(stack) for stack in stacks]
        self._grants = [grant for view in self.views for grant in view.grants()]
        self._numbers = {id_: number for stack in stacks for id_, number in stack.outside.projects.items()}
        self._ids = {number: id_ for id_, number in self._numbers.items()}

    def number(self, project: str) -> str:
        """A project's number, an expression where nobody says it."""
        return self._numbers.get(project, f"${{number of {project}}}")

    def project(self, name: str) -> str:
        """The id of a project that is named by id or by number, with projects/ or without."""
        last = name.rpartition("/")[2]
        return self._ids.get(last, last)

    def asks(self, need: Need, place: Place, member: str, on: list[tuple[str, ...]]) -> list[Broken]:
        """What is to be said where a member lacks roles.

        Args:
            need: the roles, and what for.
            place: the resource that gives rise to it.
            member: who needs them.
            on: what they may be on; the first is where they belong, the others reach it from above.
        """
        where = " ".join(on[0])
        what = f"on {where}; give it the role there"
        return need.broken(place, member, what, {role: self._has(role, member, on) for role in need.asks})

    def _has(self, role: str, member: str, on: list[tuple[str, ...]]) -> Answer:
        lost = [text for text in (member, *(part for one in on for part in one)) if "${" in text]
        given = [
            unknown(f"{role} is given under a condition") if grant.condition else YES
            for grant in self._grants
            if (grant.role, grant.member) == (role, member) and grant.on in on
        ]
        if any(answer.holds for answer in given):
            return YES
        return any_of([*given, *(unknown(f"what {text} comes to stands in no stack") for text in lost), NO])


class _View:
    """One stack with its expressions followed."""

    def __init__(self, stack: Stack) -> None:
        self.stack: Final = stack
        self.expressions: Final = Expressions(stack)

    def grants(self) -> Iterator[_Grant]:
        """Every role that it gives on something that a need is about."""
        for resource in self.stack.resources(*_ON):
            body = resource.body
            on = tuple(
                self.expressions.project(body) if key == "project" else self.named(body.get(key))
                for key in _ON[resource.type]
            )
            member = self.expressions.text(body.get("member"))
            yield _Grant(on, str(body.get("role")), member, bool(body.get("condition")))

    def named(self, value: object) -> str:
        """What an argument names: a resource of this stack by stack and address, anything else as it is written."""
        made = self.made(value)
        if made and made.type in ("google_kms_crypto_key", "google_kms_key_ring"):
            return f"{made.place.stack} {made.place.address}"
        return self.expressions.text(value)

    def made(self, value: object) -> Resource | None:
        """The resource of this stack that an argument refers to."""
        address = reference(value)
        return next((one for one in self.stack if one.place.address == address), None)

    def subnet(self, value: object) -> tuple[str, ...] | None:
        """Project, region and name of the subnet that an argument names; None when it cannot be told."""
        made = self.made(value)
        if made:
            body = made.body
            return self.expressions.project(body), str(body.get("region")), str(body.get("name"))
        parts = self.expressions.text(value).split("/")
        named = dict(pairwise(parts))
        keys = ("projects", "regions", "subnetworks")
        return tuple(named[key] for key in keys) if all(key in named for key in keys) else None


def members(stacks: Stacks) -> Iterator[Broken]:
    """Agents and service accounts that lack a role."""
    google = _Google(stacks)
    for view in google.views:
        for cluster in view.stack.resources("google_container_cluster"):
            yield from _cluster(google, view, cluster)
        for pool in view.stack.resources("google_container_node_pool", "google_container_cluster"):
            yield from _nodes(google, view, pool)
        for plan in view.stack.resources("google_gke_backup_backup_plan"):
            yield from _backups(google, view, plan)
        for attached in view.stack.resources("google_container_attached_cluster"):
            for fleet in attached.blocks("fleet"):
                project = google.project(view.expressions.text(fleet.get("project")))
                member = f"serviceAccount:{project}.svc.id.goog[gke-system/gke-telemetry-agent]"
                yield from google.asks(SEND_TELEMETRY, attached.place, member, [(project,)])
        for account in view.stack.resources("google_service_account"):
            yield from _vmware(google, view, account)


def _cluster(google: _Google, view: _View, cluster: Resource) -> Iterator[Broken]:
    project = view.expressions.project(cluster.body)
    number = google.number(project)
    agent = f"serviceAccount:service-{number}@container-engine-robot.iam.gserviceaccount.com"
    for block in cluster.blocks("database_encryption"):
        yield from _key(google, view, ENCRYPT_SECRETS, cluster, agent, block.get("key_name"))
    if cluster.body.get("subnetwork"):
        subnet = view.subnet(cluster.body["subnetwork"])
        host = subnet[0] if subnet else "${project of the subnet}"
        if host != project:
            apis = f"serviceAccount:{number}@cloudservices.gserviceaccount.com"
            yield from google.asks(ACT_IN_HOST, cluster.place, agent, [(host,)])
            for member in (agent, apis):
                yield from google.asks(USE_SUBNET, cluster.place, member, [subnet or (host,), (host,)])
    for block in cluster.blocks("fleet"):
        fleet = google.project(view.expressions.text(block.get("project")))
        if fleet != project:
            member = f"serviceAccount:service-{google.number(fleet)}@gcp-sa-gkehub.iam.gserviceaccount.com"
            yield from google.asks(REGISTER, cluster.place, member, [(project,)])


def _nodes(google: _Google, view: _View, pool: Resource) -> Iterator[Broken]:
    project = view.expressions.project(pool.body)
    compute = f"serviceAccount:service-{google.number(project)}@compute-system.iam.gserviceaccount.com"
    for nodes in pool.blocks("node_config"):
        yield from _key(google, view, ENCRYPT_DISKS, pool, compute, nodes.get("boot_disk_kms_key"))
        if nodes.get("service_account"):
            member = f"serviceAccount:{view.expressions.text(nodes['service_account'])}"
            yield from google.asks(RUN_NODES, pool.place, member, [(project,)])


def _backups(google: _Google, view: _View, plan: Resource) -> Iterator[Broken]:
    number = google.number(view.expressions.project(plan.body))
    for agent in ("gcp-sa-gkebackup", "container-engine-robot"):
        member = f"serviceAccount:service-{number}@{agent}.iam.gserviceaccount.com"
        for block in plan.blocks("backup_config", "encryption_key"):
            yield from _key(google, view, ENCRYPT_BACKUPS, plan, member, block.get("gcp_kms_encryption_key"))


def _key(google: _Google, view: _View, need: Need, at: Resource, member: str, key: object) -> list[Broken]:
    """A role on a key, on its ring or on its project; nothing of a key that is made elsewhere and given by others."""
    made = view.made(key)
    if not key or (made is None and "${" not in str(key)):
        return []
    on: list[tuple[str, ...]] = [(view.named(key),)]
    if made:
        ring = view.made(made.body.get("key_ring"))
        on.append((view.named(made.body.get("key_ring")),))
        on += [(view.expressions.project(ring.body),)] if ring else []
    return google.asks(need, at.place, member, on)


def _vmware(google: _Google, view: _View, account: Resource) -> Iterator[Broken]:
    known = SERVICE_ACCOUNTS.get(str(account.body.get("account_id")))
    if known:
        project = view.expressions.project(account.body)
        member = f"serviceAccount:{view.expressions.account_email(account.body)}"
        yield from google.asks(replace(SERVE_VMWARE, asks=known.roles), account.place, member, [(project,)])
