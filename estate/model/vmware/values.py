"""Value types of vSphere and of GKE on VMware that several entities share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from estate.model.words import Words

# What the console takes at least for a node of either kind:
# https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/vmware/docs/how-to/create-user-cluster
Cpus = Annotated[StrictInt, Field(ge=4, le=128)]
"""Virtual processors of a node."""


def _multiple_of_four(value: int) -> int:
    if value % 4:
        raise ValueError(
            f"must be a multiple of 4, as vSphere wants it, got {value}; write {value + 4 - value % 4}"
        )
    return value


MemoryMb = Annotated[
    StrictInt, Field(ge=8192, json_schema_extra={"multipleOf": 4}), AfterValidator(_multiple_of_four)
]
"""Memory of a node in MiB."""

InventoryName = Annotated[
    str,
    StringConstraints(pattern=r"^[^ \t\n%\\]([^\t\n%\\]{0,78}[^ \t\n%\\])?$"),
    Words(
        "a name or path in the vSphere inventory: 1 to 80 characters, no % or backslash, no space at an end"
    ),
]
"""Name of something in the vSphere inventory, or its path below the data center."""

MembershipName = Annotated[
    str,
    StringConstraints(
        pattern=r"^projects/[a-z0-9][-a-z0-9]{2,29}/locations/(global|[a-z]+-[a-z]+[0-9]{1,2})/memberships/[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"
    ),
    Words(
        "a fleet membership such as projects/kl-sandbox-host/locations/global/memberships/admin "
        "(`gcloud container fleet memberships list --uri`)"
    ),
]
"""Full name of a fleet membership."""

HostName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("a host name of at most 63 lower-case letters, digits and hyphens, no hyphen at an end"),
]
"""Host name of a node."""

SearchDomain = Annotated[
    str,
    StringConstraints(pattern=r"^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\.)*[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("a domain in lower case such as example.com"),
]
"""A domain that names without dots are looked up in."""

UserName = Annotated[
    str,
    StringConstraints(pattern=r"^[^@ \t\n:]+@[^@ \t\n:]+\.[^@ \t\n:]+$"),
    Words("the e-mail address of a person or service account such as alice@example.com, without user:"),
]
"""A Google identity's e-mail address."""

OnPremVersion = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+-gke\.[0-9]+$"),
    Words("a full version such as 1.35.0-gke.525"),
]
"""A full version of GKE on VMware: X.Y.Z-gke.N."""
