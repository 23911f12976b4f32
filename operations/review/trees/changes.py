"""What differs between two trees, as changes of objects that rules judge like those of a plan.

Quiet is what only adds: a namespace that the organization's file lists, or a cluster, brings bindings that are wider nowhere
than where nothing was. A changed file is held against what the environment files say; the gate holds the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from estate.derived.clusters.folder import INSTALL, kit_folder
from estate.model.estate import Estate
from manifests.kept import kept
from operations.review.findings import Finding
from operations.review.plan import Action, Change
from operations.review.rules import finding
from operations.review.trees.granted import bounded, granted
from operations.review.trees.objects import Cluster, Id, tree_objects
from operations.review.trees.risks import TreeRisks, tree_risks
from operations.review.trees.said import said, values
from operations.review.trees.texts import Side, texts
from operations.review.trees.unwritten import unwritten

_NAMESPACE: Final = "Namespace"
_BINDINGS: Final = ("RoleBinding.rbac.authorization.k8s.io", "ClusterRoleBinding.rbac.authorization.k8s.io")
IN_NEW_NAMESPACE: Final = " in a new namespace"
IN_NEW_CLUSTER: Final = " in a new cluster"
IN_LAST: Final = " of the last environment"
INSTALLED: Final = " that people install"
OF_ARGO_CD: Final = " of Argo CD"
OF_SYSTEM: Final = " of the system"
EVERYWHERE: Final = " bound everywhere"
_SYSTEM: Final = ("kube-", "gke-", "istio-", "config-management-", "gatekeeper-", "argocd")
"""How namespaces begin that software of the cluster runs in."""


@dataclass
class TreeChanges:
    """What happens to the clusters of one environment.

    Attributes:
        changes: what happens to objects.
        findings: about files and folders.
    """

    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def tree_changes(base: Side, head: Side) -> dict[str, TreeChanges]:
    """What differs, by environment.

    Raises:
        InvalidInput: the head's files cannot be written as a tree.
        OSError: a file cannot be read.
    """
    found = defaultdict(TreeChanges, differing(texts(base), texts(head), head.estate))
    for path, (environment, place) in unwritten(base, head).items():
        found[environment].findings.append(
            finding("manifest-not-rendered", tree_risks().not_rendered, place or path, path)
        )
    return dict(found)


def differing(
    base: Mapping[str, bytes | None], head: Mapping[str, bytes | None], estate: Estate
) -> dict[str, TreeChanges]:
    """The same of the files of both sides, with the estate that the head's are made of."""
    before, after = tree_objects(base), tree_objects(head)
    found: dict[str, TreeChanges] = defaultdict(TreeChanges)
    for environment, key in sorted(before.keys() | after.keys()):
        old, new = before.get((environment, key), Cluster()), after.get((environment, key), Cluster())
        there = _There(environment, key, estate, old, new)
        here = TreeChanges([*there.changes()], [*there.findings(tree_risks())])
        if here.changes or here.findings:
            found[environment].changes += here.changes
            found[environment].findings += here.findings
    return dict(found)


