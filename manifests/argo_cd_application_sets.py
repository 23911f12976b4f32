"""How directories of a team's repository become applications: https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/.

A set writes over an application of its name that nobody owns (createOrUpdateInCluster of argo-cd v3.5.7, 2026-11-30). So
directories outside of the team's prefix make none, and the names of what is not a team's first repository, the platform's
applications among them, begin with a word and a dot, which no namespace has. The project stands in the template literally:
from a directory's name, whoever pushes could choose it.
"""

from __future__ import annotations

from typing import Final

from estate.derived.clusters.argo_cd import ArgoCdContents, ArgoCdTeam, Source, Syncing
from manifests.argo_cd_object import HERE, SERVER_SIDE, argo_cd_object, retried
from manifests.argo_cd_projects import namespaces_project, team_project
from manifests.kept import kept
from manifests.kubernetes_object import Object
from manifests.namespaces import team_labels

_NAMESPACE: Final = "{{.path.basename}}"
_KIT: Final = Syncing(automated=True, prune=True, self_heal=True)
"""The kit is the platform's: it is there before anything runs, and a right that is taken away goes. It goes with its
namespace, and stays where a directory goes or the fleet takes the namespace over."""


def argo_cd_application_sets(config: ArgoCdContents) -> list[Object]:
    """A set for each repository of each team, and one for the team's namespaces."""
    return [
        one
        for team in config.teams
        for one in (*(_of_a_source(team, source, config) for source in team.sources), _of_kits(team, config))
    ]


def _of_a_source(team: ArgoCdTeam, source: Source, config: ArgoCdContents) -> Object:
    begin = f"{source.name}." if source.name else ""
    project = team_project(team)
    spec = {
        "project": project,
        "source": {"repoURL": source.url, "targetRevision": source.revision, "path": "{{.path.path}}"},
        "destination": {"server": HERE, "namespace": _NAMESPACE},
        "syncPolicy": _sync_policy(config.syncing),
    }
    return _set(
        f"{project}-apps{f'-{source.name}' if source.name else ''}",
        _directories(team, source),
        f"{begin}{_NAMESPACE}",
        spec,
        keeps=not config.syncing.prune,
    )


def _of_kits(team: ArgoCdTeam, config: ArgoCdContents) -> Object:
    tree, [first, *_] = config.tree, team.sources
    spec = {
        "project": namespaces_project(team),
        "source": {"repoURL": tree.url, "targetRevision": tree.revision, "path": team.kit_path},
        "destination": {"server": HERE, "namespace": _NAMESPACE},
        "syncPolicy": {
            **_sync_policy(_KIT, "CreateNamespace=true"),
            "managedNamespaceMetadata": {"labels": team_labels(team.kit)},
        },
    }
    generator = _directories(team, first)
    generator["directories"] += [
        {"path": f"{team.directory}/{name}", "exclude": True} for name in team.listed
    ]
    return _set(namespaces_project(team), generator, f"kit.{_NAMESPACE}", spec, keeps=True)


def _directories(team: ArgoCdTeam, source: Source) -> Object:
    return {
        "repoURL": source.url,
        "revision": source.revision,
        "directories": [{"path": f"{team.directory}/{team.prefix}*"}],
    }


def _sync_policy(syncing: Syncing, *options: str) -> Object:
    """The same commit is tried again: what makes the namespace may come seconds later."""
    automated = {"automated": {"prune": syncing.prune, "selfHeal": syncing.self_heal}}
    return {
        **(automated if syncing.automated else {}),
        "syncOptions": [*options, SERVER_SIDE],
        "retry": retried(),
    }


def _set(name: str, generator: Object, application: str, spec: Object, *, keeps: bool) -> Object:
    """A set; where it keeps, a directory that goes takes its application along and nothing of what that brought.

    https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/, read 2026-11-30.
    """
    said = {
        "goTemplate": True,
        "goTemplateOptions": ["missingkey=error"],
        "generators": [{"git": generator}],
        "syncPolicy": {"preserveResourcesOnDeletion": keeps},
        "template": {"metadata": {"name": application}, "spec": spec},
    }
    return argo_cd_object("ApplicationSet", name, said, annotations=kept())
