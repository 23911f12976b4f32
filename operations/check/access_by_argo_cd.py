"""Who may do what by Argo CD: its projects, and the kit of namespaces that a team's repository makes.

The rights come from the same grants as those of scopes and of the tree. Argo CD's projects stand in the tree, so who brings
them is who applies that; its own settings a person brings in.
"""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.argo_cd import ArgoCdTeam
from estate.derived.clusters.contents import clusters
from estate.model.access.team import PLATFORM
from estate.model.estate import Estate
from operations.check.access_in_clusters import made_by
from operations.check.access_row import Row


def argo_cd_rows(estate: Estate, name: str, cluster: str | None = None) -> Iterator[Row]:
    """What teams and the platform team may do by Argo CD, clusters of one maker together; none where there is none.

    Args:
        estate: the whole estate.
        name: the environment.
        cluster: the one cluster that is asked about; all when absent.
    """
    organization, environment = estate.organization, estate.environments[name]
    found: dict[tuple[str, str], tuple[ArgoCdTeam, list[str]]] = {}
    signs_in: list[str] = []
    for contents in clusters(estate, [name]):
        if contents.argo_cd is None or cluster not in {None, contents.key}:
            continue
        if contents.argo_cd.sign_in:
            signs_in.append(contents.key)
        by = made_by(organization, environment, contents.key)
        for team in contents.argo_cd.teams:
            found.setdefault((team.kit.team, by), (team, []))[1].append(contents.key)
    for (_, by), (team, keys) in found.items():
        yield from _of_a_team(team, name, by, ", ".join(keys))
    if organization.platform_team and signs_in:
        by = f"hand, with kubectl (hybrid prerequisites {name})"
        where = f"clusters {', '.join(signs_in)}"
        yield Row(PLATFORM, organization.platform_team.group, name, "role:admin", "Argo CD", where, "", by)


def _of_a_team(team: ArgoCdTeam, name: str, by: str, clusters: str) -> Iterator[Row]:
    kit = team.kit
    project = f"project {kit.label}, for {team.group}; clusters {clusters}"
    yield Row(kit.team, kit.group, name, team.level.value, "Argo CD", project, "", by)
    made = f"namespaces {team.prefix}* that {team.sources[0].url} makes; clusters {clusters}"
    yield Row(kit.team, kit.group, name, kit.role, "role binding", made, "", f"{by}; the kit by Argo CD")
