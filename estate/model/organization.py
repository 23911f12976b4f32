"""What all environments share: the organization's name, its domain, its teams, the promotion order.

Left out: anything that may differ between two environments, which stands in their own files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints

from estate.model.access.break_glass import BreakGlass
from estate.model.access.cluster_role import ClusterRole
from estate.model.access.google_groups import GoogleGroups
from estate.model.access.team import PlatformTeam, Team
from estate.model.access.values import ClusterRoleName, TeamName
from estate.model.argo_cd import ArgoCd
from estate.model.aws.values import AwsAccountId
from estate.model.base import EnvironmentName, Key, Model
from estate.model.gitops import GitOps
from estate.model.lists import stands_once
from estate.model.pinned_names import names_of_their_own
from estate.model.rules import Path, Violation, rule
from estate.model.words import Words

OrganizationName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]{1,7}$"),
    Words("2 to 8 lower-case letters and digits, a letter first"),
]
"""Two to eight lower-case letters and digits: the first part of every physical name."""

DomainName = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$"),
    Words("a domain in lower case such as example.com"),
]
"""A DNS domain in lower case."""


class Organization(Model):
    """The organization behind the environments."""

    judged_from_outside: ClassVar[bool] = True

    name: OrganizationName
    """Short name; it begins every physical name, so changing it replaces what carries one."""
    domain: DomainName
    """Domain of the e-mail addresses of groups and people."""
    aws_accounts: dict[Key, AwsAccountId] = {}
    """Accounts of AWS by name that are the organization's and in which no environment stands, such as that of the pipeline:
    their roles and users may stand in environments' files. None when absent."""
    promotion: Annotated[tuple[EnvironmentName, ...], Field(min_length=1)]
    """The environments in the order in which a change passes through them."""
    platform_team: PlatformTeam | None = None
    """The team that administers every cluster; nobody when absent."""
    teams: dict[TeamName, Team] = {}
    """The teams that run workloads, by name; none when absent."""
    break_glass: dict[Key, BreakGlass] = {}
    """People who may administer clusters past all groups, until a day; nobody when absent."""
    google_groups: GoogleGroups = GoogleGroups.unsaid()
    """How the groups come to be known to the clusters; by hand when absent."""
    cluster_roles: dict[ClusterRoleName, ClusterRole] = {}
    """ClusterRoles of one's own that teams' access names, by name; the tree makes them in every cluster. None when absent."""
    gitops: GitOps | None = None
    """Where the manifests of what runs in the clusters live, and who applies them; none are made when absent."""
    argo_cd: ArgoCd | None = None
    """Argo CD in every member cluster, for teams' repositories, whoever applies the manifests; none when absent."""

    def groups(self) -> Iterator[tuple[Path, str]]:
        """Every group that is granted something, with the path of its address; the platform team's first."""
        if self.platform_team:
            yield ("platform_team", "group"), self.platform_team.group
        for name, team in self.teams.items():
            yield ("teams", name, "group"), team.group

    @rule
    def _promotion_names_each_once(self) -> Iterator[Violation]:
        """The order of promotion names each environment once."""
        yield from stands_once("promotion", self.promotion)

    @rule
    def _teams_differ_in_name(self) -> Iterator[Violation]:
        """No two teams are called the same."""
        yield from names_of_their_own("teams", {key: team.name for key, team in self.teams.items()})
