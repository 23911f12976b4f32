"""What the workloads of a mesh trust."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.fleet.mesh_trust import mesh_pool
from estate.facts.google.certificate_authorities import AuthorityPrices
from estate.model.fleet.mesh_trust import MeshTrust
from operations.cards.card import Card, Entity, Step, Weight, certain, row
from operations.cards.steps.mesh_trust import mesh_trust_steps


def _summary(entity: Entity[MeshTrust]) -> str:
    trust = entity.config
    days = f"intermediates for {trust.intermediate_days} days, renewed {trust.renew_days} before their end"
    pool = mesh_pool(entity.environment, entity.organization.name)
    if pool is None:
        issuer = certain(trust.issuer)
        return f"{issuer.kind} {issuer.name} of {issuer.group}, made by people; {days}"
    roots = 1 + len(pool.config.beside)
    beside = f", beside it {', '.join(map(str, sorted(pool.config.beside)))}" if pool.config.beside else ""
    return (
        f"root {pool.config.root} of CA pool {pool.name} in {pool.location}, tier {pool.config.tier}{beside}: "
        f"{AuthorityPrices.known().said(pool.config.tier, roots)}; {days}"
    )


def _warnings(entity: Entity[MeshTrust]) -> Iterator[tuple[Weight, str]]:
    pool = mesh_pool(entity.environment, entity.organization.name)
    issuer = entity.config.issuer
    if issuer and "Cluster" in issuer.kind:
        yield (
            Weight.EXPOSED,
            f"whoever may ask {issuer.kind} {issuer.name} for a certificate in any namespace of a cluster could sign for the mesh: "
            "cert-manager approves every request, unless something else does; name an issuer of namespace istio-system",
        )
    if pool and pool.config.beside:
        yield (
            Weight.TOLD,
            f"a root of {pool.name} takes another's place: take the old one out of beside once every cluster has the new one",
        )


def _steps(entity: Entity[MeshTrust]) -> Iterator[Step]:
    yield from mesh_trust_steps(entity.organization, entity.environment, entity.config)


CARD = Card(
    path="fleet.features.service_mesh.trust",
    models=(MeshTrust,),
    noun="root of the mesh",
    parts=("authority", "issuer"),
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"Roots": "root of the mesh"},
    constructs={"MeshAuthority": "root of the mesh"},
    stateful={
        "google_privateca_ca_pool": "with it go its roots, and all that the workloads of the mesh trust",
        "google_privateca_certificate_authority": "with it goes what every intermediate under it is trusted by",
    },
)
