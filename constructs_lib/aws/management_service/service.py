"""What all parts of one management service share: its settings, its names, where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from constructs_lib.aws.account import AwsAccount
from constructs_lib.naming import Kind, Naming
from estate.model.aws.management_service import ManagementServiceConfig

_ENTITY = "gke"


@dataclass(frozen=True)
class Service:
    """One management service.

    Attributes:
        config: what the environment says of it.
        naming: names of the environment.
        account: where it stands.
    """

    config: ManagementServiceConfig
    naming: Naming
    account: AwsAccount

    @property
    def cluster_id(self) -> str:
        """Id of the management cluster.

        `anthos-gke` makes a random one such as gke-404767c1; ours is the same in every run.
        """
        return self.config.cluster_id or self.naming.name(_ENTITY)

    @property
    def cluster_tag(self) -> str:
        """Key of the tag by which the product marks what belongs to a cluster; it alone sets it."""
        return f"kubernetes.io/cluster/{self.cluster_id}"

    def name(self, key: str, kind: Kind = Kind.TAG) -> str:
        """Physical name of one part."""
        return self.naming.name(_ENTITY, key, kind=kind)

    def tags(self, key: str) -> dict[str, str]:
        """Tags of one part: its name and the entity's labels; the provider adds the environment's."""
        return {**self.config.labels, "Name": self.name(key)}
