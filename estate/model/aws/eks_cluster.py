"""An EKS cluster in the management VPC or in one that exists, and what makes it a member of the fleet.

Left out: a VPC that is made for it, which no network of this project would join; Fargate, Auto Mode and Outposts; the
aws-auth map, in place of which are access entries; a service mesh, which Google ends for attached clusters on
2027-03-17.

https://docs.aws.amazon.com/eks/latest/userguide/create-cluster.html and
https://docs.cloud.google.com/kubernetes-engine/multi-cloud/docs/attached/eks/how-to/attach-cluster
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Final

from pydantic import Field, StrictBool, StringConstraints

from estate.facts.aws.eks_versions import minor_number, platforms_for, versions
from estate.model.aws.eks_access import EksAccess, EksEndpoint
from estate.model.aws.eks_addons import ADDONS, AddonName, AddonVersion
from estate.model.aws.eks_attach import AttachConfig
from estate.model.aws.eks_backup import (
    BACKUPS_PART,
    VELERO_ACCOUNT,
    VELERO_NAMESPACE,
    EksBackupConfig,
)
from estate.model.aws.eks_node_group import EksNodeGroupConfig
from estate.model.aws.eks_pod_role import PodRole
from estate.model.aws.management_vpc import FlowLogRetentionDays
from estate.model.aws.values import IamPrincipalArn, KubernetesMinor
from estate.model.backed_up import backed_up_once
from estate.model.base import Cidr, Key, Model
from estate.model.key_of import KeyOf
from estate.model.lists import stands_once
from estate.model.naming import physical_name
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Violation, rule
from estate.model.words import Words

_MOST_NODE_GROUPS: Final = 30  # https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
_NODES_MAY_LAG: Final = 3
_LARGEST_SERVICES, _SMALLEST_SERVICES = 12, 24

SCALER_ACCOUNT: Final = "cluster-autoscaler"
"""Service account in kube-system that the Cluster Autoscaler runs as."""

LOAD_BALANCER_ACCOUNT: Final = "aws-load-balancer-controller"
"""Service account in kube-system that the AWS Load Balancer Controller runs as."""

LOAD_BALANCER_PART: Final = "load-balancers"
SCALER_PART: Final = "scaler"
"""What the names of their roles end with."""

ClusterName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 63, a letter first and no hyphen last"),
]
"""Name of an EKS cluster, which takes 100 characters, and of its fleet membership, which takes 63."""


class SupportType(StrEnum):
    """What happens when a Kubernetes version leaves standard support."""

    STANDARD = "standard"
    EXTENDED = "extended"


class Scaler(StrEnum):
    """What changes the number of nodes between the two sizes of a group."""

    CLUSTER_AUTOSCALER = "cluster_autoscaler"
    """The Cluster Autoscaler of Kubernetes, with its role."""
    OTHER = "other"
    """Something that has its role from elsewhere, or people."""


class NetworkPolicies(StrEnum):
    """What holds pods to NetworkPolicies, which EKS by itself leaves without effect."""

    VPC_CNI = "vpc_cni"
    """The network add-on, by an agent on each node."""
    OTHER = "other"
    """Something that is installed from elsewhere, such as Calico or Cilium."""
    NONE = "none"
    """Nothing."""


class LogType(StrEnum):
    """Logs of the control plane."""

    API = "api"
    AUDIT = "audit"
    AUTHENTICATOR = "authenticator"
    CONTROLLER_MANAGER = "controllerManager"
    SCHEDULER = "scheduler"


class EksClusterConfig(Model):
    """A cluster with private nodes in a VPC; Kubernetes secrets and logs are encrypted."""

    name: ClusterName | None = None
    """Name to keep when the map key is renamed, or of a cluster that exists; organization, environment and map
    key when absent. Another name replaces the cluster."""
    short_name: Key | None = None
    """What stands in the key's place in the names of what belongs to the cluster (roles, security group, launch
    templates), to keep when the map key is renamed; the map key when absent. Another one replaces all of it."""
    role: IamPrincipalArn | None = None
    """Role that the control plane of a cluster has that others made, by its ARN: it stays theirs, and has
    AmazonEKSClusterPolicy or the like. One of the cluster's own is made when absent. Another one replaces the cluster."""
    vpc: Annotated[Key, KeyOf("aws.existing_vpcs")] | None = None
    """Key of aws.existing_vpcs that it stands in; the management VPC when absent. Nothing of these files leads there, the
    bastion neither. It cannot change: AWS moves no cluster into another VPC."""
    version: KubernetesMinor
    """Kubernetes in quotes, such as "1.35"; one minor version up at a time, and never down."""
    support: SupportType = SupportType.STANDARD
    """standard: AWS upgrades the cluster by itself when its version leaves standard support. extended: it stays a
    year longer for six times the price. standard when absent."""
    kms_key: Annotated[Key, KeyOf("aws.kms_keys")]
    """Key of aws.kms_keys that encrypts Kubernetes secrets and the control plane's logs; another one for secrets
    replaces the cluster."""
    services: Cidr
    """Range of Kubernetes services, /12 to /24 of private addresses, inside this cluster only; it cannot change.
    Pods have addresses of the VPC's private subnets, and nothing in the VPC may have one of this range."""
    prefix_delegation: StrictBool | None = None
    """Whether nodes take addresses for pods in blocks of 16, of which an interface holds as many as of single ones.
    The network add-on is left as it is when absent, one by one unless somebody set it otherwise; to go back, say
    false. A change takes the place of other settings of that add-on, and nodes that run keep what they have: make new
    node groups, then take the old ones out."""
    network_policies: NetworkPolicies | None = None
    """What holds pods to NetworkPolicies: vpc_cni, the network add-on; other, which comes from elsewhere; or none. The network
    add-on is left as it is when absent, and as EKS makes it, a NetworkPolicy binds nobody. A change takes the place of other
    settings of that add-on, and restarts it node by node; with vpc_cni, policies that stand begin to bind."""
    endpoint: EksEndpoint = EksEndpoint.unsaid()
    """From where the API is reached; from the bastion when absent. A cluster in a VPC of existing_vpcs has to say it."""
    access: EksAccess
    """AWS identities that administer the cluster."""
    node_groups: Annotated[dict[Key, EksNodeGroupConfig], Field(min_length=1, max_length=_MOST_NODE_GROUPS)]
    """Worker nodes by group, at most 30 groups."""
    scaler: Scaler | None = None
    """What changes the number of nodes between min_size and max_size: cluster_autoscaler, for whose service account
    kube-system/cluster-autoscaler a role is made, and which whoever applies the cluster's manifests installs, or other,
    which comes from elsewhere. Nothing when absent: groups stay at min_size, which `hybrid check` warns of. Another one
    makes or destroys the role."""
    load_balancer_controller: StrictBool = False
    """Whether the cluster gets the AWS Load Balancer Controller: a role for kube-system/aws-load-balancer-controller, and
    the controller by whoever applies the cluster's manifests. From then on it makes a network load balancer for each new
    service of type LoadBalancer, inside the VPC unless the service asks for another, and application load balancers for
    ingresses of class alb. Not when absent. Taken out, the role is destroyed: take away first what it made."""
    metrics_server: StrictBool = False
    """Whether the cluster gets the add-on metrics-server, without which no HorizontalPodAutoscaler scales; not when absent.
    Take one away first that somebody installed by hand."""
    default_storage_class: StrictBool = True
    """Whether its manifests have a StorageClass of encrypted gp3 volumes, which claims get that name none; they have when
    absent. EKS itself has no default one. Another value changes the manifests alone, which no plan shows."""
    volumes_key: Annotated[Key, KeyOf("aws.kms_keys")] | None = None
    """Key of aws.kms_keys for volumes that pods claim, which a StorageClass names: the role of the storage driver may use
    it; no cluster's kms_key. No key of this file when absent. Another one gives and takes that right in place; volumes
    keep the key that they were made with, and do not attach without it."""
    pod_roles: dict[Key, PodRole] = {}
    """Roles by name that service accounts take on, such as that of the AWS Load Balancer Controller; none when absent."""
    backup: EksBackupConfig | None = None
    """How Velero, installed by whoever applies the cluster's manifests, backs it up every day: a bucket, and a role for the
    service account velero in its namespace velero; not at all when absent. Taken out, the role is destroyed; the bucket, which
    holds the backups, is recorded and outlives the cluster."""
    backup_elsewhere: StrictBool = False
    """Whether something that is not made here backs it up, such as Velero in it; when it is not,
    `hybrid check` warns that nothing does. Changes nothing that runs."""
    addon_versions: dict[AddonName, AddonVersion] = {}
    """Versions of add-ons to stay at, raised with Kubernetes; the default of the Kubernetes version that an add-on
    was made with when absent."""
    log_types: Annotated[tuple[LogType, ...], Field(min_length=1)] = tuple(LogType)
    """Logs of the control plane that are kept, audit among them; all five when absent."""
    log_retention_days: FlowLogRetentionDays = 365
    """How long they are kept, in days; a year when absent."""
    attach: AttachConfig | None = None
    """Membership of the fleet; the cluster is no member when absent."""

    refused: ClassVar[Mapping[str, str]] = {
        "aws_auth": "access entries stand in its place; name AWS identities under access",
        "deletion_protection": "is the environment's own deletion_protection; say it there",
        "pods": "pods have addresses of the VPC's private subnets; leave it out",
    }

    @property
    def addons(self) -> tuple[AddonName, ...]:
        """The add-ons that it has, in their order."""
        return tuple(
            name for name in AddonName if name is not AddonName.METRICS_SERVER or self.metrics_server
        )

    @property
    def software(self) -> tuple[str, ...]:
        """Software of others that it asks for, by the names of `estate/facts/software.yaml`."""
        asked = {
            "aws-load-balancer-controller": self.load_balancer_controller,
            "cluster-autoscaler": self.scaler is Scaler.CLUSTER_AUTOSCALER,
            "velero": self.backup is not None,
        }
        return tuple(name for name, wanted in asked.items() if wanted)

    def node_role_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the role that all its nodes have."""
        return self.part_in(organization, environment, key, "nodes")

    def part_in(self, organization: str, environment: str, key: str, part: str) -> str:
        """Name of a role that belongs to the cluster."""
        return physical_name(organization, environment, "eks", self.short_name or key, part)

    def bucket_in(self, organization: str, environment: str, key: str, account: str) -> str:
        """Name of the bucket of its backups; the account makes it ours, because all of AWS shares names of buckets."""
        said = self.backup.bucket if self.backup else None
        return said or self.part_in(organization, environment, key, f"{BACKUPS_PART}-{account}")

    def name_in(self, organization: str, environment: str, key: str) -> str:
        """Name of the cluster and of its membership."""
        return self.name or physical_name(organization, environment, key)

    @rule
    def _groups_differ_in_name(self) -> Iterator[Violation]:
        """No two node groups are called the same."""
        yield from names_of_their_own("node_groups", {key: one.name for key, one in self.node_groups.items()})

    @rule
    def _service_accounts_have_one_role(self) -> Iterator[Violation]:
        """A service account takes on one role, and those of add-ons and of what is installed from here have theirs."""
        taken = {f"kube-system:{one.service_account}": name.value for name, one in ADDONS.items()}
        if self.scaler is Scaler.CLUSTER_AUTOSCALER:
            taken[f"kube-system:{SCALER_ACCOUNT}"] = "scaler"
        if self.load_balancer_controller:
            taken[f"kube-system:{LOAD_BALANCER_ACCOUNT}"] = "load_balancer_controller"
        if self.backup:
            taken[f"{VELERO_NAMESPACE}:{VELERO_ACCOUNT}"] = "backup"
        for key, role in self.pod_roles.items():
            owner = taken.setdefault(role.subject, key)
            if owner != key:
                yield Violation(
                    ("pod_roles", key, "service_account"),
                    f"must differ from that of {owner}, got {role.subject} for both; a service account takes on one role",
                    ("scaler",),
                )

    @rule
    def _one_thing_backs_it_up(self) -> Iterator[Violation]:
        """What is backed up here is not said to be backed up elsewhere."""
        yield from backed_up_once(here=self.backup is not None, elsewhere=self.backup_elsewhere)

    @rule
    def _versions_are_of_its_addons(self) -> Iterator[Violation]:
        """A version of an add-on is said where the cluster has that add-on."""
        for name in self.addon_versions:
            if name not in self.addons:
                yield Violation(
                    ("addon_versions", name),
                    "goes with metrics_server: true, which the cluster does not say; say it, or take the version out",
                    ("metrics_server",),
                )

    @rule
    def _version_is_known(self) -> Iterator[Violation]:
        """The Kubernetes version is known, and in the support that is asked for."""
        known = versions().kubernetes
        support = known.get(self.version)
        if support is None:
            yield Violation(
                ("version",),
                f"must be a known version, {', '.join(known)}; got {self.version}; if EKS has it by now, add it to "
                "estate/facts/aws/eks_versions.json",
            )
        elif self.support is SupportType.STANDARD and not support.standard:
            newest = list(known)[-1]
            yield Violation(
                ("version",),
                f"left standard support on {support.standard_ends}, got {self.version}; choose {newest} for a new "
                "cluster, or say support: extended until this one is upgraded",
            )

    @rule
    def _nodes_do_not_lag(self) -> Iterator[Violation]:
        """Nodes are at most three minor versions behind the control plane, and never ahead."""
        newest = minor_number(self.version)
        for key, group in self.node_groups.items():
            if group.version and not newest - _NODES_MAY_LAG <= minor_number(group.version) <= newest:
                yield Violation(
                    ("node_groups", key, "version"),
                    f"must be at most {_NODES_MAY_LAG} minor versions behind the cluster's {self.version} and not "
                    f"ahead of it, got {group.version}",
                )

    @rule
    def _platform_goes_with_the_version(self) -> Iterator[Violation]:
        """The platform version of an attached cluster goes with its Kubernetes version."""
        if self.attach is None or self.version not in versions().kubernetes:
            return
        fit, got = platforms_for(self.version), self.attach.platform_version
        if ".".join(got.split(".")[:2]) not in fit:
            yield Violation(
                ("attach", "platform_version"),
                f"must be of {' or '.join(fit)} for Kubernetes {self.version}, got {got}; "
                "gcloud container attached get-server-config lists what there is",
            )

    @rule
    def _services_have_a_range_that_eks_takes(self) -> Iterator[Violation]:
        """The services' range is private and of a size that EKS takes."""
        fits = _LARGEST_SERVICES <= self.services.prefixlen <= _SMALLEST_SERVICES
        if not (fits and self.services.is_private):
            private = "10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"
            yield Violation(("services",), f"must be a /12 to /24 of {private}, got {self.services}")

    @rule
    def _audit_is_kept(self) -> Iterator[Violation]:
        """The audit log is among those that are kept, and each stands once."""
        if LogType.AUDIT not in self.log_types:
            yield Violation(
                ("log_types",), "must have audit, which says who did what; add it, or leave log_types out"
            )
        yield from stands_once("log_types", self.log_types)

    @rule
    def _installer_goes_with_attach(self) -> Iterator[Violation]:
        """An attached cluster has a role that installs Google's agent, and no other has."""
        if self.attach and self.access.installer is None:
            yield Violation(
                ("access", "installer"),
                "is needed with attach: somebody has to install Google's agent; name the role that applies the "
                "companion stack",
                ("attach",),
            )
        elif self.access.installer and not self.attach:
            yield Violation(
                ("access", "installer"),
                "must be left out without attach: it would administer for nothing",
                ("attach",),
            )

    @rule
    def _agents_have_somewhere_to_run(self) -> Iterator[Violation]:
        """Some node group always has nodes and takes any pod, for DNS and Google's agents."""
        if not any(group.takes_any_pod for group in self.node_groups.values()):
            yield Violation(
                ("node_groups",),
                "must have a group with min_size of at least 1 and no taint that keeps pods out, on which DNS and "
                "Google's agents run; add one",
                ("node_groups",),
            )
