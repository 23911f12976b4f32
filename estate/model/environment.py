"""One environment: its identity, its state and its clouds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import StrictBool

from estate.model.aws.aws import AwsConfig
from estate.model.aws.eks_attach import AttachConfig
from estate.model.aws.eks_cluster import EksClusterConfig
from estate.model.base import EnvironmentName, LabelKey, LabelValue, Model
from estate.model.bootstrap import BootstrapConfig
from estate.model.cluster import Cluster, ClusterKind
from estate.model.dns import DnsConfig
from estate.model.fleet.attached_cluster import AttachedClusterConfig
from estate.model.fleet.fleet import FleetConfig
from estate.model.google.google import GoogleConfig
from estate.model.monitoring.monitoring import MonitoringConfig
from estate.model.networks import Range
from estate.model.skiperator import SkiperatorConfig
from estate.model.state import State
from estate.model.vmware.vmware import VmwareConfig
from estate.model.vpn.vpn import VpnConfig


class Environment(Model):
    """Everything that one environment file says."""

    judged_from_outside: ClassVar[bool] = True

    environment: EnvironmentName
    """Name of the environment, the same as its file's."""
    state: State
    """Where the Terraform state lives."""
    bootstrap: BootstrapConfig | None = None
    """The bucket of that state and the pipeline's identities, made by a stack that a person applies; when absent, people
    make both."""
    deletion_protection: StrictBool = True
    """Whether Terraform refuses to destroy what holds data or identity (keys, networks, gateways,
    clusters); false only for environments that may be thrown away whole. Protected when absent."""
    labels: dict[LabelKey, LabelValue] = {}
    """Labels (AWS: tags) on everything that takes them, beside those that the project sets itself."""
    google: GoogleConfig | None = None
    """The Google Cloud host project and what is in it; nothing in Google Cloud when absent."""
    vmware: VmwareConfig | None = None
    """The user clusters on VMware; none when absent."""
    fleet: FleetConfig | None = None
    """The fleet of the host project, which clusters on VMware need; when absent, nobody is given access here."""
    aws: AwsConfig | None = None
    """The AWS account and what is in it; nothing in AWS when absent."""
    vpn: VpnConfig | None = None
    """The VPNs that join the networks of the other sections; none when absent."""
    dns: DnsConfig | None = None
    """Which domains the data centers and AWS answer; each network asks its own cloud alone when absent."""
    monitoring: MonitoringConfig | None = None
    """Where metrics, logs and traces of the clusters go; to nothing of one's own when absent. Changes no stack."""
    skiperator: SkiperatorConfig | None = None
    """What Skiperator is told, where clusters have it; nothing is made for it when absent. Changes the manifests alone."""

    @property
    def waits_for(self) -> EnvironmentName | None:
        """The environment whose stack has to be applied before this one's; None when there is none."""
        return self.google.host_project.owner if self.google else None

    @property
    def bootstrap_owner(self) -> EnvironmentName | None:
        """The environment that makes what this one's ground shares with it; None where this one makes all."""
        return self.bootstrap.owner if self.bootstrap else None

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """Every user cluster, kind after kind and by key within; admin clusters are none."""
        on_prem = self.vmware.user_clusters if self.vmware else {}
        in_google = self.google.gke_clusters if self.google else {}
        eks = self.aws.eks_clusters if self.aws else {}
        return (
            *(Cluster(ClusterKind.ON_PREM, key, one) for key, one in sorted(on_prem.items())),
            *(Cluster(ClusterKind.GOOGLE, key, one) for key, one in sorted(in_google.items())),
            *(Cluster(ClusterKind.EKS, key, one, one.attach is not None) for key, one in sorted(eks.items())),
            *(
                Cluster(ClusterKind.ATTACHED, key, one, not one.leaves)
                for key, one in sorted(self.clusters_of_others.items())
            ),
        )

    @property
    def own_members(self) -> tuple[str, ...]:
        """Keys of the clusters that register themselves from the environment's own stack, those on VMware first."""
        return tuple(one.key for one in self.clusters if one.is_member and not one.is_attached)

    @property
    def members(self) -> tuple[str, ...]:
        """Keys of the clusters that are members of the fleet, those attached to it by the companion stack last."""
        return tuple(one.key for one in self.clusters if one.is_member)

    @property
    def attached_clusters(self) -> Mapping[str, AttachConfig]:
        """What each cluster that the companion stack attaches to the fleet says of that, by key."""
        return {
            **{key: cluster.attach for key, cluster in self.attached_eks_clusters.items() if cluster.attach},
            **{key: one for key, one in self.clusters_of_others.items() if not one.leaves},
        }

    @property
    def attached_eks_clusters(self) -> Mapping[str, EksClusterConfig]:
        """Those of them that are made here."""
        clusters = self.aws.eks_clusters if self.aws else {}
        return {key: cluster for key, cluster in clusters.items() if cluster.attach}

    @property
    def clusters_of_others(self) -> Mapping[str, AttachedClusterConfig]:
        """Clusters that nothing here makes, and that are members or leave."""
        return self.fleet.attached_clusters if self.fleet else {}

    def routable_ranges(self) -> Iterator[Range]:
        """Every range that other networks route to."""
        for name, section in (("google", self.google), ("vmware", self.vmware), ("aws", self.aws)):
            for path, cidr in section.routable_ranges() if section else ():
                yield Range(self.environment, (name, *path), cidr)

    def islands(self) -> Iterator[Range]:
        """Every range that exists only inside one cluster, and so may stand in several."""
        for name, section in (("vmware", self.vmware), ("aws", self.aws)):
            for path, cidr in section.islands() if section else ():
                yield Range(self.environment, (name, *path), cidr)
