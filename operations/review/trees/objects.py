"""The objects of a tree by the cluster that they are for, and what of a tree cannot be judged as an object.

What stands below `ENVIRONMENT/CLUSTER/` is for that cluster: `synced/` is applied as it is, every folder beside it by
somebody else or in namespaces that do not exist yet, so that its name belongs to the object's. Nothing of the product's lies
above, so what does is a stranger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from estate.derived.clusters.folder import SYNCED
from manifests.writing import MARK
from operations.review.trees.documents import UnreadableError, documents

_KINDS: Final = (".yaml", ".yml", ".json")
_TOOLS: Final = (".", "chart.", "values.", "kustomization.")
"""How names begin that say how a folder is read, such as .argocd-source.yaml, which sets another source for it."""
_DEPTH: Final = 2
"""Folders that name a cluster: its environment and its key."""


@dataclass(frozen=True, order=True)
class Id:
    """What tells an object from all others of a cluster.

    Attributes:
        where: the folder that it stands in, "" for `synced`.
        kind: its kind, with its group where that is not Kubernetes' own.
        namespace: its namespace, "" without one.
        name: its name.
    """

    where: str
    kind: str
    namespace: str
    name: str

    def address(self, cluster: str) -> str:
        """How a review calls it, below its environment."""
        return "/".join(filter(None, (cluster, self.where, self.kind, self.namespace, self.name)))


@dataclass
class Cluster:
    """What a tree holds for a cluster.

    Attributes:
        objects: each object.
        raw: every file.
        unreadable: files that nobody can judge, with why.
        strangers: files that are not of the product.
    """

    objects: dict[Id, Mapping[str, Any]] = field(default_factory=dict)
    raw: dict[str, bytes | None] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    strangers: list[str] = field(default_factory=list)


def tree_objects(texts: Mapping[str, bytes | None]) -> dict[tuple[str, str], Cluster]:
    """Everything in a tree, by environment and cluster; what stands above these stands under two empty names."""
    found: dict[tuple[str, str], Cluster] = {}
    for path, data in texts.items():
        steps = path.split("/")
        if len(steps) <= _DEPTH:
            _note(found.setdefault(("", ""), Cluster()), path, data)
            continue
        environment, key, *below = steps
        _take(found.setdefault((environment, key), Cluster()), "/".join(below), data)
    return found


def _note(cluster: Cluster, path: str, data: bytes | None) -> None:
    """Note a file that is not read for objects."""
    cluster.raw[path] = data
    if data is None:
        cluster.unreadable[path] = "is no ordinary file or folder"
    else:
        cluster.strangers.append(path)


def _take(cluster: Cluster, path: str, data: bytes | None) -> None:
    """Note what is in one file."""
    folder, _, name = path.rpartition("/")
    where = "" if folder == SYNCED else folder
    if data is None or not path.endswith(_KINDS):
        _note(cluster, path, data)  # such as jsonnet, which Argo CD runs
        return
    cluster.raw[path] = data
    if not data.startswith(MARK.encode()) or name.lower().startswith(_TOOLS):
        cluster.strangers.append(path)
    try:
        for id_, one in _identified(documents(data), where):
            if id_ in cluster.objects:
                cluster.unreadable[path] = f"has {id_.address('')} a second time"
            cluster.objects[id_] = one
    except UnreadableError as error:
        cluster.unreadable[path] = str(error)


def _identified(found: list[Any], where: str) -> list[tuple[Id, Mapping[str, Any]]]:
    """Every object of a file, none when one of them is none."""
    return [(_id(_object(one), where), one) for one in found]


def _object(one: Any) -> Mapping[str, Any]:
    """An object that is no list: appliers take whatever has items for one, of any kind, and apply what is in them."""
    if not isinstance(one, dict):
        raise UnreadableError("holds what is no object of Kubernetes")
    if "items" in one:
        raise UnreadableError("holds a list of objects; write each as a document")
    return one


def _id(one: Mapping[str, Any], where: str) -> Id:
    metadata, kind, version = one.get("metadata"), one.get("kind"), one.get("apiVersion")
    if not isinstance(metadata, dict) or not isinstance(kind, str) or not isinstance(version, str):
        raise UnreadableError("holds what is no object of Kubernetes")
    name, namespace = metadata.get("name"), metadata.get("namespace", "")
    if not (kind and version and name and isinstance(name, str) and isinstance(namespace, str)):
        raise UnreadableError("holds an object without a name, a kind or a version")
    group = version.rpartition("/")[0]
    return Id(where, f"{kind}.{group}" if group else kind, namespace, name)
