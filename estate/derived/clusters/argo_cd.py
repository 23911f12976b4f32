"""What the Argo CD of one cluster is told: where it is found, who administers it, and the teams' repositories.

A directory env/ENVIRONMENT/CLUSTER/NAMESPACE of a team's repository is a namespace of that cluster. The environment stands in
it because clusters of two environments may have one key. Argo CD brings in what the directory holds by one project, and the
namespace with the team's kit by another one, whose source is the platform's tree alone. Namespaces that the fleet makes have
their kit by that tree already, and one object has one applier, so that the second leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from estate.derived.clusters.applied import applier
from estate.derived.clusters.folder import cluster_folder, kit_folder, tree_folder
from estate.derived.clusters.team_namespace import TeamNamespace
from estate.model.access.team import Team, level
from estate.model.access.values import AccessLevel
from estate.model.argo_cd import AppsRepo, ArgoCd, SignIn
from estate.model.environment import Environment
from estate.model.fleet.argo_cd import ArgoCdInstances
from estate.model.gitops import Applier, GitOps
from estate.model.organization import Organization


@dataclass(frozen=True)
class Syncing:
    """What Argo CD does by itself.

    Attributes:
        automated: whether it applies what is merged.
        prune: whether it deletes what left the repository.
        self_heal: whether it takes back what somebody changed in the cluster.
    """

    automated: bool
    prune: bool
    self_heal: bool


@dataclass(frozen=True)
class Source:
    """A repository.

    Attributes:
        name: what it is called beside others of the team; empty for the first.
        url: its URL.
        revision: what is read of it.
    """

    name: str
    url: str
    revision: str


@dataclass(frozen=True)
class ArgoCdTeam:
    """A team that has a repository.

    Attributes:
        kit: what it gets in each namespace; its `label` begins the names of its objects.
        kit_path: folder of the kit in the tree.
        prefix: how its namespaces begin.
        group: its group, as the identity provider's claim says it.
        level: how much it may do.
        sources: its repositories.
        directory: the directory whose directories are its namespaces.
        listed: namespaces that the fleet makes for it.
    """

    kit: TeamNamespace
    kit_path: str
    prefix: str
    group: str
    level: AccessLevel
    sources: tuple[Source, ...]
    directory: str
    listed: tuple[str, ...]


@dataclass(frozen=True)
class ArgoCdContents:
    """The Argo CD of one cluster.

    Attributes:
        url: where people find it; empty where nobody says, which a rule refuses where people sign in.
        sign_in: how people sign in; None where nobody does.
        administrators: the platform team's group as the claim says it; None where there is none.
        tree: the tree of manifests, as Argo CD reads it.
        synced: folder that it applies; None where another one does.
        syncing: what it does by itself for teams.
        teams: the teams that have a repository.
    """

    url: str
    sign_in: SignIn | None
    administrators: str | None
    tree: Source
    synced: str | None
    syncing: Syncing
    teams: tuple[ArgoCdTeam, ...]


def argo_cd(
    organization: Organization, environment: Environment, cluster: str, kits: Mapping[str, TeamNamespace]
) -> ArgoCdContents | None:
    """What the Argo CD of a member cluster is told; None where there is none."""
    config, gitops, fleet = organization.argo_cd, organization.gitops, environment.fleet
    if config is None or gitops is None or fleet is None:
        return None
    platform = organization.platform_team
    reads = applier(organization, environment, cluster) is Applier.ARGO_CD
    name = environment.environment
    return ArgoCdContents(
        url=fleet.argo_cd.urls.get(cluster, ""),
        sign_in=config.sign_in,
        administrators=(platform.argo_group or platform.group) if platform else None,
        tree=Source("", tree_url(config, gitops), config.revision),
        synced=tree_folder(gitops, name, cluster) if reads else None,
        syncing=syncing(organization, name, fleet.argo_cd),
        teams=tuple(_teams(organization, gitops, name, cluster, kits)),
    )


def tree_url(config: ArgoCd, gitops: GitOps) -> str:
    """URL by which Argo CD reads the tree; empty where nobody says it, which a rule refuses."""
    return config.repo or gitops.repo or ""


def syncing(organization: Organization, name: str, said: ArgoCdInstances) -> Syncing:
    """What Argo CD does by itself for teams in an environment, by what that says of it."""
    automated = name != organization.promotion[-1] if said.autosync is None else said.autosync
    return Syncing(
        automated=automated,
        prune=automated if said.prune is None else said.prune,
        self_heal=automated if said.self_heal is None else said.self_heal,
    )


def _teams(
    organization: Organization, gitops: GitOps, name: str, cluster: str, kits: Mapping[str, TeamNamespace]
) -> Iterator[ArgoCdTeam]:
    for key, kit in kits.items():
        team = organization.teams[key]
        if team.apps_repo:
            yield ArgoCdTeam(
                kit=kit,
                kit_path=f"{cluster_folder(gitops, name, cluster)}/{kit_folder(kit.label)}",
                prefix=team.namespace_prefix,
                group=claim_of(team),
                level=level(team.access[name]),
                sources=tuple(_sources(team.apps_repo)),
                directory=f"env/{name}/{cluster}",
                listed=tuple(sorted(team.namespaces)),
            )


def claim_of(team: Team) -> str:
    """A team's group as the identity provider's claim says it."""
    return team.argo_group or team.group


def _sources(repo: AppsRepo) -> Iterator[Source]:
    yield Source("", repo.url, repo.revision)
    for name, one in sorted(repo.further.items()):
        yield Source(name, one.url, one.revision)
