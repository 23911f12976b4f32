"""Value types of Google Cloud that several sections share."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import AfterValidator, Field, StrictInt, StringConstraints

from estate.model.base import Cidr
from estate.model.words import Words

ProjectId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{4,28}[a-z0-9]$"),
    Words("a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last"),
]
"""Id of a Google Cloud project; it never changes."""

ImageRepository = Annotated[
    str,
    StringConstraints(
        pattern=r"^projects/[a-z][-a-z0-9]{4,28}[a-z0-9]/locations/[a-z]+(-[a-z]+[0-9]{1,2})?"
        r"/repositories/[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"
    ),
    Words(
        "a repository of Artifact Registry such as projects/kl-images/locations/europe-north1/repositories/apps"
    ),
]
"""Full name of a repository of Artifact Registry; `gcloud artifacts repositories list` shows its parts."""

ProjectNumber = Annotated[StrictInt, Field(gt=0)]
"""Number of a Google Cloud project; `gcloud projects describe ID` shows it."""

Region = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]+-[a-z]+[0-9]{1,2}$"),
    Words("a Google Cloud region such as europe-north1"),
]
"""A Google Cloud region such as europe-north1."""

ResourceName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"),
    Words("lower-case letters, digits and hyphens, at most 63, a letter first and no hyphen last"),
]
"""Name of something in Compute Engine."""

DerivedName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{0,62}(/[a-z]{1,16})?$"),
    Words(
        "what a derived name says after organization and environment, such as network or vpn-onprem-a/session"
    ),
]
"""What is named, where the file says its name."""

ServiceName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.googleapis\.com$"),
    Words("the name of an API such as dns.googleapis.com"),
]
"""Name of a Google Cloud API."""

Zone = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]+-[a-z]+[0-9]{1,2}-[a-z]$"),
    Words("a zone such as europe-north1-a"),
]
"""A zone of a region such as europe-north1-a."""

AccountId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]([-a-z0-9]{4,28}[a-z0-9])$"),
    Words(
        "the id of a service account: 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last"
    ),
]
"""Id of a service account, which its address begins with."""

KeyRing = Annotated[
    str,
    StringConstraints(
        pattern=r"^projects/[a-z][-a-z0-9]{4,28}[a-z0-9]/locations/[a-z]+-[a-z]+[0-9]{1,2}/keyRings/[-_a-zA-Z0-9]{1,63}$"
    ),
    Words("a key ring of a region such as projects/kl-prod-host/locations/europe-north1/keyRings/clusters"),
]
"""Full name of a key ring."""

KeyName = Annotated[
    str,
    StringConstraints(pattern=r"^[-_a-zA-Z0-9]{1,63}$"),
    Words("at most 63 letters, digits, hyphens and underscores"),
]
"""Name of a key in its ring."""

MachineType = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$"),
    Words("a machine type such as e2-standard-4"),
]
"""A machine type of Compute Engine."""

_PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))


def _private_range(value: IPv4Network) -> IPv4Network:
    if not any(value.subnet_of(private) for private in _PRIVATE):
        raise ValueError(
            f"must lie in a private range, {', '.join(map(str, _PRIVATE))}; got {value}, which belongs to others"
        )
    return value


PrivateCidr = Annotated[Cidr, AfterValidator(_private_range)]
"""A range that is nobody's on the internet: RFC 1918, or RFC 6598."""
