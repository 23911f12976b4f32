"""What a team's repository may bring into a cluster, as projects of Argo CD.

Two a team: one for what the team writes, which may touch nothing but its namespaces' own objects, and one for its
namespaces and their kit, whose source is the platform's tree alone. Argo CD asks the project for the Namespace that it makes,
too, so that a team's project without any right to them cannot carry one in its repository; the other one names them by the
prefix, which takes 3.3.0 (argoproj/argo-cd#3553). Fields: docs/operator-manual/project.yaml of argo-cd v3.5.7, 2026-11-30.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from estate.derived.clusters.argo_cd import ArgoCdContents, ArgoCdTeam
from estate.model.access.values import AccessLevel
from manifests.argo_cd_object import HERE, argo_cd_object
from manifests.kept import kept
from manifests.kubernetes_object import RBAC, Object

_NOT_THE_TEAMS: Final = (
    ("", "LimitRange"),
    ("", "ResourceQuota"),
    (RBAC, "*"),
    ("configsync.gke.io", "*"),
    ("*.istio.io", "*"),
)
"""What stands in a team's namespaces and is the platform's to say: how much they hold, who has rights there, what else reads
a repository, and the mesh, whose objects reach other teams' traffic."""
_OF_THE_KIT: Final = (
    ("", "LimitRange"),
    ("", "ResourceQuota"),
    ("networking.k8s.io", "NetworkPolicy"),
    (RBAC, "RoleBinding"),
)
_LOOKS: Final = (("applications", "get"), ("logs", "get"))
_WORKS: Final = (*_LOOKS, ("applications", "sync"), ("applications", "action/*"))


def namespaces_project(team: ArgoCdTeam) -> str:
    """Name of the project of a team's namespaces."""
    return f"{team.kit.label}-namespaces"


def team_project(team: ArgoCdTeam) -> str:
    """Name of the project of what a team writes."""
    return team.kit.label


def argo_cd_projects(config: ArgoCdContents) -> list[Object]:
    """Both projects of each team."""
    return [one for team in config.teams for one in (_of_the_team(team), _of_its_namespaces(team, config))]


def _of_the_team(team: ArgoCdTeam) -> Object:
    name = team_project(team)
    rights = _LOOKS if team.level is AccessLevel.VIEW else _WORKS
    role = f"proj:{name}:team"
    spec = {
        "description": f"what {name} runs in its namespaces",
        "sourceRepos": _once([one.url for one in team.sources]),
        "destinations": _namespaces(team),
        "clusterResourceWhitelist": [],
        "namespaceResourceBlacklist": _kinds(_NOT_THE_TEAMS),
        "roles": [
            {
                "name": "team",
                "groups": [team.group],
                "policies": [f"p, {role}, {what}, {verb}, {name}/*, allow" for what, verb in rights],
            }
        ],
    }
    return argo_cd_object("AppProject", name, spec, annotations=kept())


def _of_its_namespaces(team: ArgoCdTeam, config: ArgoCdContents) -> Object:
    spec = {
        "description": f"the namespaces of {team.kit.label} with what the platform puts into each",
        "sourceRepos": [config.tree.url],
        "destinations": _namespaces(team),
        "clusterResourceWhitelist": [{"group": "", "kind": "Namespace", "name": f"{team.prefix}*"}],
        "namespaceResourceWhitelist": _kinds(_OF_THE_KIT),
    }
    return argo_cd_object("AppProject", namespaces_project(team), spec, annotations=kept())


def _namespaces(team: ArgoCdTeam) -> list[Object]:
    return [{"server": HERE, "namespace": f"{team.prefix}*"}]


def _kinds(found: Sequence[tuple[str, str]]) -> list[Object]:
    return [{"group": group, "kind": kind} for group, kind in found]


def _once(found: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(found))
