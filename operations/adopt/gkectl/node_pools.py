"""Node pools of a user cluster."""

from __future__ import annotations

from typing import Final

from estate.facts.vmware.versions import minor, supported
from estate.model.rules import Path
from estate.reading.paths import dotted, quoted
from operations.adopt.gkectl.document import Document
from operations.adopt.gkectl.section import Keys, Section

_SIZES: Final = (("cpus", "cpus"), ("memory_mb", "memoryMB"), ("boot_disk_size_gb", "bootDiskSizeGB"))
_EFFECTS: Final = {
    "noschedule": "NO_SCHEDULE",
    "prefernoschedule": "PREFER_NO_SCHEDULE",
    "noexecute": "NO_EXECUTE",
}


def put_node_pools(section: Section, at: Keys, document: Document) -> None:
    """Put the cluster's `node_pools`."""
    section.comes_from((*at, "node_pools"), document.place("nodePools"))
    for path in document.entries("nodePools"):
        name = document.text(*path, "name")
        if name.use() is None:
            name.problem("is missing; give the pool's name")
            continue
        to = (*at, "node_pools", name.value or "")
        if section.at(*to) is not None:
            name.problem(f"{quoted(name.value or '')} stands here a second time; one pool a name")
        section.comes_from(to, name)
        section.say(to, {}, comment=name.remark)
        _put_size(section, to, document, path)
        _put_image(section, to, document, path)
        _put_marks(section, to, document, path)
        section.put((*to, "load_balancer"), document.flag(*path, "enableLoadBalancer"))
        section.put((*to, "datastore"), document.text(*path, "vsphere", "datastore"))
        _put_host_groups(section, to, document, path)
        _leave_version(document, path)


def _put_size(section: Section, to: Keys, document: Document, path: Path) -> None:
    replicas = document.whole(*path, "replicas")
    scaling = document.place(*path, "autoscaling")
    section.comes_from((*to, "replicas"), replicas)
    if scaling.value:
        document.leave_out("autoscaling decides on the number of nodes", *replicas.path)
        section.comes_from((*to, "autoscaling"), scaling)
        section.put((*to, "autoscaling", "min_replicas"), document.whole(*path, "autoscaling", "minReplicas"))
        section.put((*to, "autoscaling", "max_replicas"), document.whole(*path, "autoscaling", "maxReplicas"))
    else:
        section.put((*to, "replicas"), replicas)
    for key, field in _SIZES:
        value = document.whole(*path, field)
        section.put((*to, key), value)
        if value.value is None:
            section.take_default(document, f"nodePools.{field}", dotted(value.path))


def _put_image(section: Section, to: Keys, document: Document, path: Path) -> None:
    image = document.text(*path, "osImageType")
    section.put((*to, "image_type"), image)
    version = minor(document.text("gkeOnPremVersion").value or "")
    rules = supported().get(version)
    if image.value is not None or rules is None:
        return
    first, *others = rules.default_image_types
    section.say((*to, "image_type"), first)
    section.defaults.append(f"{dotted(image.path)} {first}")
    if others:
        section.notes.append(
            f"{document.name} does not say {dotted(image.path)}, and of {version} Google's pages say {first} or "
            f"{' or '.join(others)}; compare with `gcloud container vmware node-pools list`, and write image_type as it "
            "is, or the first apply makes every node anew"
        )


def _put_host_groups(section: Section, to: Keys, document: Document, path: Path) -> None:
    hosts = document.place(*path, "vsphere", "hostgroups")
    version = document.text("gkeOnPremVersion").value or ""
    rules = supported().get(minor(version))
    if rules and not rules.host_groups:
        document.leave_out(
            f"clusters of {version} are advanced ones and have no host groups; where the service still "
            "keeps some, a plan takes them out of the pool",
            *hosts.path,
        )
    else:
        section.put_list((*to, "host_groups"), document.texts(*hosts.path), hosts)


def _put_marks(section: Section, to: Keys, document: Document, path: Path) -> None:
    """Labels, taints and tags."""
    for key in document.keys(*path, "labels"):
        label = document.text(*path, "labels", key)
        section.put((*to, "labels", key), label)
        if label.value is None:
            section.comes_from((*to, "labels", key), label)
            section.say((*to, "labels", key), "")
            document.carry(label.path)
    section.comes_from((*to, "labels"), document.place(*path, "labels"))
    taints = [_taint(section, (*to, "taints"), document, one) for one in document.entries(*path, "taints")]
    if taints:
        section.say((*to, "taints"), taints)
    tags = []
    for position, one in enumerate(document.entries(*path, "vsphere", "tags")):
        category, tag = document.text(*one, "category"), document.text(*one, "name")
        for key, origin in (("category", category), ("tag", tag)):
            section.comes_from((*to, "tags", position, key), origin)
        tags.append({"category": category.use() or "", "tag": tag.use() or ""})
    if tags:
        section.say((*to, "tags"), tags)


def _taint(section: Section, to: Keys, document: Document, path: Path) -> dict[str, str]:
    key, value, effect = (document.text(*path, field) for field in ("key", "value", "effect"))
    for field, origin in (("key", key), ("value", value), ("effect", effect)):
        section.comes_from((*to, path[-1], field), origin)
    meant = (effect.use() or "").replace("_", "").lower()
    return {
        "key": key.use() or "",
        "value": value.use() or "",
        "effect": _EFFECTS.get(meant, effect.value or ""),
    }


def _leave_version(document: Document, path: Path) -> None:
    version = document.text(*path, "gkeOnPremVersion")
    cluster = document.text("gkeOnPremVersion")
    if version.value == cluster.value:
        version.use()
        return
    document.leave_out(
        f"pools follow their cluster's version, {cluster.value}; upgrade the pool with gkectl first, or the next "
        "upgrade of the cluster takes it along",
        *version.path,
    )