@dataclass(frozen=True)
class _There:
    """Both sides of one cluster."""

    environment: str
    key: str
    estate: Estate
    old: Cluster
    new: Cluster

    def changes(self) -> Iterator[Change]:
        if self._is_gone:
            return
        before, after = self.old.objects, self.new.objects
        for id_ in sorted(before.keys() | after.keys()):
            one, other = before.get(id_), after.get(id_)
            if one != other:
                yield self._change(id_, one, other)

    def findings(self, risks: TreeRisks) -> Iterator[Finding]:
        if self._is_gone:
            yield finding("folder-gone", risks.folder_gone, self.key, f"{len(self.old.objects)} objects")
        for path in filter(self._is_other, self.new.unreadable):
            where, why = f"{self.key}/{path}".strip("/"), self.new.unreadable[path]
            yield finding("manifest-unreadable", risks.unreadable, where, why)
        for path in filter(self._is_other, self.new.strangers):
            yield finding("manifest-stranger", risks.stranger, f"{self.key}/{path}")

    def _is_other(self, path: str) -> bool:
        return path not in self.old.raw or self.old.raw[path] != self.new.raw[path]

    @property
    def _is_gone(self) -> bool:
        return bool(self.old.objects) and not (self.new.objects or self.new.unreadable)

    def _change(self, id_: Id, one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Change:
        action = Action.UPDATE
        if one is None:
            action = Action.CREATE
        elif other is None:
            action = Action.FORGET if _is_kept(one) else Action.DELETE
        return Change(
            address=id_.address(self.key),
            type=f"{id_.kind}{self._circumstance(id_)}",
            name="/".join(filter(None, (id_.where, id_.namespace, id_.name))),
            module=f"manifests of {self.key}",
            action=action,
            values=values(self._said(one, id_.kind), self._said(other, id_.kind), id_.kind),
        )

    def _said(self, one: Mapping[str, Any] | None, kind: str) -> Any:
        found = said(one, f"{self.environment}/{self.key}")
        spec = found.get("spec") if found and kind == "AppProject.argoproj.io" else None
        if isinstance(spec, dict):
            for key in ("destinations", "clusterResourceWhitelist"):
                if isinstance(spec.get(key), list):
                    spec[key] = [bounded(word, self.estate) for word in spec[key]]
        return found

    def _circumstance(self, id_: Id) -> str:
        """What makes of the same change another: where nothing was before, or where it counts most."""
        if id_.kind in _BINDINGS:
            return self._of_binding(id_)
        if id_.kind == "ConfigMap":
            return _of_settings(id_)
        if id_.kind == "ClusterRole.rbac.authorization.k8s.io":
            return EVERYWHERE if id_.name in self._everywhere else ""
        if id_.kind == _NAMESPACE and id_.where == INSTALL:
            return INSTALLED
        if id_.kind.endswith(".argoproj.io") and self.environment in self.estate.organization.promotion[-1:]:
            return IN_LAST
        return ""

    def _of_binding(self, id_: Id) -> str:
        is_new = self._is_new_namespace(id_.namespace) or self._is_new_kit(id_.where)
        if is_new and self._is_granted(id_):
            return IN_NEW_NAMESPACE
        return IN_NEW_CLUSTER if self._is_platform(id_) else ""

    def _is_new_namespace(self, name: str) -> bool:
        """Whether a namespace of a team comes with the tree; of others nobody knows whether they are there."""
        id_ = Id("", _NAMESPACE, "", name)
        listed = any(name in team.namespaces for team in self.estate.organization.teams.values())
        return listed and id_ in self.new.objects and id_ not in self.old.objects

    def _is_new_kit(self, where: str) -> bool:
        """Whether it is of a team whose namespaces had no kit, so that there is none that it is wider in."""
        kits = {kit_folder(team.name or key) for key, team in self.estate.organization.teams.items()}
        return where in kits and not any(id_.where == where for id_ in self.old.objects)

    def _is_granted(self, id_: Id) -> bool:
        """Whether the environment files give the team just that."""
        binding = said(self.new.objects.get(id_), "") or {}
        return any(
            (id_.where, id_.namespace, binding.get("roleRef")) == (where, namespace, role)
            and binding.get("subjects") == [group]
            for where, namespace, role, group in self._granted
        )

    @cached_property
    def _granted(self) -> frozenset[tuple[str, str, str, str]]:
        return granted(self.estate, self.environment, self.key)

    @cached_property
    def _everywhere(self) -> frozenset[str]:
        """Names of the roles that somebody has in the whole cluster afterwards."""
        bound = [said(one, "") for id_, one in self.new.objects.items() if id_.kind == _BINDINGS[1]]
        return frozenset(str(one.get("roleRef")).partition(" ")[2] for one in bound)

    def _is_platform(self, id_: Id) -> bool:
        """Whether a new cluster gets the platform team that the organization's file names as administrator, and nobody else."""
        team = self.estate.organization.platform_team
        subjects = said(self.new.objects.get(id_), "") or {}
        return (
            bool(team)
            and not self.old.objects
            and subjects.get("subjects") == [f"Group {team.group if team else ''}"]
        )


def _of_settings(id_: Id) -> str:
    if id_.name.startswith("argocd-"):
        return OF_ARGO_CD
    return OF_SYSTEM if id_.namespace.startswith(_SYSTEM) else ""


def _is_kept(one: Mapping[str, Any]) -> bool:
    """Whether both appliers leave it where it is when it goes from the tree."""
    annotations = one["metadata"].get("annotations")
    return isinstance(annotations, dict) and kept().items() <= annotations.items()
