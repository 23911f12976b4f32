"""Which clusters of an environment nothing backs up, said once."""

from __future__ import annotations

from collections.abc import Iterator

from estate.model.environment import Environment
from operations.cards.card import Weight


def backup_warnings(environment: Environment) -> Iterator[tuple[Weight, str]]:
    """Yield one warning with its weight where there is any such cluster."""
    gke = environment.google.gke_clusters if environment.google else {}
    on_prem = environment.vmware.user_clusters if environment.vmware else {}
    eks = environment.aws.eks_clusters if environment.aws else {}
    bare = [
        *(key for key, one in on_prem.items() if not one.backup and not one.backup_elsewhere),
        *(key for key, one in gke.items() if not one.backup and not one.backup_elsewhere),
        *(key for key, one in eks.items() if not one.backup and not one.backup_elsewhere),
    ]
    if bare:
        yield (
            Weight.FRAGILE,
            f"nothing backs up {', '.join(bare)}: with a cluster go its volumes and every Secret that no repository holds; "
            "say backup of them, or backup_elsewhere: true where something else does",
        )
