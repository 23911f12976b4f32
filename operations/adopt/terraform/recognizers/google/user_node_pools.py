"""Node pools of user clusters on VMware."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import last, project_of, said, unless

_TYPE: Final = "google_gkeonprem_vmware_node_pool"
_CONFIG: Final = ("config", 0)
_VSPHERE: Final = (*_CONFIG, "vsphere_config", 0)
_SCALING: Final = ("node_pool_autoscaling", 0)


def put_pools(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    """Put the pools of a cluster at its path."""
    datastore = cluster.text("vcenter", 0, "datastore")
    for pool in found.of(_TYPE):
        mine = project_of(pool) == project_of(cluster)
        if mine and last(pool.text("vmware_cluster")) == cluster.text("name"):
            _put(draft, pool, (*path, "node_pools"), datastore)


def _put(draft: Draft, pool: FoundObject, path: Keys, datastore: str) -> None:
    name = pool.text("name")
    key = draft.key(path, name)
    draft.put(
        (*path, key),
        said(
            name=unless(name, key),
            **_size(pool),
            cpus=unless(pool.at(*_CONFIG, "cpus") or 4, 4),
            memory_mb=unless(pool.at(*_CONFIG, "memory_mb") or 8192, 8192),
            boot_disk_size_gb=unless(pool.at(*_CONFIG, "boot_disk_size_gb") or 40, 40),
            image_type=unless(pool.text(*_CONFIG, "image_type") or "ubuntu_cgv2", "ubuntu_cgv2"),
            labels=dict(pool.at(*_CONFIG, "labels") or {}) or None,
            taints=[dict(taint) for taint in pool.blocks(*_CONFIG, "taints")] or None,
            load_balancer=pool.at(*_CONFIG, "enable_load_balancer") or None,
            datastore=unless(pool.text(*_VSPHERE, "datastore") or datastore, datastore),
            host_groups=pool.texts(*_VSPHERE, "host_groups") or None,
            tags=[
                said(category=tag.get("category"), tag=tag.get("tag"))
                for tag in pool.blocks(*_VSPHERE, "tags")
            ]
            or None,
        ),
        pool,
    )


def _size(pool: FoundObject) -> dict[str, Any]:
    if pool.at(*_SCALING, "max_replicas"):
        edges = ("min_replicas", "max_replicas")
        return {"autoscaling": {edge: pool.at(*_SCALING, edge) for edge in edges}}
    return said(replicas=pool.at(*_CONFIG, "replicas"))
