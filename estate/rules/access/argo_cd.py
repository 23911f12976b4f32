"""Rules on Argo CD and teams' repositories that organization.yaml decides by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.clusters.argo_cd import tree_url
from estate.derived.repositories import same_repository, tree_urls
from estate.model.gitops import Applier
from estate.model.organization import Organization
from estate.model.rules import Path, Violation, rule

_OF_ARGO_CD: Final = ("apps_repo", "argo_group")
_ITS_OWN: Final = "default"
"""The project that every Argo CD has, and that may everything."""
_BEGIN: Final = ("kit", "software")
"""How the names of the platform's own applications begin: a namespace's kit, software of others."""


@rule(on=Organization)
def argo_cd_reads_a_tree(organization: Organization) -> Iterator[Violation]:
    """Argo CD is told by the tree of manifests, and by which URL it reads that."""
    config, gitops = organization.argo_cd, organization.gitops
    if config is None:
        return
    if gitops is None:
        yield Violation(
            ("argo_cd",),
            "is told by manifests, and there is no tree of them; add gitops: {}, or take it out",
            ("gitops",),
        )
    elif not tree_url(config, gitops):
        yield Violation(
            ("argo_cd", "repo"),
            "must say the URL by which Argo CD reads this repository, where the tree lives; add it, such as "
            "https://git.example.com/platform/clusters.git",
            ("gitops", "repo"),
        )


@rule(on=Organization)
def an_applier_is_there(organization: Organization) -> Iterator[Violation]:
    """Argo CD applies the manifests where it is said which one and by which URL it reads them."""
    if organization.gitops and organization.gitops.applier is Applier.ARGO_CD and not organization.argo_cd:
        yield Violation(
            ("gitops", "applier"),
            "is argo_cd, and nothing says which; add argo_cd: {repo: URL of the tree}, or say another applier",
            ("argo_cd",),
        )


@rule(on=Organization)
def repositories_have_an_argo_cd(organization: Organization) -> Iterator[Violation]:
    """A team's repository is read by Argo CD, which has to be there."""
    if organization.argo_cd:
        return
    platform = organization.platform_team
    said: list[Path] = [("platform_team", "argo_group")] if platform and platform.argo_group else []
    for name, team in organization.teams.items():
        said += [("teams", name, field) for field in _OF_ARGO_CD if getattr(team, field)]
    for path in said:
        yield Violation(path, "is for Argo CD, and there is none; add argo_cd, or take it out", ("argo_cd",))


@rule(on=Organization)
def teams_do_not_write_the_tree(organization: Organization) -> Iterator[Violation]:
    """A team's repository is another one than the platform's tree, by which Argo CD is told what the team may."""
    urls = tree_urls(organization)
    for key, team in organization.teams.items():
        repo = team.apps_repo
        if repo is None:
            continue
        at: Path = ("teams", key, "apps_repo")
        read = [((*at, "url"), repo.url)]
        read += [((*at, "further", name, "url"), one.url) for name, one in repo.further.items()]
        for path, url in read:
            if any(same_repository(url, tree) for tree in urls):
                yield Violation(
                    path,
                    f"must not be the repository of the platform's tree, got {url}: whoever merges there says what every team "
                    "may; give the team one of its own",
                    ("argo_cd", "repo"),
                )


@rule(on=Organization)
def objects_of_argo_cd_differ(organization: Organization) -> Iterator[Violation]:
    """No two teams' projects or application sets are called the same, and none as Argo CD's own."""
    taken = {_ITS_OWN: "Argo CD itself"}
    for key, team in organization.teams.items():
        label = team.name or key
        repo = team.apps_repo
        if repo is None:
            continue
        # Projects and sets are kinds apart, but a person takes them for one thing.
        names = dict.fromkeys(
            [label, f"{label}-namespaces", f"{label}-apps", *(f"{label}-apps-{one}" for one in repo.further)]
        )
        for name in names:
            first = taken.setdefault(name, key)
            if first != key:
                yield Violation(
                    ("teams", key, "apps_repo"),
                    f"cannot be brought in by Argo CD under the name {name}, which is taken by {first}; say another name at "
                    "the team",
                )
        for name in repo.further:
            if name in _BEGIN:
                yield Violation(
                    ("teams", key, "apps_repo", "further", name),
                    f"must not be called {name}, by which the platform's own applications go; call it by what is in it",
                )
