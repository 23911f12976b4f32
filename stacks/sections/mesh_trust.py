"""What the workloads of an environment's mesh trust, where Certificate Authority Service holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cdktf import ITerraformDependable

from constructs_lib.fleet.member import Member
from constructs_lib.fleet.mesh_trust import MeshAuthority
from estate.derived.fleet.mesh_trust import MeshPool, signing_clusters
from estate.model.fleet.mesh_trust import MeshTrust
from stacks.context import StackContext


class MeshTrustSection:
    """Define pool and root, and let the issuers of the environment's clusters in."""

    def __init__(
        self,
        context: StackContext,
        *,
        config: MeshTrust,
        pool: MeshPool,
        services: Sequence[ITerraformDependable],
        members: Mapping[str, Member],
    ) -> None:
        authority = MeshAuthority(
            context.stack,
            "MeshAuthority",
            config=config,
            pool=pool,
            organization=context.organization.name,
            dependencies=services,
            prevent_destroy=context.prevent_destroy,
        )
        clusters = [members[key].resource for key in signing_clusters(context.environment)]
        if clusters:
            # The pool of identities is there once a cluster of the fleet is.
            authority.let_in(pool.member, clusters)
