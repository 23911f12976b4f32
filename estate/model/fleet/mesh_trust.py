"""Whom the proxies of an environment's mesh trust: one root, and in each cluster an intermediate of it that signs for workloads.

The trust domain is called the same in every mesh (cluster.local), so that the root alone tells one environment's workloads
from another's. Its key is made by Certificate Authority Service and stays there, in hardware, in both tiers:
https://docs.cloud.google.com/certificate-authority-service/docs/tiers (2026-12-01). An intermediate's key is made by
cert-manager in its cluster and leaves it never: https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/.
Left out: a root whose key is a file, and keys of Cloud KMS.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field, StrictInt, StringConstraints

from estate.model.base import Model
from estate.model.google.values import Region
from estate.model.naming import physical_name
from estate.model.rules import Violation, rule
from estate.model.words import Words

POOL_PART: Final = "mesh"
"""What a pool's name says after organization and environment."""

PoolId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-zA-Z0-9_-]{1,63}$"),
    Words("1 to 63 letters, digits, underscores and hyphens"),
]
"""Name of a CA pool: https://docs.cloud.google.com/certificate-authority-service/docs/reference/rest/v1/projects.locations.caPools/create."""

ObjectName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"),
    Words("a name as Kubernetes takes it, such as mesh-root"),
]
"""Name of a Kubernetes object."""

IssuerKind = Annotated[
    str, StringConstraints(pattern=r"^[A-Z][A-Za-z0-9]{0,62}$"), Words("a kind such as Issuer")
]
"""Kind of an issuer."""

RootNumber = Annotated[StrictInt, Field(ge=1, le=999)]
"""Number of a root; the names of roots are made of them."""


class Tier(StrEnum):
    """What the service does with certificates that it has issued, and what it charges."""

    DEVOPS = "devops"
    """Issues, and keeps no list: nothing can be looked up or revoked."""
    ENTERPRISE = "enterprise"
    """Lists them, and revokes."""


class MeshAuthority(Model):
    """A pool of Certificate Authority Service with the root in it, made by the environment's own stack."""

    location: Region | None = None
    """Region of pool and root; google.region when absent. Another one makes both anew."""
    tier: Tier = Tier.DEVOPS
    """devops, or enterprise, which lists and revokes what it issued and costs more: `hybrid check` says how much a month.
    devops when absent. Another one makes pool and root anew."""
    pool: PoolId | None = None
    """Name of the pool, to keep one that stands; organization-environment-mesh when absent. Another one makes another pool, and
    another root in it."""
    root: RootNumber = 1
    """Number of the root that signs; 1 when absent. Another one signs with that root from the next renewals on: first let it
    stand among `beside` until every cluster trusts it."""
    beside: Annotated[tuple[RootNumber, ...], Field(max_length=3)] = ()
    """Numbers of further roots that are trusted and do not sign: a higher one than `root` is to come, a lower one is to go.
    None when absent. Each costs what a root does; one that leaves the list is destroyed."""
    root_years: Annotated[StrictInt, Field(ge=1, le=30)] = 10
    """Years for which a root is valid; 10 when absent. Another number makes every root anew."""

    def pool_in(self, organization: str, environment: str) -> str:
        """Name of the pool."""
        return self.pool or physical_name(organization, environment, POOL_PART)

    @rule
    def _roots_differ(self) -> Iterator[Violation]:
        """The root that signs is no further one, and each further one is another."""
        if self.root in self.beside or len(set(self.beside)) < len(self.beside):
            numbers = ", ".join(map(str, self.beside))
            yield Violation(
                ("beside",),
                f"must be other numbers than root, each once, got {numbers} beside root {self.root}; take out what is there twice",
                ("root",),
            )


ApiGroup = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9.-]{1,253}$"),
    Words("the name of an API group, such as cert-manager.io"),
]
"""A group of Kubernetes' API."""


class OwnIssuer(Model):
    """An issuer of cert-manager's, or of one of its external issuers, that people make in every cluster of the mesh."""

    name: ObjectName
    """Its name."""
    kind: IssuerKind = "Issuer"
    """Its kind: one in namespace istio-system, or one of the whole cluster, which whoever may ask for a certificate in any
    namespace can have an intermediate of. Issuer when absent."""
    group: ApiGroup = "cert-manager.io"
    """API group of its kind; cert-manager.io when absent."""


class MeshTrust(Model):
    """Who issues the intermediates of a mesh, and for how long."""

    authority: MeshAuthority | None = None
    """A root in Certificate Authority Service; one with defaults when neither this nor `issuer` is there."""
    issuer: OwnIssuer | None = None
    """An issuer of one's own in the place of Certificate Authority Service, with the cert-manager that it needs; the service's
    when absent. Another one brings another root: workloads trust each other again only once every cluster has it."""
    intermediate_days: Annotated[StrictInt, Field(ge=7, le=365)] = 90
    """Days for which an intermediate is valid; 90 when absent. Changes the pool in place."""
    renew_days: Annotated[StrictInt, Field(ge=2, le=180)] = 30
    """Days before its end at which an intermediate is renewed; 30 when absent. Changes the manifests alone."""

    @property
    def service(self) -> MeshAuthority | None:
        """The root in Certificate Authority Service; None with an issuer of one's own."""
        return None if self.issuer else self.authority or MeshAuthority()

    @rule
    def _one_issues(self) -> Iterator[Violation]:
        """Intermediates come from one root."""
        if self.authority and self.issuer:
            yield Violation(
                ("issuer",),
                f"must not stand beside authority, got {self.issuer.name}: a mesh has one root; take out one of the two",
                ("authority",),
            )

    @rule
    def _renewal_comes_in_time(self) -> Iterator[Violation]:
        """An intermediate is used for at least half of its days before the next one comes."""
        if self.renew_days * 2 > self.intermediate_days:
            yield Violation(
                ("renew_days",),
                f"must be at most half of intermediate_days ({self.intermediate_days}), got {self.renew_days}; "
                f"say {self.intermediate_days // 2} or less",
                ("intermediate_days",),
            )
