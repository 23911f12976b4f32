"""Resource pools of clusters: those that their machines stand in, and the admin cluster's by its name."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import said, unless

_TYPE: Final = "vsphere_resource_pool"
_CLUSTERS: Keys = ("vmware", "user_clusters")
_VCENTER: Keys = ("vmware", "vcenter")
_POOLS: Keys = ("vmware", "vsphere", "resource_pools")
_ADMIN: Final = "admin"
_UNITS: Final = (("cpu", "mhz"), ("memory", "mb"))


def recognize_resource_pools(found: Found, draft: Draft) -> None:
    """Put the pools of clusters; a pool in a pool, or anybody else's, has no place."""
    pools = list(found.of(_TYPE))
    ids = {one.text("id") for one in pools}
    for pool in pools:
        key = _key(draft, pool.text("name"))
        why = "is no cluster's pool" if key is None else ""
        if pool.text("parent_resource_pool_id") in ids:
            why = "stands in another pool, and pools here stand in a vSphere cluster's own"
        if why or key is None:
            draft.leave(pool, "", why, "keep it in the other Terraform")
        else:
            _put(draft, pool, key)
    _leave_out_places(draft)


def _key(draft: Draft, name: str) -> str | None:
    common = (draft.at(*_VCENTER) or {}).get("resource_pool")
    for key, cluster in (draft.at(*_CLUSTERS) or {}).items():
        if name == (cluster.get("vcenter") or {}).get("resource_pool", common):
            return str(key)
    return _ADMIN if name == f"{draft.organization}-{draft.environment}-{_ADMIN}" else None


def _put(draft: Draft, pool: FoundObject, key: str) -> None:
    cluster = (draft.at(*_CLUSTERS) or {}).get(key, {})
    derived = cluster.get("name") or f"{draft.organization}-{draft.environment}-{key}"
    parts = {part: _allocation(pool, part, unit) or None for part, unit in _UNITS}
    draft.put((*_POOLS, key), said(name=unless(pool.text("name"), derived), **parts), pool)


def _allocation(pool: FoundObject, part: str, unit: str) -> dict[str, Any]:
    level = pool.text(f"{part}_share_level") or "normal"
    limit = int(pool.at(f"{part}_limit") or 0)
    return said(
        share_level=unless(level, "normal"),
        shares=pool.at(f"{part}_shares") if level == "custom" else None,
        expandable=False if pool.at(f"{part}_expandable") is False else None,
        **{
            f"reservation_{unit}": int(pool.at(f"{part}_reservation") or 0) or None,
            f"limit_{unit}": limit if limit > 0 else None,
        },
    )


def _leave_out_places(draft: Draft) -> None:
    """Leave out where a pool of the section says it: of each cluster that has one, and of all once all have."""
    clusters, made = draft.at(*_CLUSTERS) or {}, draft.at(*_POOLS) or {}
    for key in made:
        (clusters.get(key, {}).get("vcenter") or {}).pop("resource_pool", None)
    if clusters and all(key in made for key in clusters):
        (draft.at(*_VCENTER) or {}).pop("resource_pool", None)
