"""Node pools of GKE clusters, as objects of their own; what a cluster's resource holds inside cannot be imported."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import (
    last,
    project_of,
    region_of,
    said,
    unless,
)

POOL: Final = "google_container_node_pool"
_ZONES: Final = 3
_DISKS: Final = frozenset({"pd-standard", "pd-balanced", "pd-ssd", "hyperdisk-balanced"})


def pools_of(found: Found, cluster: FoundObject) -> list[FoundObject]:
    """The pools of a cluster."""
    return [
        pool
        for pool in found.of(POOL)
        if last(pool.text("cluster")) == cluster.text("name")
        and project_of(pool) in {project_of(cluster), ""}
        and region_of(pool) in {region_of(cluster), ""}
    ]


def put_pools(found: Found, draft: Draft, cluster: FoundObject, path: Keys) -> None:
    """Put the pools of a cluster at its path."""
    pools = pools_of(found, cluster)
    names = {pool.text("name") for pool in pools}
    for block in cluster.blocks("node_pool"):
        name = str(block.get("name"))
        if name not in names:
            draft.leave(
                cluster,
                f"node_pool.{name}",
                "is a node pool inside the cluster's resource, of which no state has an object",
                f"terraform import it as a google_container_node_pool in the other Terraform first, and adopt again, or "
                f"say it below {'.'.join(map(str, path))}.node_pools with an import entry",
            )
    zones = len(cluster.texts("node_locations")) or _ZONES
    for pool in pools:
        _put(draft, pool, (*path, "node_pools"), zones)


def _put(draft: Draft, pool: FoundObject, path: Keys, zones: int) -> None:
    config = ("node_config", 0)
    if pool.blocks(*config, "guest_accelerator"):
        draft.leave(pool, "", "has GPUs, which pools here do not have", "keep it in the other Terraform")
        return
    disk = pool.text(*config, "disk_type")
    if disk not in {"", *_DISKS}:
        draft.leave(
            pool,
            "",
            f"has disks of type {disk}, which pools here do not have",
            "keep it in the other Terraform",
        )
        return
    name = pool.text("name")
    key = draft.key(path, name)
    draft.put(
        (*path, key),
        said(
            name=unless(name, key),
            machine_type=pool.text(*config, "machine_type") or None,
            **_sizes(draft, pool, len(pool.texts("node_locations")) or zones),
            disk_size_gb=unless(pool.at(*config, "disk_size_gb") or 100, 100),
            disk_type=unless(disk or "pd-balanced", "pd-balanced"),
            spot=pool.at(*config, "spot") or pool.at(*config, "preemptible") or None,
            labels=_labels(pool) or None,
            taints=_taints(draft, pool) or None,
            max_surge=_surge(pool, "max_surge", 1),
            max_unavailable=_surge(pool, "max_unavailable", 0),
        ),
        pool,
    )


def _sizes(draft: Draft, pool: FoundObject, zones: int) -> dict[str, int]:
    scaling = pool.blocks("autoscaling")
    if not scaling:
        nodes = int(pool.at("node_count") or pool.at("initial_node_count") or 0) * zones
        draft.leave(
            pool,
            "autoscaling",
            f"has a fixed number of nodes, {nodes} in all, and pools here have the autoscaler",
            "nothing: fewest and most are that number",
        )
        return {"min_nodes": nodes, "max_nodes": max(nodes, 1)}
    least, most = (scaling[0].get(f"total_{edge}_node_count") for edge in ("min", "max"))
    if most:
        return {"min_nodes": int(least or 0), "max_nodes": int(most)}
    by_zone = [int(scaling[0].get(f"{edge}_node_count") or 0) for edge in ("min", "max")]
    return {"min_nodes": by_zone[0] * zones, "max_nodes": by_zone[1] * zones}


def _labels(pool: FoundObject) -> dict[str, Any]:
    return dict(pool.at("node_config", 0, "labels") or {})


def _taints(draft: Draft, pool: FoundObject) -> list[dict[str, object]]:
    taints = []
    for taint in pool.blocks("node_config", 0, "taint"):
        if taint.get("value"):
            taints.append({key: taint.get(key) for key in ("key", "value", "effect")})
        else:
            draft.leave(
                pool,
                f"node_config.taint.{taint.get('key')}",
                "is a taint without a value, and taints here have one",
                "let pods tolerate the key whatever its value, and say the taint with one",
            )
    return taints


def _surge(pool: FoundObject, edge: str, default: int) -> object:
    value = pool.at("upgrade_settings", 0, edge)
    return unless(default if value is None else int(value), default)
