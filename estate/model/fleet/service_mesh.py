"""The service mesh.

The mesh spans on-prem and cloud as a multi-primary mesh of different networks: every cluster runs a
control plane of its own, all share one mesh id, and each is a network because pods of one cannot reach
pods of another without a gateway. In VMware clusters it is installed with `asmcli`, which takes both.
See https://docs.cloud.google.com/service-mesh/docs/operate-and-maintain/multi-cluster

A cluster is joined to the others only where the file says its `control_plane`; Google's own way to do that (asmcli create-mesh)
takes no private GKE cluster. Google's managed control plane is none that others can be joined to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import StringConstraints

from estate.facts.mesh_versions import why_not_taken
from estate.model.addresses import Address
from estate.model.base import Model
from estate.model.fleet.mesh_trust import MeshTrust
from estate.model.fleet.values import MemberKey
from estate.model.lists import stands_once
from estate.model.rules import Violation, rule
from estate.model.words import Words

MeshRevision = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("a revision of the mesh, or a tag of one, such as asm-1313-9 or asm-managed"),
]
"""What a namespace asks for by the label istio.io/rev."""

MeshVersion = Annotated[
    str,
    StringConstraints(pattern=r"^1\.[0-9]{1,3}\.[0-9]{1,3}(-asm\.[0-9]{1,3})?$"),
    Words("a version of Cloud Service Mesh such as 1.31.3-asm.9, or of Istio such as 1.31.4"),
]
"""An exact version of a control plane."""

SharedHost = Annotated[
    str,
    StringConstraints(
        pattern=r"^(\*|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.svc\.cluster\.local$"
    ),
    Words(
        "a service such as web.shop.svc.cluster.local, or all of a namespace such as *.shop.svc.cluster.local"
    ),
]
"""A host of the mesh: a service of a namespace, or all of one."""


class ControlPlane(StrEnum):
    """Which control plane a cluster of the joined mesh runs."""

    CSM = "csm"
    ISTIO = "istio"


class MutualTls(StrEnum):
    """Whether plain text is taken between workloads."""

    PERMISSIVE = "permissive"
    STRICT = "strict"


class MeshManagement(StrEnum):
    """Who runs the mesh's control plane."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


class ServiceMeshSettings(Model):
    """The mesh in a cluster."""

    management: MeshManagement = MeshManagement.MANUAL
    """manual: the control plane runs in the cluster and a person installs it. automatic: Google runs it,
    for clusters in Google Cloud only. manual when absent."""
    revision: MeshRevision | None = None
    """Revision of the control plane, or tag of one, that the teams' namespaces ask for by the label istio.io/rev, such as
    asm-managed: each pod gets a proxy when it next starts. No label when absent, and whatever stands on a namespace stays.
    Changes the manifests alone, which no plan shows."""


class MeshCluster(ServiceMeshSettings):
    """The mesh in one cluster."""

    control_plane: ControlPlane | None = None
    """Joins the cluster to the others that say it: csm, Cloud Service Mesh in the cluster, which a person installs with asmcli;
    istio, upstream Istio by its charts, which whoever applies the manifests installs. When absent the cluster is joined to
    none, and no manifest of the mesh is made for it."""
    version: MeshVersion | None = None
    """Exact version of the control plane; goes with control_plane."""
    east_west_vip: Address | None = None
    """Address at which the other clusters' proxies reach this one's services, port 15443: of a MetalLB pool of the cluster, or
    of the subnet of a GKE cluster. Goes with control_plane; another one cuts what runs over it until every control plane knows."""

    @rule
    def _what_joins_goes_together(self) -> Iterator[Violation]:
        """A control plane has a version and an address, and nothing else has them."""
        for field in ("version", "east_west_vip"):
            said = getattr(self, field) is not None
            if said and self.control_plane is None:
                yield Violation(
                    (field,), "goes with control_plane; say csm or istio, or take it out", ("control_plane",)
                )
            if not said and self.control_plane is not None:
                yield Violation((field,), f"must be said with control_plane: {self.control_plane}")

    @rule
    def _a_person_runs_what_is_joined(self) -> Iterator[Violation]:
        """A control plane that Google runs is no peer of others."""
        if self.control_plane is not None and self.management is MeshManagement.AUTOMATIC:
            yield Violation(
                ("management",),
                f"must be manual with control_plane: {self.control_plane}, got automatic: a control plane that Google runs "
                "cannot be joined to others; leave one of the two out",
                ("control_plane",),
            )

    @rule
    def _version_is_taken(self) -> Iterator[Violation]:
        """The version is one of that control plane, supported, and without the known defects between clusters."""
        if self.control_plane is None or self.version is None:
            return
        if ("-asm." in self.version) != (self.control_plane is ControlPlane.CSM):
            example = "1.31.3-asm.9" if self.control_plane is ControlPlane.CSM else "1.31.4"
            yield Violation(
                ("version",),
                f"must be one of {self.control_plane}'s such as {example}, got {self.version}",
                ("control_plane",),
            )
            return
        why = why_not_taken(self.control_plane, self.version)
        if why:
            yield Violation(("version",), why)


class ServiceMesh(ServiceMeshSettings):
    """The mesh in every member cluster."""

    mtls: MutualTls = MutualTls.PERMISSIVE
    """Whether workloads of clusters with a control_plane take plain text beside mTLS: permissive, they do; strict, they do not, which
    cuts callers without a proxy. permissive when absent. Changes the manifests alone, which no plan shows."""
    shared_hosts: tuple[SharedHost, ...] = ()
    """Services that clusters with a control_plane share, so that callers reach those of the same name in every cluster; all others
    stay each cluster's own, whatever its namesakes elsewhere. None when absent."""
    clusters: dict[MemberKey, MeshCluster] = {}
    """User clusters that have other settings; theirs stand in place of the ones above, as a whole."""
    trust: MeshTrust | None = None
    """One root for the environment, and the intermediates that clusters sign with; when absent nothing here makes them, and
    each control plane makes a root of its own unless somebody gives it another."""

    refused: ClassVar[Mapping[str, str]] = {
        "control_plane": "is said of each cluster, under clusters",
        "version": "is said of each cluster, under clusters",
        "east_west_vip": "is said of each cluster, under clusters",
    }

    @property
    def joins(self) -> bool:
        """Whether clusters say that they are joined."""
        return any(one.control_plane for one in self.clusters.values())

    @rule
    def _hosts_stand_once(self) -> Iterator[Violation]:
        """Each shared host stands once."""
        yield from stands_once("shared_hosts", self.shared_hosts)

    @rule
    def _what_is_shared_has_clusters(self) -> Iterator[Violation]:
        """What holds between joined clusters is said where some are."""
        said = {"shared_hosts": bool(self.shared_hosts), "mtls": self.mtls is MutualTls.STRICT}
        for field in () if self.joins else (name for name, one in said.items() if one):
            yield Violation(
                (field,),
                "is for clusters with a control_plane, and none has one; say it under clusters, or take this out",
            )
