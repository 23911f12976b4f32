"""Where clusters belong: the Google Cloud project and region, the admin cluster, the place in vCenter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from estate.model.vmware.vcenter import VcenterConfig
from estate.reading.paths import quoted
from operations.adopt.gkectl.document import Document, Field
from operations.adopt.gkectl.files import Config
from operations.adopt.gkectl.network import Nodes
from operations.adopt.gkectl.section import Keys, Section

_VCENTER: Final = {
    "datacenter": "datacenter",
    "cluster": "cluster",
    "resource_pool": "resourcePool",
    "datastore": "datastore",
    "storage_policy_name": "storagePolicyName",
    "folder": "folder",
}
# /var/lib/gke/bundles/gke-onprem-vsphere-1.31.0-gke.1-full.tgz, in the first versions with a dot before full.
_BUNDLE: Final = re.compile(r"(?:^|-)([0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+)(?:[-.]full)?\.tgz$")
_REGION: Final = ("gkeOnPremAPI", "location"), ("stackdriver", "clusterLocation"), ("gkeConnect", "location")


def region(document: Document) -> Field[str]:
    """The region that keeps a cluster's data: what the file says, or what gkectl takes then."""
    found = [document.text(*keys) for keys in _REGION]
    said = (one for one in found if one.value is not None and one.value != "global")
    return next(said, document.text("stackdriver", "clusterLocation"))


def project(document: Document) -> Field[str]:
    """The fleet host project."""
    return document.text("gkeConnect", "projectID")


def use_project(document: Document) -> None:
    """Say that the environment's host project holds what the file says in up to three places."""
    host = project(document)
    for keys in (
        ("gkeConnect", "projectID"),
        ("stackdriver", "projectID"),
        ("cloudAuditLogging", "projectID"),
    ):
        field = document.text(*keys)
        if field.value == host.value:
            field.use()


def use_region(document: Document, location: str | None) -> None:
    """Say that the environment's region holds what the file says in up to three places."""
    for keys in _REGION:
        field = document.text(*keys)
        if field.value == location:
            field.use()


def put_location(section: Section, documents: list[Document]) -> None:
    """Put `vmware.location`, which all clusters of one environment share."""
    to = ("vmware", "location")
    found = [region(document) for document in documents]
    first = next((field for field in found if field.value is not None), found[0])
    section.put(to, first)
    for field in found:
        use_region(field.document, first.value)
        if field.value not in {None, first.value}:
            field.problem(
                f"must be {first.value} as in {first.document.name}, got {field.value}; clusters of one environment "
                "keep their data in one region"
            )


def admin_version(document: Document) -> Field[str]:
    """The admin cluster's version, which its file says in the name of its bundle only."""
    bundle = document.text("bundlePath")
    found = _BUNDLE.search(bundle.value or "")
    return Field(found[1] if found else None, document, bundle.path)


def put_admin_cluster(section: Section, config: Config, nodes: Nodes) -> None:
    """Put `vmware.admin_cluster`: the data that rules and memberships need, the rest stays gkectl's."""
    document, to = config.document, ("vmware", "admin_cluster")
    name, host = document.text("name"), project(document)
    section.comes_from((*to, "membership"), name)
    section.comes_from(to, name)
    if name.use() is None:
        name.problem(
            "is missing; write the name that gkectl chose, `gcloud container fleet memberships list` shows it"
        )
    if host.use() is None:
        host.problem("is missing; write the id of the fleet host project")
    location = document.text("gkeConnect", "location")
    membership = f"projects/{host.value}/locations/{location.use() or 'global'}/memberships/{name.value}"
    section.say((*to, "membership"), membership, comment=name.remark)
    version = admin_version(document)
    if version.value is None:
        version.problem(
            "must end with the bundle's file name as Google gave it, gke-onprem-vsphere-VERSION-full.tgz; the "
            f"version is taken from it, got {quoted(document.text('bundlePath').value or '')}"
        )
    section.put((*to, "version"), version)
    addresses: list[str] = []
    for place in [document.text("loadBalancer", "vips", key) for key in ("controlPlaneVIP", "addonsVIP")]:
        if place.value is not None:
            section.comes_from((*to, "addresses", len(addresses)), place)
            addresses.append(place.use() or "")
    for node in nodes.all:
        section.comes_from((*to, "addresses", len(addresses)), node.ip)
        node.ip.use()
        addresses.append(str(node.addresses))
    if addresses:
        section.say((*to, "addresses"), addresses)


def _chooses_disks(document: Document, key: str) -> bool:
    """Whether the cluster says where disks go, so that neither of the two ways to say it is inherited."""
    return key in {"datastore", "storage_policy_name"} and any(
        document.text("vCenter", field).value for field in ("datastore", "storagePolicyName")
    )


def put_vcenter(section: Section, document: Document) -> None:
    """Put what the admin cluster's file says as `vmware.vcenter`, which every user cluster inherits."""
    for key, field in _VCENTER.items():
        section.put(("vmware", "vcenter", key), document.text("vCenter", field))


def put_cluster_vcenter(
    section: Section, at: Keys, document: Document, admin: Config | None, inherited: Mapping[str, Any]
) -> None:
    """Put what differs for one cluster as its own `vcenter`.

    Args:
        section: takes it.
        at: keys of the cluster.
        document: the cluster's file.
        admin: its admin cluster, from which gkectl takes what the cluster does not say.
        inherited: where all clusters of the environment stand.
    """
    to = (*at, "vcenter")
    for key, field in _VCENTER.items():
        origin = document.text("vCenter", field)
        if origin.value is None and admin and not _chooses_disks(document, key):
            origin = admin.document.text("vCenter", field)
        section.comes_from((*to, key), origin)
        if origin.value == inherited.get(key):
            origin.use()
        else:
            section.put((*to, key), origin)


def put_anti_affinity(section: Section, at: Keys, document: Document, inherited: Mapping[str, Any]) -> None:
    """Put whether nodes are kept on different hosts, where that does not follow from the number of hosts."""
    apart = document.flag("antiAffinityGroups", "enabled")
    section.comes_from((*at, "anti_affinity"), apart)
    said = apart.use()
    if said is None:
        said = bool(section.take_default(document, "antiAffinityGroups.enabled"))
    if said != VcenterConfig(hosts=inherited.get("hosts")).spreads_nodes:
        section.say((*at, "anti_affinity"), said, comment=apart.remark)
