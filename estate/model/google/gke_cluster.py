"""A GKE cluster of a region, private, in a subnet of the Shared VPC, and a member of the fleet.

Left out, because every cluster here has them: private nodes, Workload Identity, Dataplane V2, encrypted
secrets, shielded nodes, the domain's Google group for access, and upgrades by release channel. Autopilot
and clusters of one zone are left out too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictBool, StrictInt, StringConstraints

from estate.model.backed_up import backed_up_once
from estate.model.base import Cidr, Key, Model, cidr_schema
from estate.model.google.gke_backup import GkeBackupConfig
from estate.model.google.gke_node_pool import GkeNodePoolConfig
from estate.model.google.maintenance import MaintenanceConfig
from estate.model.google.observability import ObservabilityConfig
from estate.model.google.values import AccountId, ImageRepository, PrivateCidr, Zone
from estate.model.key_of import KeyOf
from estate.model.lists import stands_once
from estate.model.naming import physical_name
from estate.model.pinned_names import names_of_their_own
from estate.model.public_space import not_the_internet
from estate.model.rules import Violation, rule
from estate.model.words import Words

LONGEST_CLUSTER_NAME: Final = 40
"""Characters that GKE takes in a cluster's name."""
LONGEST_ACCOUNT_ID: Final = 30
"""Characters that IAM takes in a service account's id."""
_CONTROL_PLANE_PREFIX: Final = 28
ZONES_OF_A_REGION: Final = 3
"""Zones that GKE puts nodes into where the file does not say which."""

_ALWAYS = "every cluster has it; leave it out"

Port = Annotated[StrictInt, Field(ge=1, le=65535)]
"""A TCP port."""


class ReleaseChannel(StrEnum):
    """How soon new versions come."""

    RAPID = "rapid"
    REGULAR = "regular"
    STABLE = "stable"
    EXTENDED = "extended"


