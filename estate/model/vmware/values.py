"""Value types of vSphere and of GKE on VMware that several entities share."""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictInt,
    StringConstraints,
    WithJsonSchema,
)

from estate.model.addresses import parse_address
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

# vSphere keeps a slash, a backslash and a percent sign in a name as %2f, %5c and %25, and govc shows them so.
_ESCAPED: Final = "%(?:2[fF5]|5[cC])"
InventoryName = Annotated[
    str,
    StringConstraints(
        pattern=rf"^(?:[^ \t\n%\\]|{_ESCAPED})(?:(?:[^\t\n%\\]|{_ESCAPED}){{0,253}}(?:[^ \t\n%\\]|{_ESCAPED}))?$"
    ),
    Words(
        "a name or path in the vSphere inventory: 1 to 255 characters, no backslash, % only as in %2f, no space at an end"
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

NodeName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([-.A-Za-z0-9]{0,251}[A-Za-z0-9])?$"),
    Words("a host name of at most 253 letters, digits, hyphens and dots, a letter or digit at each end"),
]
"""Host name that a node has; gkectl takes full names too, and a node's cannot be changed."""

_LABEL: Final = r"[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?"
SearchDomain = Annotated[
    str,
    StringConstraints(pattern=rf"^({_LABEL}\.)*{_LABEL}$"),
    Words("a domain such as example.com"),
]
"""A domain that names without dots are looked up in."""

_TIME_SERVER: Final = "an IPv4 address or a host name such as 10.30.0.123 or ntp.example.com"


def _time_server(value: Any) -> Any:
    if isinstance(value, IPv4Address):
        return value
    if not isinstance(value, str) or not re.fullmatch(rf"({_LABEL}\.)*{_LABEL}", value):
        raise ValueError(f"must be {_TIME_SERVER}")
    # What ends in a number is meant as an address, and a mistyped one is no name.
    return parse_address(value) if value.rpartition(".")[2].isdigit() else value


TimeServer = Annotated[
    IPv4Address | str,
    BeforeValidator(_time_server),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^({_LABEL}\.)*{_LABEL}$",
            "patternErrorMessage": f"must be {_TIME_SERVER}",
            "examples": ["10.30.0.123"],
        }
    ),
]
"""A time server by address or by name; the service takes both:
https://docs.cloud.google.com/kubernetes-engine/distributed-cloud/reference/on-prem-api/rest/v1/VmwareHostConfig
(ntpServers is a list of strings; read 2026-11-30)."""

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
