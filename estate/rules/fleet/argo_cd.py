"""Rules on how the Argo CD of each cluster goes about teams' repositories."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.clusters.argo_cd import syncing
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.fleet.argo_cd import ArgoCdInstances
from estate.model.organization import Organization
from estate.model.rules import Path, Violation, rule

_AT: Path = ("fleet", "argo_cd")


@rule(on=Estate)
def clusters_have_the_argo_cd_that_is_set_up(estate: Estate) -> Iterator[Violation]:
    """What a file says of its clusters' Argo CD goes with one, and with members of the fleet."""
    for name, environment in estate.environments.items():
        said = environment.fleet.argo_cd if environment.fleet else ArgoCdInstances.unsaid()
        if estate.organization.argo_cd is None:
            if said != ArgoCdInstances.unsaid():
                yield Violation(
                    (name, *_AT),
                    "is about an Argo CD, and organization.yaml has none; add argo_cd to it, or take this out",
                    (ORGANIZATION, "argo_cd"),
                )
            continue
        yield from _urls(estate.organization, environment, said)
        yield from _alone(estate.organization, name, said)


@rule(on=Estate)
def each_argo_cd_has_a_url_of_its_own(estate: Estate) -> Iterator[Violation]:
    """One URL leads to the Argo CD of one cluster: whoever signs in at another one's would be sent to that."""
    taken: dict[str, Path] = {}
    for name, environment in estate.environments.items():
        for key, url in (environment.fleet.argo_cd.urls if environment.fleet else {}).items():
            path: Path = (name, *_AT, "urls", key)
            first = taken.setdefault(url, path)
            if first is not path:
                yield Violation(
                    path,
                    f"must lead to this cluster's Argo CD alone, got {url}, which {first[0]} says of {first[-1]}; give each a URL "
                    "of its own",
                    first,
                )


def _urls(organization: Organization, environment: Environment, said: ArgoCdInstances) -> Iterator[Violation]:
    """Each names a member, and where people sign in each member is named."""
    name, there = environment.environment, environment.members
    for key in said.urls:
        if key not in there:
            yield Violation(
                (name, *_AT, "urls", key),
                f"must be a member of the fleet: {', '.join(sorted(there)) or 'there are none'}; got {key}",
            )
    missing = [key for key in there if key not in said.urls]
    if organization.argo_cd and organization.argo_cd.sign_in and missing:
        yield Violation(
            (name, *_AT, "urls"),
            f"must name {', '.join(missing)}, too: whoever signs in is sent back to the URL of the cluster's Argo CD; add "
            f"{missing[0]}: https://argo-{name}-{missing[0]}.{organization.domain} or the like",
            *((name, *_AT, "urls", key) for key in missing),
        )


def _alone(organization: Organization, name: str, said: ArgoCdInstances) -> Iterator[Violation]:
    """Pruning and healing are what an automated sync does."""
    found = syncing(organization, name, said)
    for field in ("prune", "self_heal"):
        if getattr(found, field) and not found.automated:
            yield Violation(
                (name, *_AT, field),
                "goes with autosync: true, and is nothing without it; autosync is off here"
                f"{', in the last environment of promotion' if said.autosync is None else ''}; switch it on, or take this out",
                (name, *_AT, "autosync"),
            )
