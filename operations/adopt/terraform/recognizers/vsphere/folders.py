"""The folder of an environment's machines: the one that its clusters name, or that is called as it would be."""

from __future__ import annotations

from typing import Any, Final

from operations.adopt.terraform.draft import Draft, Keys
from operations.adopt.terraform.found import Found, FoundObject
from operations.adopt.terraform.recognizers.google.places import said, unless

_TYPE: Final = "vsphere_folder"
_VCENTER: Keys = ("vmware", "vcenter")
_CLUSTERS: Keys = ("vmware", "user_clusters")
_FOLDER: Keys = ("vmware", "vsphere", "folder")


def recognize_folders(found: Found, draft: Draft) -> None:
    """Put the folder, and whether each cluster has one of its own in it."""
    by_path = {one.text("path"): one for one in found.of(_TYPE)}
    derived = f"{draft.organization}-{draft.environment}"
    named = [str(place["folder"]) for place in _places(draft) if "folder" in place]
    ours = [
        path
        for path in sorted(by_path, key=len)
        if path.rpartition("/")[2] == derived or any(f"{one}/".startswith(f"{path}/") for one in named)
    ]
    own = [f"{ours[0]}/{name}" for name in _names(draft)] if ours else []
    taken = [*ours[:1], *(own if own and all(path in by_path for path in own) else ())]
    for path, one in by_path.items():
        if path not in taken:
            draft.leave(
                one, "", "is no folder of the environment's clusters", "keep it in the other Terraform"
            )
    if taken:
        _put(draft, [by_path[path] for path in taken], taken[0], derived)


def _put(draft: Draft, folders: list[FoundObject], top: str, derived: str) -> None:
    parent, _, name = top.rpartition("/")
    per_cluster = len(folders) > 1
    draft.put(
        _FOLDER,
        said(name=unless(name, derived), parent=parent or None, per_cluster=per_cluster or None),
        *folders,
    )
    for place in _places(draft):
        if f"{place.get('folder')}/".startswith(f"{top}/"):
            del place["folder"]


def _places(draft: Draft) -> list[dict[str, Any]]:
    """Where machines stand: what holds for all clusters, and what each says otherwise."""
    clusters = (draft.at(*_CLUSTERS) or {}).values()
    return [place for place in (draft.at(*_VCENTER), *(one.get("vcenter") for one in clusters)) if place]


def _names(draft: Draft) -> list[str]:
    prefix = f"{draft.organization}-{draft.environment}"
    return [one.get("name") or f"{prefix}-{key}" for key, one in (draft.at(*_CLUSTERS) or {}).items()]
