"""Value types of vSphere and of GKE on VMware that several entities share."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from environments.model.words import Words

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
