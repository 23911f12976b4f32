"""Rules on admin clusters: what they manage, and that everybody leaves their addresses alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from estate.derived.ranges import cloud_ranges
from estate.facts.vmware.versions import minor, order, supported
from estate.model.addresses import AddressRange
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.rules import Violation, rule
from estate.model.vmware.vcenter import HOSTS_TO_SPREAD_OVER
from estate.model.vmware.vmware import VmwareConfig


@rule(on=VmwareConfig)
def user_clusters_have_an_admin_cluster(vmware: VmwareConfig) -> Iterator[Violation]:
    """User clusters have an admin cluster, which is made first, by hand."""
    if vmware.user_clusters and not vmware.admin_cluster:
        yield Violation(
            ("user_clusters",),
            "need admin_cluster, with its membership and version; make it with gkectl first and write it here, "
            "or leave user_clusters out until it stands",
            ("admin_cluster",),
        )


@rule(on=VmwareConfig)
def admin_cluster_is_not_older(vmware: VmwareConfig) -> Iterator[Violation]:
    """No user cluster is newer than its admin cluster."""
    admin = vmware.admin_cluster
    for key, cluster in vmware.user_clusters.items() if admin else ():
        if admin and order(cluster.version) > order(admin.version):
            yield Violation(
                ("user_clusters", key, "version"),
                f"must not be newer than admin_cluster.version {admin.version}, got {cluster.version}; "
                "upgrade the admin cluster first",
            )


@rule(on=VmwareConfig)
def admin_cluster_manages_the_version(vmware: VmwareConfig) -> Iterator[Violation]:
    """User clusters are of versions that the admin cluster's own manages."""
    if not vmware.admin_cluster:
        return
    rules = supported().get(minor(vmware.admin_cluster.version))
    for key, cluster in vmware.user_clusters.items() if rules else ():
        name = minor(cluster.version)
        if rules and name in supported() and order(name) < order(rules.admin_manages[-1]):
            yield Violation(
                ("user_clusters", key, "version"),
                f"must be of {', '.join(rules.admin_manages)}, which is what an admin cluster of "
                f"{vmware.admin_cluster.version} manages, got {cluster.version}; upgrade the user cluster first",
            )


@rule(on=VmwareConfig)
def nodes_are_kept_apart_on_enough_hosts(vmware: VmwareConfig) -> Iterator[Violation]:
    """Nodes are kept apart only where there are hosts enough.

    https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/reference/on-prem-api/rest/v1/VmwareAAGConfig
    (at least three; read 2026-11-30)
    """
    for key, cluster in vmware.user_clusters.items():
        vcenter = vmware.vcenter_of(key)
        if cluster.anti_affinity and not vcenter.spreads_nodes:
            yield Violation(
                ("user_clusters", key, "anti_affinity"),
                f"must be false with vcenter.hosts {vcenter.hosts}, because nodes are kept apart on at least "
                f"{HOSTS_TO_SPREAD_OVER} hosts; correct one of the two",
            )


@rule(on=VmwareConfig)
def islands_leave_the_admin_cluster_reachable(vmware: VmwareConfig) -> Iterator[Violation]:
    """Ranges inside a cluster cover nothing of the admin cluster's."""
    for path, cidr in vmware.islands():
        for use in vmware.admin_uses():
            if use.addresses.overlaps(AddressRange.of(cidr)):
                yield Violation(
                    path,
                    f"must not cover {use}, which the cluster could then not reach, got {cidr}; "
                    "choose another range",
                )


@rule(on=Environment)
def admin_cluster_stands_outside_the_cloud(environment: Environment) -> Iterator[Violation]:
    """Nothing of the admin cluster has an address of a range that is in a cloud."""
    clouds = list(cloud_ranges(environment))
    for use in environment.vmware.admin_uses() if environment.vmware else ():
        for one in clouds:
            if use.addresses.overlaps(AddressRange.of(one.cidr)):
                yield Violation(
                    ("vmware", *use.path),
                    f"must not overlap {one}, got {use.addresses} for the {use.words}; correct one of the two",
                )


@rule(on=Estate)
def claims_of_an_admin_cluster_agree(estate: Estate) -> Iterator[Violation]:
    """Environments may share an admin cluster; it runs one version."""
    claims: dict[str, tuple[str, str]] = {}
    for environment, config in estate.environments.items():
        admin = config.vmware.admin_cluster if config.vmware else None
        if not admin:
            continue
        first, version = claims.setdefault(admin.membership, (environment, admin.version))
        if version != admin.version:
            yield Violation(
                (environment, "vmware", "admin_cluster", "version"),
                f"must be {version}, as {first} says of the same admin cluster, got {admin.version}; "
                "`gcloud container vmware admin-clusters list` shows which is right",
            )


@rule(on=Estate)
def admin_addresses_are_left_alone(estate: Estate) -> Iterator[Violation]:
    """No cluster uses an address of another environment's admin cluster or workstations."""
    sections = {name: one.vmware for name, one in estate.environments.items() if one.vmware}
    for (one, admin), (other, section) in permutations(sections.items(), 2):
        for mine in admin.admin_uses():
            for key, use in section.cluster_uses():
                if not use.addresses.overlaps(mine.addresses):
                    continue
                if estate.yields(one, other):
                    yield Violation(
                        (one, "vmware", *mine.path),
                        f"must not overlap vmware.{use} of {other}, got {mine.addresses} for the {mine.words}; "
                        "choose free addresses",
                    )
                else:
                    yield Violation(
                        (other, "vmware", *use.path),
                        f"must not overlap vmware.{mine} of {one}, got {use.addresses} for the {use.words} of "
                        f"{key}; choose free addresses",
                    )


@rule(on=Estate)
def admin_clusters_stand_apart(estate: Estate) -> Iterator[Violation]:
    """Two files may speak of one admin cluster; two admin clusters share no address."""
    clusters = [
        (name, one.vmware.admin_cluster)
        for name, one in estate.environments.items()
        if one.vmware and one.vmware.admin_cluster
    ]
    for (one, mine), (other, theirs) in combinations(clusters, 2):
        if mine.membership == theirs.membership:
            continue
        for path, addresses in theirs.uses():
            for _, taken in mine.uses():
                if addresses.overlaps(taken):
                    yield Violation(
                        (other, "vmware", "admin_cluster", *path),
                        f"must not overlap {taken} of {one}'s admin cluster, got {addresses}; correct one of the two",
                    )
