"""What a cluster has that no supported version has, and so has to be migrated before it is adopted.

https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/concepts/migrate-recommended-features
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple

from estate.facts.vmware.versions import gkectl_default, minor, order, supported
from estate.reading.paths import quoted
from estate.reading.problems import InvalidInput
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.files import Config, Files
from operations.adopt.gkectl.network import find_nodes
from operations.adopt.gkectl.site import admin_version

FIRST_WITHOUT_LEGACY: Final = (1, 32)
"""The version that no cluster with an outdated feature can be upgraded to."""
CONTROL_PLANE_NODES: Final = 3
_VERSION: Final = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+")
_IN_NONE: Final = "which no supported version has; it is migrated with gkectl first"


class Legacy(Enum):
    """What a cluster may have that no supported version has."""

    OLD_VERSION = "a version out of support"
    KUBECEPTION = "its control plane in the admin cluster"
    DATAPLANE_V1 = "Dataplane V1"
    F5 = "f5bigip"
    SEESAW = "seesaw"
    SINGLE = "a control plane of one node"
    WINDOWS = "Windows nodes"


class Finding(NamedTuple):
    """Something outdated, the place in the file that says so, and what to tell a person."""

    what: Legacy
    field: Field[Any]
    message: str


@dataclass(frozen=True)
class Outdated:
    """A cluster with something outdated.

    Attributes:
        document: its configuration file.
        name: its name.
        version: its minor version, such as (1, 28); empty when an admin cluster's file names none.
        is_admin: whether it is the admin cluster.
        findings: what is outdated.
    """

    document: Document
    name: str
    version: tuple[int, ...]
    is_admin: bool
    findings: tuple[Finding, ...]

    def has(self, *what: Legacy) -> bool:
        """Whether it has any of these."""
        return any(finding.what in what for finding in self.findings)

    @property
    def encrypts_secrets(self) -> bool:
        """Whether always-on secrets encryption is on, which stands in a migration's way."""
        disabled = self.document.flag("secretsEncryption", "generatedKey", "disabled").value
        return self.document.text("secretsEncryption", "mode").value is not None and not disabled


class MustMigrate(InvalidInput):
    """Clusters that have to be migrated before they can be adopted; nothing has been written.

    Attributes:
        clusters: what is outdated about each of them, the admin cluster last.
        admin_file: the admin cluster's file; None when it was not given.
    """

    def __init__(self, clusters: list[Outdated], admin_file: str | None) -> None:
        findings = [finding for cluster in clusters for finding in cluster.findings]
        super().__init__(found.document.word(found.path, message) for _, found, message in findings)
        self.clusters = clusters
        self.admin_file = admin_file


def refuse_outdated(files: Files) -> None:
    """Refuse clusters that have something which no supported version has.

    Raises:
        InvalidInput: a file is wrong.
        MustMigrate: a cluster has to be migrated or upgraded first.
    """
    found = [_user_cluster(config) for config in files.users]
    found += [_admin_cluster(files.admin.document)] if files.admin else []
    files.raise_problems_of_configs()
    outdated = [cluster for cluster in found if cluster.findings]
    if outdated:
        raise MustMigrate(outdated, files.admin.document.name if files.admin else None)


def _user_cluster(config: Config) -> Outdated:
    document = config.document
    name, version = document.text("name"), document.text("gkeOnPremVersion")
    for field in (name, version):
        if field.value is None:
            field.problem("is empty; is this a template that nobody filled in?")
    if version.value is not None and not _VERSION.fullmatch(version.value):
        version.problem(f"must be a full version such as 1.35.0-gke.525, got {quoted(version.value)}")
    numbers = order(version.value or "")[:2]
    findings = (
        *_old_version(version),
        *_kubeception(config, numbers),
        *_dataplane_v1(document, version.value or ""),
        *_balancer(document),
        *_single(document, "masterNode", version.value),
        *_windows(document),
    )
    return Outdated(document, name.value or "", numbers, is_admin=False, findings=findings)


def _admin_cluster(document: Document) -> Outdated:
    version = admin_version(document)
    numbers = order(version.value or "")[:2]
    findings = (
        *_old_version(version),
        *_balancer(document),
        *_single(document, "adminMaster", version.value),
    )
    name = document.text("name").value or "the admin cluster"
    return Outdated(document, name, numbers, is_admin=True, findings=findings)


def _old_version(field: Field[str]) -> Iterator[Finding]:
    if field.value and order(field.value)[:2] < order(next(iter(supported()))):
        yield Finding(
            Legacy.OLD_VERSION,
            field,
            f"is out of support, got {field.value}; the supported minor versions are {', '.join(supported())}, and "
            "the cluster is upgraded to one of them first",
        )


def _kubeception(config: Config, version: tuple[int, ...]) -> Iterator[Finding]:
    """What the file says; else what its version and the addresses of control plane nodes tell."""
    field = config.document.flag("enableControlplaneV2")
    has_v2 = field.value
    if has_v2 is None:
        # A cluster that was upgraded keeps what it was made with, and only the new kind has these addresses.
        with_addresses = config.lacks_blocks or bool(find_nodes(config).control_plane)
        by_default = gkectl_default("enableControlplaneV2", ".".join(map(str, version)))
        has_v2 = version >= FIRST_WITHOUT_LEGACY or (bool(by_default) and with_addresses)
    if not has_v2:
        said = "is not said" if field.value is None else "is false"
        message = f"{said}: the control plane runs in the admin cluster (kubeception), {_IN_NONE}"
        yield Finding(Legacy.KUBECEPTION, field, message)


def _dataplane_v1(document: Document, version: str) -> Iterator[Finding]:
    field = document.flag("enableDataplaneV2")
    if not (gkectl_default("enableDataplaneV2", version) if field.value is None else field.value):
        said = "is not said" if field.value is None else "is false"
        yield Finding(Legacy.DATAPLANE_V1, field, f"{said}: the cluster has Dataplane V1, {_IN_NONE}")


def _balancer(document: Document) -> Iterator[Finding]:
    kind = document.text("loadBalancer", "kind")
    for what in (Legacy.F5, Legacy.SEESAW):
        if (kind.value or "").lower() == what.value:
            yield Finding(what, kind, f"is {kind.value}, {_IN_NONE}")


def _single(document: Document, nodes: str, version: str | None) -> Iterator[Finding]:
    replicas = document.whole(nodes, "replicas")
    by_default = gkectl_default(f"{nodes}.replicas", version) if version else CONTROL_PLANE_NODES
    if (by_default if replicas.value is None else replicas.value) == CONTROL_PLANE_NODES:
        return
    got = (
        f"got {replicas.value}"
        if replicas.value is not None
        else f"not said means {by_default} in {minor(version or '')}"
    )
    message = (
        f"must be {CONTROL_PLANE_NODES} in every supported version, {got}; nodes are added with gkectl first"
    )
    yield Finding(Legacy.SINGLE, replicas, message)


def _windows(document: Document) -> Iterator[Finding]:
    for path in document.entries("nodePools"):
        image = document.text(*path, "osImageType")
        if (image.value or "").lower() == "windows":
            message = "is windows, which no supported version has; run these workloads elsewhere"
            yield Finding(Legacy.WINDOWS, image, message)