class GkeClusterConfig(Model):
    """One cluster with its node pools."""

    project: Annotated[Key, KeyOf("google.service_projects")] | None = None
    """Service project that it stands in, by its key; the host project when absent. Another one replaces
    it."""
    name: (
        Annotated[
            str,
            StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$"),
            Words("lower-case letters, digits and hyphens, at most 40, a letter first and no hyphen last"),
        ]
        | None
    ) = None
    """Name in Google Cloud and in the fleet; organization-environment-key when absent. Another one replaces
    the cluster."""
    short_name: Key | None = None
    """What stands in the key's place in the id of its nodes' service account, to keep when the map key is
    renamed; the map key when absent. Another one replaces the account, and with it the nodes."""
    account_id: AccountId | None = None
    """Id of its nodes' service account, in the cluster's project; organization-environment-gke-key when absent. Another one
    replaces the account, and with it the nodes."""
    subnet: Annotated[Key, KeyOf("google.network.subnets")]
    """Subnet of google.network that it stands in, which no other cluster does. Another one replaces it."""
    control_plane_cidr: Annotated[PrivateCidr, cidr_schema("172.16.0.0/28")]
    """Range of the control plane's private address, a /28 of its own. Another one replaces the cluster."""
    dns_endpoint: StrictBool = True
    """Whether its API answers at a DNS name, through Google's front end, to whom IAM lets through; it does
    when absent."""
    private_endpoint: StrictBool = True
    """Whether its API answers at a private address, to the ranges below; it does when absent."""
    authorized_networks: dict[Key, Cidr] = {}
    """Ranges by name that reach the private address beside the network's onprem_prefixes; none when
    absent."""
    global_access: StrictBool = False
    """Whether the private address is reached from other regions too, such as through a VPN that ends there;
    from its own only when absent."""
    zones: tuple[Zone, ...] = ()
    """Zones of the nodes; three that GKE chooses when absent."""
    secrets_key: Annotated[Key, KeyOf("google.kms_keys")]
    """Key of google.kms_keys that encrypts the Kubernetes secrets."""
    release_channel: ReleaseChannel = ReleaseChannel.REGULAR
    """How soon new versions come: rapid, regular, stable or extended; regular when absent."""
    maintenance: MaintenanceConfig | None = None
    """When it may be upgraded; at any time when absent."""
    max_pods_per_node: Annotated[StrictInt, Field(ge=8, le=256)] = 110
    """Pods that a node has at most, which sets how much of the pods' range it takes; 110 when absent. Another
    number replaces the cluster."""
    webhook_ports: tuple[Port, ...] = (8443, 9443, 15017)
    """Ports at which the control plane calls webhooks on the nodes; those of common operators, and of the
    service mesh, when absent."""
    image_repositories: dict[Key, ImageRepository] = {}
    """Repositories of Artifact Registry by name, in any project, whose images the nodes may pull beside public ones;
    none when absent. Another one gives and takes that right in place; nodes keep what they pulled."""
    observability: ObservabilityConfig = ObservabilityConfig.unsaid()
    """What it sends to Cloud Logging and Cloud Monitoring; what GKE itself says when absent."""
    backup: GkeBackupConfig | None = None
    """How Backup for GKE backs it up every day; not at all when absent. Its agent stays in the cluster when this goes, and
    its plan, which holds the backups, is recorded."""
    backup_elsewhere: StrictBool = False
    """Whether something that is not made here backs it up, such as Velero in it; when it is not,
    `hybrid check` warns that nothing does. Changes nothing that runs."""
    cost_allocation: StrictBool = True
    """Whether the bill names namespaces and labels; it does when absent."""
    node_pools: Annotated[dict[Key, GkeNodePoolConfig], Field(min_length=1)]
    """Node pools by name."""

    refused: ClassVar[Mapping[str, str]] = {
        "autopilot": "clusters here have node pools; leave it out",
        "location": "a cluster stands in the region of its subnet; zones names those of its nodes",
        "region": "a cluster stands in the region of its subnet; leave it out",
        "master_ipv4_cidr_block": "the key is control_plane_cidr",
        "version": "the release channel decides; leave it out",
        "min_master_version": "the release channel decides; leave it out",
        "enable_private_nodes": _ALWAYS,
        "private_nodes": _ALWAYS,
        "public_endpoint": "no cluster here has one; dns_endpoint is the way in from anywhere, with IAM before it",
        "network_policy": "Dataplane V2 enforces network policies, and is always on; leave it out",
        "dataplane_v2": _ALWAYS,
        "workload_identity": _ALWAYS,
        "shielded_nodes": _ALWAYS,
        "deletion_protection": "the environment says it for everything; leave it out here",
    }

    @property
    def most_nodes(self) -> int:
        """The largest number of nodes of all pools together, those that an upgrade adds included."""
        return sum(pool.most_nodes for pool in self.node_pools.values())

    @property
    def addresses_per_node(self) -> int:
        """Addresses of the pods' range that a node takes: twice its pods at least, and a power of two.

        https://docs.cloud.google.com/kubernetes-engine/docs/how-to/flexible-pod-cidr
        """
        return int(2 ** (2 * self.max_pods_per_node - 1).bit_length())

    @property
    def zone_count(self) -> int:
        """How many zones its nodes stand in."""
        return len(self.zones) or ZONES_OF_A_REGION

    def first_nodes(self, pool: GkeNodePoolConfig) -> int:
        """Nodes that a pool is made with in each zone: one at least, and its fewest where they can be spread evenly.

        GKE keeps a pool from shrinking below its fewest nodes and does not make more to come up to them, before a pod
        needs one: https://github.com/kubernetes/autoscaler/issues/2288 (its maintainers on GKE, read 2026-11-30). A pool
        that may have none begins with none, which the API takes as the number that nobody says:
        https://github.com/hashicorp/terraform-provider-google/issues/8270 (read 2026-11-30).
        """
        if not pool.min_nodes:
            return 0
        even = -(-pool.min_nodes // self.zone_count)
        return max(1, even if even * self.zone_count <= pool.max_nodes else even - 1)

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """The cluster's name, and its fleet membership's."""
        return self.name or physical_name(organization, environment, key)

    def account_id_in(self, organization: str, environment: str, key: str) -> str:
        """Id of the service account of its nodes."""
        return self.account_id or physical_name(organization, environment, "gke", self.short_name or key)

    @rule
    def _control_plane_has_a_28(self) -> Iterator[Violation]:
        """The control plane's range is a /28, as GKE wants it."""
        if self.control_plane_cidr.prefixlen != _CONTROL_PLANE_PREFIX:
            yield Violation(
                ("control_plane_cidr",),
                f"must be a /{_CONTROL_PLANE_PREFIX}, got {self.control_plane_cidr}; GKE takes no other",
            )

    @rule
    def _somebody_reaches_it(self) -> Iterator[Violation]:
        """A cluster has an endpoint by which its API is reached."""
        if not self.dns_endpoint and not self.private_endpoint:
            yield Violation(
                ("dns_endpoint",),
                "must be true unless private_endpoint is, or nobody could reach the cluster; say one of the two",
                ("private_endpoint",),
            )

    @rule
    def _what_opens_the_private_endpoint_has_one(self) -> Iterator[Violation]:
        """Only a private endpoint is opened to ranges and other regions."""
        if self.private_endpoint:
            return
        for field in ("authorized_networks", "global_access"):
            if getattr(self, field):
                yield Violation((field,), "goes with private_endpoint, which is false; leave it out")

    @rule
    def _nobody_comes_from_everywhere(self) -> Iterator[Violation]:
        """The private address is open to no more public addresses than somebody may have."""
        yield from not_the_internet(
            ("authorized_networks",), self.authorized_networks.values(), "the private address of the API"
        )

    @rule
    def _one_thing_backs_it_up(self) -> Iterator[Violation]:
        """What is backed up here is not said to be backed up elsewhere."""
        yield from backed_up_once(here=self.backup is not None, elsewhere=self.backup_elsewhere)

    @rule
    def _zones_stand_once(self) -> Iterator[Violation]:
        """Each zone stands once."""
        yield from stands_once("zones", self.zones)

    @rule
    def _ports_stand_once(self) -> Iterator[Violation]:
        """Each port of a webhook stands once."""
        yield from stands_once("webhook_ports", self.webhook_ports)

    @rule
    def _repositories_stand_once(self) -> Iterator[Violation]:
        """Each image repository stands once: of two, the one that goes would take the right of both."""
        first: dict[str, str] = {}
        for key, repository in self.image_repositories.items():
            if first.setdefault(repository, key) != key:
                yield Violation(
                    ("image_repositories", key),
                    f"{repository} stands in {first[repository]} already; take one of the two out",
                )

    @rule
    def _pools_differ_in_name(self) -> Iterator[Violation]:
        """No two node pools are called the same."""
        yield from names_of_their_own("node_pools", {key: one.name for key, one in self.node_pools.items()})

    @rule
    def _pools_begin_in_every_zone(self) -> Iterator[Violation]:
        """A pool may have as many nodes as it begins with, one in each zone unless it may have none."""
        zones = self.zone_count
        for key, pool in self.node_pools.items():
            if pool.min_nodes and pool.max_nodes < zones:
                yield Violation(
                    ("node_pools", key, "max_nodes"),
                    f"must be {zones} or more, because a pool begins with a node in each of {zones} zones, got "
                    f"{pool.max_nodes}; raise it, or name fewer zones",
                )

    @rule
    def _system_pods_have_a_home(self) -> Iterator[Violation]:
        """Some pool always has nodes and no taint, for the pods of the system."""
        if not any(pool.min_nodes and not pool.taints for pool in self.node_pools.values()):
            yield Violation(
                ("node_pools",),
                "must have a pool without taints and with min_nodes of 1 or more, or pods of the system wait for ever",
                ("node_pools",),
            )
