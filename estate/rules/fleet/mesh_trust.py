"""Rules on what the workloads of a mesh trust: a root is one environment's, and somebody has to sign under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from estate.derived.fleet.mesh_trust import mesh_pool, mesh_trust
from estate.model.environment import Environment
from estate.model.estate import ORGANIZATION, Estate
from estate.model.fleet.service_mesh import MeshManagement
from estate.model.rules import Path, Violation, rule

_MESH: Final[Path] = ("fleet", "features", "service_mesh")
_TRUST: Final[Path] = (*_MESH, "trust")
_LONGEST_ROOT: Final = 63
"""Characters of an authority's id, `[a-zA-Z0-9_-]{1,63}`:
https://docs.cloud.google.com/certificate-authority-service/docs/reference/rest/v1/projects.locations.caPools.certificateAuthorities/create."""


@rule(on=Estate)
def roots_are_of_one_environment(estate: Estate) -> Iterator[Violation]:
    """No two environments trust one root: workloads are called the same in every mesh, and could pass for each other's."""
    taken: dict[tuple[str, ...], str] = {}
    for name, environment in estate.environments.items():
        trust = mesh_trust(environment)
        pool = mesh_pool(environment, estate.organization.name)
        found: list[tuple[tuple[str, ...], Path, str]] = []
        if pool:
            root = (pool.project, pool.location, pool.name)
            found.append((root, ("authority", "pool"), f"CA pool {pool.name}"))
        if trust and trust.issuer:
            issuer = trust.issuer
            named = (issuer.group, issuer.kind, issuer.name)
            found.append((named, ("issuer", "name"), f"{issuer.kind} {issuer.name}"))
        for one, path, what in found:
            owner = taken.setdefault(one, name)
            if owner != name:
                yield Violation(
                    (name, *_TRUST, *path),
                    f"must differ from {owner}'s, got {what} for both: with one root the workloads of {name} could pass for "
                    f"those of {owner}; name another, with a root of its own",
                    (ORGANIZATION, "name"),
                )


@rule(on=Estate)
def roots_have_short_names(estate: Estate) -> Iterator[Violation]:
    """The name of a root, that of its pool with a number, fits what Certificate Authority Service takes."""
    for name, environment in estate.environments.items():
        pool = mesh_pool(environment, estate.organization.name)
        longest = f"{pool.name}-root-{max(pool.config.root, *pool.config.beside, 0)}" if pool else ""
        if len(longest) > _LONGEST_ROOT:
            yield Violation(
                (name, *_TRUST, "authority", "pool"),
                f"makes the root {longest} with {len(longest)} characters, at most {_LONGEST_ROOT} are allowed; say a shorter pool",
                (ORGANIZATION, "name"),
            )


@rule(on=Estate)
def trust_has_a_tree(estate: Estate) -> Iterator[Violation]:
    """Who issues in a cluster is said where there is a tree of manifests: elsewhere nothing would ask."""
    for name, environment in () if estate.organization.gitops else estate.environments.items():
        if mesh_trust(environment):
            yield Violation(
                (name, *_TRUST),
                "is asked for by manifests, and there is no tree of them; add gitops: {} to organization.yaml, or take it out",
                (ORGANIZATION, "gitops"),
            )


@rule(on=Environment)
def somebody_signs(environment: Environment) -> Iterator[Violation]:
    """A root is for control planes that run in clusters: where Google runs them all, Google signs."""
    mesh = environment.fleet.features.service_mesh if environment.fleet else None
    if mesh is None or mesh.trust is None:
        return
    if {mesh.management, *(one.management for one in mesh.clusters.values())} == {MeshManagement.AUTOMATIC}:
        yield Violation(
            _TRUST,
            "must not be there where management is automatic, and Google's own authority signs; take it out, or say management: "
            "manual",
            (*_MESH, "management"),
        )
