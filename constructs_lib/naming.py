"""Physical names within the limits of each service, and labels.

Left out: the names of clusters and of what each has of its own, of key rings, and of what stands in vCenter:
rules have to know them, so their models make them, in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from estate.model.naming import physical_name


class Kind(Enum):
    """What is named: the longest name that its service takes, and the form it must have.

    Sources: the quotas page of each service under https://docs.aws.amazon.com/, and the references of the
    GKE Hub, Compute Engine and Cloud DNS APIs under https://docs.cloud.google.com/.
    """

    COMPUTE = (63, r"[a-z]([-a-z0-9]*[a-z0-9])?")
    FLEET_SCOPE = (63, r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
    IAM = (64, r"[\w+=,.@-]+")
    KMS_ALIAS = (256, r"alias/[a-zA-Z0-9/_-]+")
    LAUNCH_TEMPLATE = (128, r"[a-zA-Z0-9().\-/_]{3,}")
    LOAD_BALANCER = (32, r"[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?")
    LOG_GROUP = (512, r"[-a-zA-Z0-9_/.#]+")
    S3_BUCKET = (63, r"[a-z0-9][-a-z0-9.]+[a-z0-9]")
    SECURITY_GROUP = (255, r"(?!sg-)[-a-zA-Z0-9 ._:/()#,@\[\]+=&;{}!$*]+")
    TAG = (256, r".+")


@dataclass(frozen=True)
class Naming:
    """Names of one environment.

    Attributes:
        organization: the organization's short name, the first part of every name.
        environment: the environment's name, the second part.
        said: names in Google Cloud that the file says, by what the derived one has after the two.
    """

    organization: str
    environment: str
    said: Mapping[str, str] = field(default_factory=dict, hash=False)

    def name(
        self, entity: str, key: str | None = None, *, kind: Kind = Kind.TAG, prefix: str = "", part: str = ""
    ) -> str:
        """Put a physical name together.

        Args:
            entity: what the name is for, in kebab case (``bastion``, ``management-vpc``).
            key: the entity's key where there are several of them.
            kind: what is named, for the limits of its service.
            prefix: what the service wants before the name, such as ``alias/``.
            part: which of several objects of one name is meant, where the file may say another name for it.

        Raises:
            ValueError: the name is longer than the service allows or has a character it refuses.
        """
        what = "-".join((entity, *([key] if key else []))) + (f"/{part}" if part else "")
        if kind is Kind.COMPUTE and what in self.said:
            return self.said[what]
        name = prefix + physical_name(self.organization, self.environment, entity, *([key] if key else []))
        limit, form = kind.value
        if len(name) > limit:
            raise ValueError(
                f"name {name} has {len(name)} characters, {kind.name} takes {limit}; shorten the key"
            )
        if not re.fullmatch(form, name):
            raise ValueError(f"name {name} has a character that {kind.name} refuses; it must match {form}")
        return name

    def labels(self, labels: Mapping[str, str]) -> dict[str, str]:
        """Labels (AWS: tags) for everything of the environment: its own, then what says who owns it."""
        return {
            **labels,
            "organization": self.organization,
            "environment": self.environment,
            "managed-by": "hybrid-kubernetes-as-code",
        }
