"""From the documents to the new cluster: a section below `aws`, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from estate.facts.aws.eks_versions import versions
from estate.model.aws.eks_attach import LoggedComponent
from estate.model.aws.eks_cluster import EksClusterConfig, Scaler
from estate.model.aws.values import principal
from estate.reading.paths import quoted
from estate.reading.problems import Problem
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.section import Section
from operations.adopt.management_service.clusters.inputs import Inputs
from operations.adopt.management_service.clusters.keys import Keys
from operations.adopt.management_service.clusters.names import new_key, old_membership, wrong_key
from operations.adopt.management_service.clusters.places import check_vpc
from operations.adopt.management_service.clusters.pools import put_pool
from operations.adopt.management_service.clusters.versions import nearest

EKS_CLUSTERS: Final = ("aws", "eks_clusters")
_ORDER: Final = ("kms_keys", "eks_clusters")
_VERSION: Final = re.compile(r"(1\.[0-9]{1,2})\.[0-9]+-gke\.[0-9]+")
_PERSON: Final = re.compile(r"([^:]*:){5}[^:/]+/[^:]+")
_MEMBERSHIP: Final = re.compile(
    r"(projects/[a-z][-a-z0-9]{4,28}[a-z0-9]/locations/[a-z][-a-z0-9]*/memberships/)?[a-z0-9][-a-z0-9]{0,62}"
)
_LONGEST_KEY: Final = 40


def translate(inputs: Inputs) -> tuple[str, Section, list[Problem]]:
    """Make the section.

    Returns:
        The key of the new cluster; the section; and what is wrong with the command line. What is wrong with the
        documents is reported on them.
    """
    section, cluster = Section(data={"aws": {}}), inputs.documents.cluster
    section.notes += inputs.documents.notes
    section.notes += check_vpc(inputs)
    _check_membership(old_membership(cluster))
    key = new_key(inputs)
    at = (*EKS_CLUSTERS, key)
    keys = Keys(section, inputs)
    section.comes_from(at, cluster.text("metadata", "name"))
    section.say(
        (*at, "version"), nearest(versions().kubernetes), comment=f"{old_minor(cluster) or '?'} until now"
    )
    section.comes_from((*at, "version"), _version(cluster))
    keys.put(
        (*at, "kms_key"),
        cluster.text("spec", "controlPlane", "databaseEncryption", "kmsKeyARN"),
        f"{key}-secrets",
    )
    if any(_grows(pool) for pool in inputs.documents.pools):
        section.say((*at, "scaler"), Scaler.CLUSTER_AUTOSCALER.value)
    _put_services(section, at, cluster)
    _put_administrators(section, at, cluster)
    section.comes_from((*at, "node_groups"), cluster.text("metadata", "name"))
    for pool in inputs.documents.pools:
        _leave_version(pool, cluster)
        put_pool(section, (*at, "node_groups"), inputs, pool, keys)
    problems = [*wrong_key(inputs), *_put_attach(section, at, inputs)]
    section.data["aws"] = {name: section.data["aws"][name] for name in _ORDER if name in section.data["aws"]}
    return key, section, problems


def old_minor(cluster: Document) -> str | None:
    """The minor version of the cluster that runs; None where it says none."""
    found = _VERSION.fullmatch(cluster.text("spec", "controlPlane", "version").value or "")
    return found[1] if found else None


def _version(cluster: Document) -> Field[str]:
    version = cluster.text("spec", "controlPlane", "version")
    if version.use() is None or old_minor(cluster) is None:
        got = quoted(version.value) if version.value else "nothing"
        version.problem(f"must be a version of GKE on AWS such as 1.25.5-gke.2100, got {got}")
    return version


def _leave_version(pool: Document, cluster: Document) -> None:
    version = pool.text("spec", "version")
    if version.value == cluster.text("spec", "controlPlane", "version").value:
        version.use()
    else:
        pool.leave_out("nodes have the version of their cluster", *version.path)


def _grows(pool: Document) -> bool:
    return (pool.whole("spec", "maxNodeCount").value or 0) > (pool.whole("spec", "minNodeCount").value or 0)


def _put_services(section: Section, at: tuple[str, ...], cluster: Document) -> None:
    ranges = cluster.texts("spec", "networking", "serviceAddressCIDRBlocks")
    place = cluster.place("spec", "networking", "serviceAddressCIDRBlocks")
    section.comes_from((*at, "services"), ranges[0] if ranges else place)
    for one in ranges[:1]:
        section.put((*at, "services"), one)
    for one in ranges[1:]:
        one.problem(
            f"is a second range of services, and EKS takes one; leave one of {len(ranges)} in a copy of the file"
        )


def _put_administrators(section: Section, at: tuple[str, ...], cluster: Document) -> None:
    arns = cluster.texts("spec", "authentication", "awsIAM", "adminIdentityARNs")
    to = (*at, "access", "administrators")
    section.comes_from(to, cluster.place("spec", "authentication", "awsIAM", "adminIdentityARNs"))
    seen: set[tuple[str, ...]] = set()
    taken: set[str] = set()
    for arn in arns:
        value = arn.value or ""
        whom = principal(value) if _PERSON.fullmatch(value) else (value,)
        if whom in seen:
            cluster.leave_out("stands here a second time", *arn.path)
            continue
        name = _name(value, taken)
        seen.add(whom)
        taken.add(name)
        section.put((*to, name), arn)


def _name(arn: str, taken: set[str]) -> str:
    """A key for an administrator, from the name of the role or user."""
    words = re.sub(r"[^a-z0-9]+", "-", arn.rpartition("/")[2].lower()).strip("-")
    name = (words if words[:1].isalpha() else f"admin-{words}")[: _LONGEST_KEY - 3].rstrip("-")
    numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _put_attach(section: Section, at: tuple[str, ...], inputs: Inputs) -> Iterator[Problem]:
    """Put the membership, where the environment has a fleet; yields what the command line has to say for that."""
    cluster, environment = inputs.documents.cluster, inputs.target.environment
    membership = old_membership(cluster)
    logs = cluster.flag("spec", "controlPlane", "cloudOperations", "enableLogging")
    if environment.fleet is None or environment.google is None:
        section.notes.append(
            f"{inputs.target.source.display} has no fleet, so the new cluster joins none; the old one is "
            f"{membership.value or 'in none either'}"
        )
        for name, given in (
            ("--installer", inputs.installer),
            ("--platform-version", inputs.platform_version),
        ):
            if given:
                yield Problem.of_file(
                    name, "must be left out, the environment has no fleet to attach a cluster to"
                )
        return
    _tell_fleet(section, membership, environment.google.host_project.id)
    other = _attached(inputs)
    installer = inputs.installer or (other[1].access.installer if other else None)
    platform = inputs.platform_version or (
        other[1].attach.platform_version if other and other[1].attach else None
    )
    if other and not (inputs.installer and inputs.platform_version):
        section.notes.append(
            f"what the command line does not say of the fleet is that of eks_clusters.{other[0]}"
        )
    if installer is None:
        yield Problem.of_file(
            "--installer",
            "is needed: the ARN of the role that applies the companion stack, which attaches the cluster; no other "
            "cluster of the environment names one",
        )
    if platform is None:
        yield Problem.of_file(
            "--platform-version",
            f"is needed: one that `gcloud container attached get-server-config --location={environment.google.region}` "
            "lists for the new version of Kubernetes; no other cluster of the environment names one",
        )
    section.say((*at, "access", "installer"), installer)
    section.say((*at, "attach", "platform_version"), platform)
    if logs.use() is not None:
        said = [LoggedComponent.SYSTEM_COMPONENTS.value] if logs.value else []
        section.say((*at, "attach", "logging"), said)
        section.comes_from((*at, "attach", "logging"), logs)


def _check_membership(membership: Field[str]) -> None:
    """Report what is no membership: it becomes a word of commands."""
    value = membership.use()
    if value is not None and not _MEMBERSHIP.fullmatch(value):
        membership.problem(
            "must be the name of a membership, or projects/PROJECT/locations/global/memberships/NAME, got "
            f"{quoted(value)}"
        )


def _tell_fleet(section: Section, membership: Field[str], host_project: str) -> None:
    value = membership.value or ""
    project = value.split("/")[1] if value.startswith("projects/") else host_project
    if project != host_project:
        section.notes.append(
            f"the old cluster is in the fleet of {project} and the new one joins that of {host_project}: features, teams' "
            "scopes and services that span clusters are that fleet's from then on"
        )


def _attached(inputs: Inputs) -> tuple[str, EksClusterConfig] | None:
    """Another cluster of the environment that is attached, the first by key."""
    attached = inputs.target.environment.attached_eks_clusters
    return next(((key, attached[key]) for key in sorted(attached)), None)
