"""A team: its group, its namespaces and its access, in every environment.

Left out: people, who belong to the group and to no file of this project.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import Discriminator, Field, Tag

from estate.model.access.kit import NetworkDefault, PodSecurity, Quota
from estate.model.access.values import (
    AccessLevel,
    ClusterRoleName,
    GroupEmail,
    NamespaceName,
    NamespacePrefix,
    TeamName,
)
from estate.model.argo_cd import AppsRepo, GroupClaim
from estate.model.base import EnvironmentName, Model
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule

SYSTEM_PREFIXES: Final = (
    "anthos-",
    "asm-",
    "cert-manager-",
    "config-management-",
    "gatekeeper-",
    "gke-",
    "istio-",
    "kube-",
    "metallb-",
    "resource-group-",
)
"""How the names of namespaces begin that Kubernetes and the product keep to themselves."""


EVERY_RIGHT: Final = "cluster-admin"
"""The ClusterRole that may do everything: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles."""


class CustomAccess(Model):
    """Access by a ClusterRole of one's own instead of view, edit or admin."""

    custom_role: ClusterRoleName
    """ClusterRole that the group is bound to in the team's namespaces: one of cluster_roles, which the tree makes, or one
    that is brought into the clusters by hand."""
    gateway: AccessLevel
    """What the Connect gateway lets through: view reads, edit writes, admin opens shells too."""

    @rule
    def _role_is_not_everything(self) -> Iterator[Violation]:
        """A team has no role that Kubernetes gives every right."""
        if self.custom_role == EVERY_RIGHT:
            yield Violation(
                ("custom_role",),
                f"must not be {EVERY_RIGHT}, which has every right, secrets and the bindings of others among them; say admin, "
                "or name a ClusterRole for the team's task",
            )


def _kind(value: object) -> str:
    return "<custom>" if isinstance(value, dict | CustomAccess) else "<level>"


Access = Annotated[
    Annotated[AccessLevel, Tag("<level>")] | Annotated[CustomAccess, Tag("<custom>")], Discriminator(_kind)
]
"""A level, or a role of one's own."""


def level(access: Access) -> AccessLevel:
    """What the Connect gateway lets through."""
    return access.gateway if isinstance(access, CustomAccess) else access


class Team(Model):
    """A team that runs workloads in the clusters."""

    name: TeamName | None = None
    """Name to keep when the map key is renamed: it is part of the ids of the team's scopes; the map key when
    absent. Another one replaces the scopes and the namespaces in them."""
    group: GroupEmail
    """The team's Google group, in the organization's domain; one group is one team."""
    namespace_prefix: NamespacePrefix
    """How the names of all the team's namespaces begin, also of those that it makes itself later."""
    namespaces: tuple[NamespaceName, ...] = ()
    """Namespaces that are made for the team in every environment it has access to; none when absent.
    A name that is taken out takes the namespace and all that runs in it along."""
    access: Annotated[dict[EnvironmentName, Access], Field(min_length=1)]
    """What the team may do, by environment: view, edit or admin, or a role of one's own; nothing in
    environments that are not named."""
    quota: dict[EnvironmentName, Quota] = {}
    """How much each of the team's namespaces may hold, by environment; no limit in those that are not named."""
    pod_security: PodSecurity = PodSecurity.BASELINE
    """Level of Pod Security that the team's namespaces enforce on new pods, in every cluster that the tree is applied in:
    restricted, baseline or privileged, which is none; baseline when absent."""
    network_default: NetworkDefault = NetworkDefault.OPEN
    """open, or deny_ingress: pods take no connection that no NetworkPolicy allows, in every namespace of the team; open when
    absent. An EKS cluster ignores it unless its network_policies say what holds pods to it, which `hybrid check` warns of."""
    apps_repo: AppsRepo | None = None
    """The team's repository, of which Argo CD makes namespaces under the prefix and what runs in them; none when absent."""
    argo_group: GroupClaim | None = None
    """What the identity provider's claim says of the group, where it is not its address, such as an id of Entra; the address
    when absent."""

    @rule
    def _quotas_are_where_access_is(self) -> Iterator[Violation]:
        """A quota is for an environment that the team has access to; it has no namespaces elsewhere."""
        for environment in self.quota:
            if environment not in self.access:
                yield Violation(
                    ("quota", environment),
                    f"must be for an environment that access names: {', '.join(self.access)}; got {environment}",
                    ("access", environment),
                )

    @rule
    def _namespaces_stand_under_the_prefix(self) -> Iterator[Violation]:
        """The names of a team's namespaces begin with its prefix and go on."""
        for position, name in enumerate(self.namespaces):
            if not name.startswith(self.namespace_prefix) or name == self.namespace_prefix:
                yield Violation(
                    ("namespaces", position),
                    f"must begin with namespace_prefix {self.namespace_prefix}, got {name}; "
                    f"for example {self.namespace_prefix}{name.strip('-')[:20]}",
                )

    @rule
    def _namespaces_stand_once(self) -> Iterator[Violation]:
        """A team names each namespace once."""
        yield from stands_once("namespaces", self.namespaces)

    @rule
    def _prefix_is_not_the_systems(self) -> Iterator[Violation]:
        """A team's prefix is none that Kubernetes or the product keeps to itself."""
        taken = next((p for p in SYSTEM_PREFIXES if self.namespace_prefix.startswith(p)), None)
        if taken:
            yield Violation(
                ("namespace_prefix",),
                f"must not begin with {taken}, which the system keeps to itself, got {self.namespace_prefix}",
            )


PLATFORM: Final = "platform"
"""What the platform team is called by where a team is called by its key."""


class PlatformTeam(Model):
    """The team that runs the clusters themselves."""

    group: GroupEmail
    """Its Google group, in the organization's domain; every Connect gateway lets it through as an
    administrator, and a cluster takes it as one once the object is there that the output
    cluster_admin_binding holds."""
    argo_group: GroupClaim | None = None
    """What the identity provider's claim says of the group, where it is not its address; the address when absent."""
