"""Clusters that a mesh joins, and what their manifests say of it, word for word: ``python -m tests.manifests.mesh_tree`` writes it.

The example's prod, applied by Argo CD, with Google's control plane on VMware and upstream Istio in Google Cloud.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import yaml

from estate.derived.clusters.contents import clusters
from estate.model.estate import Estate
from estate.model.fleet.service_mesh import ServiceMesh
from manifests.writing import files
from tests.manifests.example_tree import with_teams_repositories

FOLDER: Final = Path(__file__).parent / "golden_mesh"
APPS: Final = {
    "control_plane": "csm",
    "version": "1.31.3-asm.9",
    "east_west_vip": "10.24.0.220",
    "revision": "asm-stable",
}
CLOUD: Final = {
    "control_plane": "istio",
    "version": "1.31.4",
    "east_west_vip": "10.128.15.200",
    "revision": "asm-stable",
}
MESH: Final[dict[str, Any]] = {
    "mtls": "strict",
    "shared_hosts": ["web.seeiendom-web.svc.cluster.local"],
    "clusters": {"apps": APPS, "cloud": CLOUD},
}
_SHOWN: Final = ("15-mesh-namespace", "45-software", "46-mesh", "asm-overlay")


def joined(mesh: Mapping[str, Any] = MESH, applier: str = "argo_cd") -> Estate:
    """The example with this mesh in prod."""
    whole = with_teams_repositories(applier)
    prod = whole.environments["prod"]
    assert prod.fleet
    features = prod.fleet.features.model_copy(update={"service_mesh": ServiceMesh.model_validate(mesh)})
    fleet = prod.fleet.model_copy(update={"features": features})
    return replace(
        whole, environments={**whole.environments, "prod": prod.model_copy(update={"fleet": fleet})}
    )


def mesh_texts(whole: Estate) -> dict[str, str]:
    """The files of the mesh in prod's joined clusters, by their path in the tree."""
    gitops = whole.organization.gitops
    assert gitops is not None
    return {
        name: text
        for one in clusters(whole, ["prod"])
        if one.key in {"apps", "cloud"}
        for name, text in files(gitops, one).items()
        if Path(name).stem in _SHOWN
    }


def mesh_objects(whole: Estate) -> list[dict[str, Any]]:
    """Every object in them that a cluster is to take."""
    return [
        one
        for name, text in mesh_texts(whole).items()
        if "/synced/" in name
        for one in yaml.load_all(text, Loader=yaml.CSafeLoader)
        if one
    ]


def of_kind(kind: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of a kind."""
    return [one for one in found if one["kind"] == kind]


def write() -> None:
    """Write them all anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name, text in mesh_texts(joined()).items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
